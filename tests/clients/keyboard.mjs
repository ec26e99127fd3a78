// What somebody meets who has a keyboard and no mouse.

/** Everything on the page that the Tab key must reach. */
function mark() {
  const tabbable = "a[href], button, input, select, textarea, summary, [tabindex]";
  const isReached = (element) =>
    element.tabIndex >= 0 &&
    !element.disabled &&
    !element.closest("[inert]") &&
    element.checkVisibility({ checkVisibilityCSS: true }) &&
    element.getClientRects().length > 0;
  const elements = [...document.querySelectorAll(tabbable)].filter(isReached);
  // Of radio buttons of one name, Tab reaches the chosen one or the first.
  const groups = new Map();
  for (const element of elements.filter((element) => element.matches("input[type=radio]"))) {
    const kept = groups.get(element.name);
    groups.set(element.name, kept && !element.checked ? kept : element);
  }
  const isOther = (element) => element.matches("input[type=radio]") && groups.get(element.name) !== element;
  window.reachable = elements.filter((element) => !isOther(element));
  window.reached = new Set();
  const early = window.reachable.filter((element) => element.tabIndex > 0);
  return { count: window.reachable.length, faults: early.map((element) => `an order of its own: ${element.outerHTML.slice(0, 120)}`) };
}

/** What is wrong with the element that has the focus now. */
function look() {
  const element = document.activeElement;
  const place = window.reachable.indexOf(element);
  const html = element.outerHTML.slice(0, 120);
  if (place < 0) {
    return { place, html: element === document.body ? "" : html, faults: [] };
  }
  window.reached.add(place);
  const faults = [];
  const shows = (style) =>
    (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1) || style.boxShadow !== "none";
  const carriers = [element, element.parentElement, ...element.querySelectorAll("*")];
  if (!carriers.some((carrier) => carrier && shows(getComputedStyle(carrier)))) {
    faults.push(`no sign of the focus: ${html}`);
  }
  const box = [...element.getClientRects()].find(({ width, height }) => width > 0 && height > 0);
  const isWithin = box && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  if (!isWithin) {
    faults.push(`has the focus out of sight: ${html}`);
    return { place, html, faults };
  }
  const x = Math.min(Math.max((box.left + box.right) / 2, 0), innerWidth - 1);
  const tall = [0.2, 0.5, 0.8].map((part) => box.top + part * box.height);
  for (const y of tall.filter((y) => y >= 0 && y < innerHeight)) {
    const above = document.elementFromPoint(x, y);
    const isItself = !above || element.contains(above) || above.contains(element) || above.closest("label")?.control === element;
    if (!isItself) {
      faults.push(`covered by ${above.outerHTML.slice(0, 80)}: ${html}`);
      break;
    }
  }
  return { place, html, faults };
}

/** How many elements inside components the Tab key reaches. */
function countInside() {
  const roots = [...document.querySelectorAll("*")].map((element) => element.shadowRoot);
  const inside = roots.flatMap((root) => (root ? [...root.querySelectorAll("a[href], button, summary, [tabindex]")] : []));
  return inside.length;
}

async function skipFaults(page) {
  const link = page.locator("a.skip").first();
  if ((await link.count()) === 0) {
    return [];
  }
  await link.focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  return page.evaluate(() => {
    const skip = document.querySelector("a.skip");
    const target = document.getElementById(decodeURIComponent(skip.hash.slice(1)));
    const focused = document.activeElement;
    const isPast = target && (target.contains(focused) || target.compareDocumentPosition(focused) & Node.DOCUMENT_POSITION_FOLLOWING);
    return isPast ? [] : [`the skip link leads to ${focused.outerHTML.slice(0, 120)}, expected what follows ${skip.hash}`];
  });
}

/** Tabs through the whole page. */
export async function keyboardFaults(page, url) {
  await page.goto(url, { waitUntil: "load" });
  const { count, faults } = await page.evaluate(mark);
  let last = null;
  // What stands in a component comes to it, once that has its content.
  let inside = 0;
  for (let press = 0; press < count + inside + 3; press += 1) {
    await page.keyboard.press("Tab");
    const found = await page.evaluate(look);
    faults.push(...found.faults);
    inside = Math.max(inside, await page.evaluate(countInside));
    if (found.place >= 0 && found.place === last) {
      faults.push(`a trap: ${found.html}`);
      break;
    }
    last = found.place;
  }
  const missed = await page.evaluate(() =>
    window.reachable.filter((element, place) => !window.reached.has(place) && element.isConnected).map((element) => element.outerHTML.slice(0, 120)),
  );
  faults.push(...missed.map((html) => `Tab does not reach ${html}`));
  faults.push(...(await skipFaults(page)));
  return [...new Set(faults)];
}
