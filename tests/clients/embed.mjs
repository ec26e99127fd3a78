// Pastes what a conference's embed page offers into the page of another site that has a strict Content
// Security Policy, and tells what a visitor of it meets. Takes {embed, policy, screenshots, pages}; a page is
// {name, body, head, width, height, scheme, steps}. A body's "{component}" and the like stand for the texts
// that the embed page offers; the steps are those of STEPS. Gives {own, pages}.
import { createServer } from "node:http";
import { once } from "node:events";
import { join } from "node:path";
import { LAUNCH, chromium } from "./chromium.mjs";
import { input, output } from "./packages.mjs";

const { embed, policy, screenshots, pages } = input();

const browser = await chromium.launch(LAUNCH);

/** Opens a page and writes down what its visitor's browser meets. */
async function open(url, options = {}) {
  const { width = 1280, height = 900, scheme = "light" } = options;
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: scheme,
    timezoneId: options.zone ?? "UTC",
    javaScriptEnabled: options.script ?? true,
    permissions: ["clipboard-read", "clipboard-write"],
  });
  const page = await context.newPage();
  const met = { messages: [], requests: [], violations: [], conditions: [] };
  page.on("console", (message) => {
    // Nobody links to it; a browser asks for it by itself.
    if (!message.location().url.endsWith("/favicon.ico")) {
      met.messages.push(`${message.type()}: ${message.text()}`);
    }
  });
  page.on("pageerror", (error) => met.messages.push(`exception: ${error.message}`));
  page.on("request", (request) => met.requests.push(request.url()));
  page.on("response", async (response) => {
    if (response.url().includes("talks.json")) {
      met.conditions.push((await response.request().allHeaders())["if-none-match"] ?? null);
    }
  });
  await page.exposeFunction("violated", (what) => met.violations.push(what));
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => {
      window.violated(`${event.violatedDirective}: ${event.blockedURI}`);
    });
  });
  await page.goto(url, { waitUntil: "load", timeout: 30_000 });
  return { page, met, close: () => context.close() };
}

const SCREENS = [
  ["desktop", 1280, 900, "light"],
  ["phone", 390, 844, "dark"],
  ["narrow", 320, 700, "light"],
];

const picture = (page, name) =>
  screenshots && page.screenshot({ path: join(screenshots, `${name}.png`), fullPage: true });

/** What an organiser finds: each text to copy, and what a button puts on the clipboard. */
async function organiser() {
  const { page, met, close } = await open(embed);
  const texts = "code[id^='code:']";
  const blocks = await page.$$eval(texts, (found) => found.map((code) => [code.id.slice(5), code.textContent]));
  const copied = {};
  for (const [name] of blocks) {
    await page.click(`[id="copy:${name}"]`);
    await page.waitForFunction((id) => document.getElementById(id).previousElementSibling.textContent, `copy:${name}`);
    copied[name] = await page.evaluate(() => navigator.clipboard.readText());
  }
  await page.locator("handbill-schedule").scrollIntoViewIfNeeded();
  await loaded(page);
  const example = await shown(page);
  await page.evaluate(() => scrollTo(0, 0));
  for (const [screen, width, height, scheme] of SCREENS) {
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme: scheme });
    met[screen] = await page.evaluate(() => document.documentElement.scrollWidth);
    await picture(page, `embed-page-${screen}`);
  }
  await close();
  const plain = await open(embed, { script: false });
  const buttons = await plain.page.locator("button:visible").count();
  await plain.close();
  return { blocks: Object.fromEntries(blocks), copied, example, buttons, ...met };
}

const loaded = (page) =>
  page.waitForFunction(
    () =>
      [...document.querySelectorAll("handbill-schedule")].every((schedule) =>
        schedule.shadowRoot?.querySelector("[aria-busy=false]"),
      ),
    undefined,
    { timeout: 10_000 },
  );

/** What the first component of a page shows. */
const shown = (page) =>
  page.evaluate(() => {
    const root = document.querySelector("handbill-schedule").shadowRoot;
    const text = (part, within = root) => within.querySelector(`[part~=${part}]`)?.textContent;
    const talks = [...root.querySelectorAll("[part~=talk]")].map((talk) => ({
      code: talk.dataset.code,
      title: text("title", talk),
      when: text("time", talk),
      times: [...talk.querySelectorAll("time")].map((time) => time.dateTime),
      room: text("room", talk),
      track: text("track", talk),
      speakers: text("speakers", talk),
      state: text("state", talk),
      struck: talk.querySelector("s") !== null,
      link: talk.querySelector("a")?.href,
      direction: getComputedStyle(talk.querySelector("[part~=title]")).direction,
      line: getComputedStyle(talk.querySelector("[part~=about]")).borderInlineStartColor,
    }));
    const headings = [...root.querySelectorAll("[part~=day-title]")];
    return {
      talks,
      days: headings.map((heading) => heading.textContent),
      headings: headings.map((heading) => heading.localName),
      notice: text("notice"),
      status: root.querySelector("[role=status]").textContent,
      links: [...root.querySelectorAll("[role=status] a")].map((link) => link.href),
      styled: getComputedStyle(root.querySelector("ol, p")).margin,
      text: root.textContent,
    };
  });

const STEPS = {
  /** What is there before anybody scrolls. */
  async early(page, report) {
    await page.waitForTimeout(700);
    report.early = {
      talks: report.requests.filter((url) => url.includes("talks.json")).length,
      fallback: await page.locator("handbill-schedule > a").first().isVisible(),
    };
  },
  async scroll(page, report) {
    await page.locator("handbill-schedule").first().scrollIntoViewIfNeeded();
    await loaded(page);
    report.shown = await shown(page);
    report.fallback = await page.locator("handbill-schedule > *").first().isVisible();
  },
  async subscribe(page, report) {
    report.subscribe = await page.$$eval("a", (links) => links.map((link) => link.href));
  },
  async frame(page, report) {
    await page.locator("iframe").scrollIntoViewIfNeeded();
    await page.frameLocator("iframe").locator("h1").waitFor({ timeout: 10_000 });
    report.framed = await page.frameLocator("iframe").locator("h1").textContent();
  },
  /** Tabs through the page until the component has had the focus on its every link. */
  async keyboard(page, report) {
    report.focused = [];
    for (let presses = 0; presses < 100; presses += 1) {
      await page.keyboard.press("Tab");
      const focus = await page.evaluate(() => {
        const link = document.querySelector("handbill-schedule").shadowRoot.activeElement;
        return link && { href: link.href, outline: getComputedStyle(link).outlineStyle };
      });
      if (focus) {
        report.focused.push(focus);
      }
    }
  },
  /** Comes back to the page six minutes later. */
  async later(page, report) {
    const again = page.waitForResponse((response) => response.url().includes("talks.json"));
    await page.evaluate(() => {
      const now = Date.now;
      Date.now = () => now() + 6 * 60 * 1000;
      document.dispatchEvent(new Event("visibilitychange"));
    });
    await again;
    await loaded(page);
    report.later = await shown(page);
  },
  /** Comes back six minutes later, without a network. */
  async offline(page, report) {
    await page.context().setOffline(true);
    await page.evaluate(() => {
      const now = Date.now;
      Date.now = () => now() + 6 * 60 * 1000;
      document.dispatchEvent(new Event("visibilitychange"));
    });
    await page.locator("handbill-schedule [part=retry]").waitFor();
    report.offline = await shown(page);
    await page.context().setOffline(false);
    await page.locator("handbill-schedule [part=retry]").click();
    await page.locator("handbill-schedule [part=retry]").waitFor({ state: "detached" });
    report.online = await shown(page);
  },
};

async function visit(host, task) {
  const { page, met, close } = await open(`${host}/${task.name}`, task);
  const report = { name: task.name, ...met };
  for (const step of task.steps) {
    await STEPS[step](page, report);
  }
  await page.evaluate(() => scrollTo(0, 0));
  await picture(page, `embed-${task.name}`);
  await close();
  return report;
}

const own = await organiser();
const filled = (text) => text.replace(/\{(\w+)\}/g, (_, name) => own.blocks[name]);
const host = createServer((request, response) => {
  const task = pages.find(({ name }) => request.url === `/${name}`);
  if (!task) {
    response.writeHead(404).end();
    return;
  }
  const lang = task.lang ?? "";
  response.writeHead(200, { "content-type": "text/html; charset=utf-8", "content-security-policy": filled(policy) });
  response.end(
    `<!DOCTYPE html><html${lang && ` lang="${lang}"`}><head><meta charset="utf-8"><title>Host</title>` +
      `<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">` +
      `<link rel="icon" href="data:,">${filled(task.head ?? "")}</head><body><h1>Host</h1>${filled(task.body)}</body></html>`,
  );
});
host.listen(0, "127.0.0.1");
await once(host, "listening");
const reports = {};
for (const task of pages) {
  reports[task.name] = await visit(`http://127.0.0.1:${host.address().port}`, task);
}
host.close();
host.closeAllConnections();
await browser.close();
output({ own, pages: reports });
