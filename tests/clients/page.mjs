// Opens pages in Chromium and tells what a visitor's browser meets: messages on the console, requests,
// a page wider than the screen. Takes {pages: [{url, width, height, screenshot}]}, gives a report each.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { input, output, require } from "./packages.mjs";

const { chromium } = require("playwright-core");

const profile = mkdtempSync(join(tmpdir(), "handbill-chromium-"));
// Without these, Chromium looks for its maker's servers at every start.
const quiet = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
const browser = await chromium.launchPersistentContext(profile, {
  executablePath: process.env.HANDBILL_CHROMIUM ?? "/usr/bin/chromium",
  headless: true,
  args: quiet,
});

async function visit({ url, width, height, screenshot }) {
  const report = { url, width, messages: [], foreign: [], failed: [] };
  const page = await browser.newPage();
  await page.setViewportSize({ width, height });
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) {
      report.messages.push(`${message.type()}: ${message.text()}`);
    }
  });
  page.on("pageerror", (error) => report.messages.push(`exception: ${error.message}`));
  page.on("response", (response) => {
    if (response.status() >= 400) {
      report.failed.push(`${response.status()} ${response.url()}`);
    }
  });
  await page.route(
    () => true,
    (route) => {
      const asked = route.request().url();
      if (new URL(asked).origin === new URL(url).origin) {
        return route.continue();
      }
      report.foreign.push(asked);
      return route.abort();
    },
  );
  const answer = await page.goto(url, { waitUntil: "load", timeout: 30_000 });
  report.status = answer.status();
  report.title = await page.title();
  report.text = await page.evaluate(() => document.body.innerText);
  report.scrollWidth = await page.evaluate(() => document.documentElement.scrollWidth);
  await page.screenshot({ path: screenshot, fullPage: true });
  await page.close();
  return report;
}

const reports = [];
for (const page of input().pages) {
  reports.push(await visit(page));
}
await browser.close();
rmSync(profile, { recursive: true, force: true });
output(reports);
