// Opens pages in Chromium and tells what a visitor's browser meets: messages on the console, requests,
// a page wider than the screen. Takes {pages: [{url, width, height, screenshot}]}, gives a report each.
import { watch, withBrowser } from "./chromium.mjs";
import { input, output } from "./packages.mjs";

async function visit(browser, { url, width, height, screenshot }) {
  const report = { url, width, messages: [], foreign: [], failed: [] };
  const page = await browser.newPage();
  await page.setViewportSize({ width, height });
  await watch(page, url, report);
  const answer = await page.goto(url, { waitUntil: "load", timeout: 30_000 });
  report.status = answer.status();
  report.title = await page.title();
  report.text = await page.evaluate(() => document.body.innerText);
  report.scrollWidth = await page.evaluate(() => document.documentElement.scrollWidth);
  await page.screenshot({ path: screenshot, fullPage: true });
  await page.close();
  return report;
}

const reports = await withBrowser(async (browser) => {
  const visited = [];
  for (const page of input().pages) {
    visited.push(await visit(browser, page));
  }
  return visited;
});
output(reports);
