// Opens Chromium as a visitor's browser that asks nobody but the site under test.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { require } from "./packages.mjs";

export const { chromium } = require("playwright-core");

/** How Chromium is started; without these arguments it looks for its maker's servers each time. */
export const LAUNCH = {
  executablePath: process.env.HANDBILL_CHROMIUM ?? "/usr/bin/chromium",
  headless: true,
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
};

/** Gives a browser with a profile of its own to `use`, and clears up after it. */
export async function withBrowser(use, options = {}) {
  const profile = mkdtempSync(join(tmpdir(), "handbill-chromium-"));
  const browser = await chromium.launchPersistentContext(profile, { ...LAUNCH, ...options });
  try {
    return await use(browser);
  } finally {
    await browser.close();
    rmSync(profile, { recursive: true, force: true });
  }
}

/** Notes in `report` what a visitor of `url` would be troubled by, and keeps other hosts out. */
export async function watch(page, url, report) {
  page.on("console", (message) => {
    // A page that is an error says so itself.
    const isOwn = message.location().url === url && message.text().startsWith("Failed to load resource");
    if (["error", "warning"].includes(message.type()) && !isOwn) {
      report.messages.push(`${message.type()}: ${message.text()}`);
    }
  });
  page.on("pageerror", (error) => report.messages.push(`exception: ${error.message}`));
  page.on("response", (response) => {
    if (response.status() >= 400 && response.url() !== url) {
      report.failed.push(`${response.status()} ${response.url()}`);
    }
  });
  page.on("requestfailed", (request) => {
    if (new URL(request.url()).origin === new URL(url).origin) {
      report.failed.push(`${request.failure()?.errorText} ${request.url()}`);
    }
  });
  await page.route(
    (asked) => asked.origin !== new URL(url).origin && !["data:", "blob:"].includes(asked.protocol),
    (route) => {
      report.foreign.push(route.request().url());
      return route.abort();
    },
  );
}
