// Opens a page for the first time and counts what it costs. Takes {url}, gives {requests: [{url, bytes, isBeforeLoad}]},
// bytes being those of heads and bodies as they were transferred.
import { setTimeout as sleep } from "node:timers/promises";
import { withBrowser } from "./chromium.mjs";
import { input, output } from "./packages.mjs";

const { url } = input();

const requests = await withBrowser(async (browser) => {
  const page = await browser.newPage();
  const session = await browser.newCDPSession(page);
  await session.send("Network.enable");
  const seen = new Map();
  let isLoaded = false;
  session.on("Network.requestWillBeSent", ({ requestId, request }) => {
    if (!request.url.startsWith("data:")) {
      seen.set(requestId, { url: request.url, bytes: 0, isBeforeLoad: !isLoaded });
    }
  });
  session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    if (seen.has(requestId)) {
      seen.get(requestId).bytes = encodedDataLength;
    }
  });
  await session.send("Page.enable");
  session.on("Page.loadEventFired", () => {
    isLoaded = true;
  });
  await page.goto(url, { waitUntil: "load" });
  await page.evaluate(() => navigator.serviceWorker.ready);
  // The worker is done when it has kept the page.
  await page.waitForFunction(async () => (await caches.match(location.href)) !== undefined);
  await sleep(500);
  return [...seen.values()];
});
output({ requests });
