// Visits pages as people do: on a phone and on a desk, by day and by night, enlarged, on paper, without
// moving pictures, and with the keyboard alone. Takes {pages: [{name, url}], screenshots, parts}, gives a
// report each: {name, url, status, text, faults: [...]}. `parts` names what is looked at.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { watch, withBrowser } from "./chromium.mjs";
import { keyboardFaults } from "./keyboard.mjs";
import { input, output, require } from "./packages.mjs";

const SCREENS = { phone: [390, 844], desktop: [1280, 900] };
const NARROW = [320, 800];
const SCHEMES = ["light", "dark"];
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

/** The violations of accessibility rules, each with the elements that break it. */
async function axeFaults(page) {
  await page.evaluate(axe);
  const violations = await page.evaluate(async (rules) => {
    const found = await window.axe.run(document, { runOnly: { type: "tag", values: rules } });
    return found.violations.map(({ id, nodes }) => {
      const places = nodes.slice(0, 3).map((node) => `${node.html.slice(0, 200)} (${node.any[0]?.message ?? ""})`);
      return `axe: ${id}, ${nodes.length} times: ${places.join(" | ")}`;
    });
  }, RULES);
  return violations;
}

async function widthFaults(page, width) {
  const found = await page.evaluate(() => {
    const widest = [...document.querySelectorAll("body *")].find((element) => {
      const { right, width } = element.getBoundingClientRect();
      return width > 0 && right > document.documentElement.clientWidth + 1;
    });
    const outer = document.documentElement.scrollWidth;
    return { outer, widest: widest?.outerHTML.slice(0, 120) };
  });
  return found.outer > width ? [`${found.outer} pixels wide, expected ${width}: ${found.widest}`] : [];
}

/** What is smaller than a finger tip needs (WCAG 2.2, 2.5.8), links in running text apart. */
async function targetFaults(page) {
  return page.evaluate(() => {
    const least = 24;
    const faults = [];
    for (const element of document.querySelectorAll("a[href], button, input, select, summary")) {
      const isInText = element.matches("a") && getComputedStyle(element).display === "inline";
      const { width, height } = element.getBoundingClientRect();
      const isShown = element.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true }) && width > 1;
      const isLabelled = element.closest("label") !== null || (element.labels?.length ?? 0) > 0;
      if (isShown && !isInText && !isLabelled && (width < least || height < least)) {
        faults.push(`${Math.round(width)}×${Math.round(height)} pixels to touch: ${element.outerHTML.slice(0, 120)}`);
      }
    }
    return faults;
  });
}

/** What of a page for screens is left on paper. */
async function printFaults(page) {
  return page.evaluate(() => {
    const shown = [...document.querySelectorAll("nav, button, input, select")].filter((element) => element.checkVisibility());
    return shown.map((element) => `on paper: ${element.outerHTML.slice(0, 120)}`);
  });
}

async function movementFaults(page) {
  return page.evaluate(() => {
    const moving = [...document.querySelectorAll("*")].filter((element) => {
      const style = getComputedStyle(element);
      const lasts = (value) => value.split(",").some((time) => parseFloat(time) > 0.01);
      return lasts(style.animationDuration) || lasts(style.transitionDuration) || style.scrollBehavior === "smooth";
    });
    return moving.map((element) => `moves although asked not to: ${element.outerHTML.slice(0, 120)}`);
  });
}

async function visit(browser, { name, url }, { screenshots, parts }) {
  const report = { name, url, messages: [], foreign: [], failed: [] };
  const faults = [];
  const wants = (part) => parts.includes(part);
  const add = (where, found) => faults.push(...found.map((fault) => `${where}: ${fault}`));
  const page = await browser.newPage();
  await watch(page, url, report);
  const shoot = (what) => page.screenshot({ path: join(screenshots, `${name}-${what}.png`), fullPage: true });
  for (const [screen, [width, height]] of Object.entries(SCREENS)) {
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme: "light" });
    const answer = await page.goto(url, { waitUntil: "load", timeout: 30_000 });
    report.status = answer.status();
    report.text = await page.evaluate(() => document.body.innerText);
    report.title = await page.title();
    add(screen, await widthFaults(page, width));
    if (screen === "phone") {
      add(screen, await targetFaults(page));
    }
    for (const colorScheme of SCHEMES) {
      await page.emulateMedia({ colorScheme });
      await shoot(`${screen}-${colorScheme}`);
      if (wants("axe")) {
        add(`${screen}, ${colorScheme}`, await axeFaults(page));
      }
    }
  }
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  add("reduced motion", await movementFaults(page));
  if (wants("keyboard")) {
    add("keyboard", await keyboardFaults(page, url));
  }
  await page.setViewportSize({ width: NARROW[0], height: NARROW[1] });
  add("320 pixels", await widthFaults(page, NARROW[0]));
  await shoot("narrow");
  await page.emulateMedia({ media: "print", reducedMotion: null });
  add("print", await printFaults(page));
  await shoot("print");
  await page.close();
  for (const kind of ["messages", "foreign", "failed"]) {
    add(kind, report[kind]);
  }
  return { name, url, status: report.status, title: report.title, text: report.text, faults };
}

const asked = input();
const reports = await withBrowser(async (browser) => {
  const visited = [];
  for (const page of asked.pages) {
    visited.push(await visit(browser, page, asked));
  }
  return visited;
});
output(reports);
