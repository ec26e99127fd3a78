// Uses the programme page as readers do, and tells what they see after each step. Takes {sessions: [{url,
// width, script, zone, steps}]}; a step is [what, ...arguments]. A session is one browser that remembers.
// Gives for each session a list of what stood on the page after each step.
import { LAUNCH, chromium } from "./chromium.mjs";
import { input, output } from "./packages.mjs";

const browser = await chromium.launch(LAUNCH);

const STEPS = {
  open: (page, url) => page.goto(url),
  check: async (page, name, value) => {
    await unfold(page);
    await page.locator(`input[name=${name}][value="${value}"]`).check();
  },
  uncheck: async (page, name, value) => {
    await unfold(page);
    await page.locator(`input[name=${name}][value="${value}"]`).uncheck();
  },
  select: async (page, name, value) => {
    await unfold(page);
    await page.locator(`select[name=${name}]`).selectOption(value);
  },
  write: async (page, text) => {
    await page.locator("input[name=q]").pressSequentially(text);
    if (await page.locator("#page\\:filter button[type=submit]").isVisible()) {
      return; // without a script nothing happens yet
    }
    // The address changes together with what is shown.
    const words = [...new Set(text.toLowerCase().split(/\s+/))].sort().join(" ");
    await page.waitForFunction((words) => new URLSearchParams(location.search).get("q") === words, words);
  },
  submit: (page) => page.locator("#page\\:filter button[type=submit]").click(),
  clear: (page) => page.locator("a.clear:visible").first().click(),
  offline: (page) => page.context().setOffline(true),
  wait: (page, milliseconds) => page.clock.runFor(milliseconds),
  time: async (page, time) => {
    await page.clock.install({ time: new Date(time) });
  },
  // As if the browser had been here before.
  remember: (page, key, value) =>
    page.addInitScript(([key, value]) => localStorage.setItem(key, localStorage.getItem(key) ?? value), [key, value]),
  print: (page) => page.emulateMedia({ media: "print" }),
};

async function unfold(page) {
  const facets = page.locator("details.facets");
  if ((await facets.getAttribute("open")) === null) {
    await facets.locator("summary").click();
  }
}

/** What a reader sees. Runs in the page. */
function seen() {
  const isSeen = (element) => element.checkVisibility();
  const text = (element) => element?.innerText.replace(/\s+/g, " ").trim() ?? null;
  const talks = [...document.querySelectorAll("#page\\:programme .talk")].filter(isSeen);
  const follow = (extension) => {
    const links = [...document.querySelectorAll("#page\\:subscribe a")];
    return links.find((link) => new URL(link.href).pathname.endsWith(extension) && link.protocol !== "webcal:")?.href;
  };
  const box = document.querySelector("#page\\:now");
  return {
    url: location.href,
    talks: talks.map((talk) => ({
      code: talk.dataset.code,
      title: talk.querySelector(".title bdi").textContent,
      when: text(talk.querySelector(".when")),
      isNow: talk.classList.contains("is-now"),
      isChanged: Boolean(talk.querySelector(".badge.news")),
      left: talk.getBoundingClientRect().left,
      top: talk.getBoundingClientRect().top,
    })),
    headings: [...document.querySelectorAll("#page\\:programme h2")].filter(isSeen).map(text),
    clocks: [...document.querySelectorAll(".clocks")].filter(isSeen).map(text),
    count: text(document.querySelector("#page\\:count")),
    chosen: text(document.querySelector("#page\\:chosen")),
    canClear: [...document.querySelectorAll("a.clear")].some(isSeen),
    hasForm: isSeen(document.querySelector("#page\\:filter")),
    heading: text(document.querySelector("#page\\:subscribe h2")),
    follow: {
      ics: follow(".ics"),
      rss: follow(".rss"),
      atom: follow(".atom"),
      json: follow(".json"),
      page: follow("/subscribe/"),
      webcal: document.querySelector("a[href^='webcal:']")?.href,
    },
    now: isSeen(box) ? [...box.querySelectorAll(".part")].map((part) => text(part)) : null,
    news: isSeen(document.querySelector("#page\\:news")) ? text(document.querySelector("#page\\:news")) : null,
    remembered: localStorage.getItem("handbill:seen:handwerk"),
    scrollWidth: document.documentElement.scrollWidth,
  };
}

async function session({ width = 1280, height = 900, script = true, zone = "Europe/Berlin", steps }) {
  const context = await browser.newContext({
    viewport: { width, height },
    javaScriptEnabled: script,
    timezoneId: zone,
  });
  const page = await context.newPage();
  const messages = [];
  const asked = [];
  page.on("pageerror", (error) => messages.push(`exception: ${error.message}`));
  page.on("request", (request) => asked.push(request.url()));
  page.on("console", (message) => {
    // Nobody links to it; a browser asks for it by itself.
    const isOfIcon = message.location().url.endsWith("/favicon.ico");
    if (["error", "warning"].includes(message.type()) && !isOfIcon) {
      messages.push(`${message.type()}: ${message.text()}`);
    }
  });
  const reports = [];
  for (const [what, ...given] of steps) {
    await STEPS[what](page, ...given);
    // A page without a script still answers questions of its browser.
    const report = page.url() === "about:blank" ? {} : await page.evaluate(seen);
    reports.push({ ...report, messages: [...messages], asked: [...asked] });
  }
  await context.close();
  return reports;
}

const sessions = [];
for (const asked of input().sessions) {
  sessions.push(await session(asked));
}
await browser.close();
output(sessions);
