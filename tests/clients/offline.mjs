// Reads a conference's pages as somebody whose network comes and goes. Takes {scene, url, other, hook,
// screenshot}, gives what was seen at each step: {text, notice}. `hook` is a file that this script and the test use to
// take turns: the script writes what it waits for, the test does it and removes the file.
import { existsSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { watch, withBrowser } from "./chromium.mjs";
import { input, output } from "./packages.mjs";

const { scene, url, other, hook, screenshot } = input();

/** Has the test do something to the server. */
async function ask(what) {
  writeFileSync(hook, what);
  while (existsSync(hook)) {
    await sleep(50);
  }
}

async function seen(page) {
  return page.evaluate(() => ({
    text: document.body.innerText,
    notice: document.getElementById("page:offline")?.innerText ?? null,
    first: document.body.firstElementChild?.id ?? "",
  }));
}

/** Opens a page and waits until the worker keeps it. */
async function keep(page, address) {
  await page.goto(address, { waitUntil: "load" });
  await page.evaluate(async () => {
    const { active } = await navigator.serviceWorker.ready;
    while (active.state !== "activated" || !navigator.serviceWorker.controller) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    const isKept = async () => (await caches.match(location.href)) !== undefined;
    while (!(await isKept())) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  });
}

const cached = (page) =>
  page.evaluate(async () => {
    const found = {};
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      found[name] = (await cache.keys()).map((request) => request.url);
    }
    return found;
  });

const scenes = {
  /** The network is gone, comes back. */
  async offline(browser, page, steps) {
    await keep(page, url);
    await page.goto(other, { waitUntil: "load" });
    steps.online = await seen(page);
    await browser.setOffline(true);
    await page.goto(other, { waitUntil: "load" });
    steps.offline = await seen(page);
    await page.setViewportSize({ width: 390, height: 844 });
    await page.screenshot({ path: screenshot });
    await page.goto(url, { waitUntil: "load" });
    steps.programme = await seen(page);
    await page.goto(url + "?track=typesetting", { waitUntil: "load" });
    steps.selection = await seen(page);
    await page.goto(url + "never-opened/", { waitUntil: "load" });
    steps.never = await seen(page);
    await page.goto(url, { waitUntil: "load" });
    await browser.setOffline(false);
    await page.waitForFunction(() => !document.getElementById("page:offline"), null, { timeout: 30_000 });
    steps.back = await seen(page);
  },

  /** The server stops, and is back with another edition. */
  async stopped(browser, page, steps) {
    await keep(page, url);
    await ask("stop");
    await page.goto(url, { waitUntil: "load" });
    steps.stopped = await seen(page);
    await ask("start");
    await page.waitForFunction(() => !document.getElementById("page:offline"), null, { timeout: 60_000 });
    steps.back = await seen(page);
  },

  /** The server takes its time. */
  async slow(browser, page, steps) {
    await keep(page, url);
    await ask("slow");
    const began = Date.now();
    await page.goto(url, { waitUntil: "load" });
    steps.slow = await seen(page);
    steps.waited = Date.now() - began;
    await page.waitForFunction(() => !document.getElementById("page:offline"), null, { timeout: 30_000 });
    steps.answered = await seen(page);
  },

  /** What is kept: pages and scripts, no feed, no error. */
  async kept(browser, page, steps) {
    await keep(page, url);
    await keep(page, other);
    for (const path of ["schedule.ics", "talks.json", "feeds.opml"]) {
      await page.evaluate((path) => fetch(path).then((answer) => answer.text()), new URL(path, url).href);
    }
    await page.goto(url + "nothing-here/", { waitUntil: "load" });
    await page.goto(url + "subscribe/?track=typesetting", { waitUntil: "load" });
    await page.waitForFunction(async () => (await caches.match(location.href)) !== undefined);
    steps.kept = await cached(page);
  },

  /** A new version of the scripts deletes what was kept for the old. */
  async version(browser, page, steps) {
    await keep(page, url);
    await page.evaluate(async () => {
      const [name] = await caches.keys();
      const old = await caches.open(name.replace(/\S+$/, "older"));
      await old.put("/old", new Response("old"));
      await caches.open("of somebody else");
    });
    steps.before = await cached(page);
    await ask("new version");
    await page.evaluate(async () => {
      const registration = await navigator.serviceWorker.getRegistration();
      await registration.update();
      while ((await caches.keys()).some((name) => name.endsWith("older"))) {
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    });
    steps.after = await cached(page);
  },
};

const steps = { messages: [], foreign: [], failed: [] };
await withBrowser(async (browser) => {
  const page = await browser.newPage();
  await watch(page, url, steps);
  await scenes[scene](browser, page, steps);
});
output(steps);
