// Reads pages in Chromium for their languages and directions of writing. Takes {pages: [url], names},
// `names` being texts of the data that run from right to left; gives a report each: {url, lang, texts,
// faults}.
import { watch, withBrowser } from "./chromium.mjs";
import { input, output } from "./packages.mjs";

const { pages, names } = input();

/** Where a name that runs from right to left would take what stands beside it along. */
function isolationFaults(names) {
  const rightToLeft = /[\u0590-\u08ff]/;
  const isolating = new Set(["isolate", "plaintext", "isolate-override"]);
  const faults = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const text = node.nodeValue.trim();
    const parent = node.parentElement;
    const isHidden = parent.closest("script, style, template, code, pre, textarea") || !parent.checkVisibility();
    if (isHidden || !rightToLeft.test(text)) {
      continue;
    }
    // Running text of the organisers may name a talk; that is theirs to write.
    if (parent.closest(".text, [data-own-text]") || !names.some((name) => text.includes(name))) {
      continue;
    }
    let box = parent;
    while (box !== document.body && getComputedStyle(box).display === "inline" && !isolating.has(getComputedStyle(box).unicodeBidi)) {
      box = box.parentElement;
    }
    const within = box.textContent.trim();
    if (!names.includes(within)) {
      faults.push(`stands in one run of text with its neighbours: ${JSON.stringify(within.slice(0, 120))} in ${box.outerHTML.slice(0, 160)}`);
    }
  }
  return faults;
}

/** The language of each text: that of the nearest element that names one. Code, and what a quoted program
 * calls its own buttons, are in none. */
function texts() {
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const text = node.nodeValue.replace(/\s+/g, " ").trim();
    const parent = node.parentElement;
    if (text && !parent.closest("script, style, template, noscript, code, pre, textarea, kbd, q[lang], b[lang], i[lang]")) {
      found.push([parent.closest("[lang]")?.lang ?? "", text]);
    }
  }
  return found;
}

const reports = await withBrowser(async (browser) => {
  const found = [];
  for (const url of pages) {
    const report = { url, messages: [], foreign: [], failed: [] };
    const page = await browser.newPage();
    await watch(page, url, report);
    await page.goto(url, { waitUntil: "load" });
    report.lang = await page.evaluate(() => document.documentElement.lang);
    report.faults = await page.evaluate(isolationFaults, names);
    report.texts = await page.evaluate(texts);
    await page.close();
    found.push(report);
  }
  return found;
});
output(reports);
