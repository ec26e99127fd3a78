// Walks through pages as a visitor does and tells what was seen. Takes {profile, width, height, dark,
// forgets, steps}: the profile's folder keeps what the browser remembers from one walk to the next, unless
// it `forgets`. A step is a list: ["go", url], ["reload"], ["click", selector], ["press", key], ["tab to", selector],
// ["read", name, selector] for the texts of all that are shown, ["ask", name, expression],
// ["await", expression], ["tab", number] to turn to another tab, ["picture", path, selector].
import { LAUNCH, chromium } from "./chromium.mjs";
import { input, output } from "./packages.mjs";

const { profile, width = 1280, height = 900, dark = false, forgets = false, steps } = input();
const PATIENCE = 10_000;
const MOST_TABS = 200;

const browser = await chromium.launchPersistentContext(profile, {
  ...LAUNCH,
  viewport: { width, height },
  permissions: ["clipboard-read", "clipboard-write"],
  colorScheme: dark ? "dark" : "light",
});
if (forgets) {
  // As a browser does that is told to keep nothing.
  await browser.addInitScript(() => {
    Object.defineProperty(window, "localStorage", {
      get() {
        throw new DOMException("denied", "SecurityError");
      },
    });
  });
}

const seen = { messages: [] };
const tabs = [browser.pages()[0] ?? (await browser.newPage())];
let page = tabs[0];

function listen(tab) {
  tab.setDefaultTimeout(PATIENCE);
  tab.on("pageerror", (error) => seen.messages.push(`exception: ${error.message}`));
  tab.on("console", (message) => {
    // Nobody links to the icon; a browser asks for it by itself.
    const isOfIcon = message.location().url.endsWith("/favicon.ico");
    if (["error", "warning"].includes(message.type()) && !isOfIcon) {
      seen.messages.push(`${message.type()}: ${message.text()}`);
    }
  });
}
listen(page);

const verbs = {
  go: (url) => page.goto(url, { waitUntil: "load" }),
  reload: () => page.reload({ waitUntil: "load" }),
  click: (selector) => page.click(selector),
  press: (key) => page.keyboard.press(key),
  async read(name, selector) {
    const shown = page.locator(selector).filter({ visible: true });
    seen[name] = await shown.allInnerTexts();
  },
  async ask(name, expression) {
    seen[name] = await page.evaluate(expression);
  },
  await: (expression) => page.waitForFunction(expression),
  async tab(number) {
    while (tabs.length <= number) {
      tabs.push(await browser.newPage());
      listen(tabs.at(-1));
    }
    page = tabs[number];
  },
  async "tab to"(selector) {
    for (let count = 0; count < MOST_TABS; count += 1) {
      await page.keyboard.press("Tab");
      if (await page.evaluate((wanted) => document.activeElement.matches(wanted), selector)) {
        return;
      }
    }
    throw new Error(`no way by keyboard to ${selector}`);
  },
  picture: (path, selector) =>
    selector ? page.locator(selector).screenshot({ path }) : page.screenshot({ path, fullPage: true }),
};

for (const [verb, ...rest] of steps) {
  try {
    await verbs[verb](...rest);
  } catch (error) {
    throw new Error(`${JSON.stringify([verb, ...rest])} at ${page.url()}: ${error.message}`);
  }
}
seen.url = page.url();
await browser.close();
output(seen);
