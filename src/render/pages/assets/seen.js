"use strict";
// Marks what changed since the reader's last visit. Only their own browser knows when that was.
(() => {
  const VISIT = 60 * 60_000; // a page that is loaded again within the hour is the same visit

  const main = document.querySelector("main[data-conference]");
  const news = document.getElementById("page:news");
  const key = `handbill:seen:${main.dataset.conference}`;
  // The state of the programme, by the site's clock: the reader's may be wrong. Before the first change
  // nobody knows its time.
  const state = Number(main.dataset.updated ?? 0);

  function remembered() {
    try {
      return JSON.parse(localStorage.getItem(key));
    } catch {
      return null;
    }
  }

  function remember(visit) {
    try {
      localStorage.setItem(key, JSON.stringify(visit));
    } catch {
      // Whoever lets nothing be kept is told of no changes.
    }
  }

  // Which state was seen before this visit; null on the first.
  function seenBefore() {
    const last = remembered();
    const time = Date.now();
    if (!last || typeof last.state !== "number") {
      remember({ state, before: null, time });
      return null;
    }
    const isSameVisit = state === last.state && time - last.time < VISIT;
    const before = isSameVisit ? last.before : last.state;
    remember({ state, before, time });
    return before;
  }

  function tell(before) {
    const isNew = (item) => Number(item.dataset.updated) > before;
    const changed = [...document.querySelectorAll("#page\\:programme .talk[data-updated]")].filter(isNew);
    for (const item of changed) {
      item.classList.add("is-changed");
      const badge = document.createElement("span");
      badge.className = "badge news";
      badge.textContent = news.dataset.badge;
      badge.lang = news.lang;
      item.querySelector(".title").append(" ", badge);
    }
    const count = new Set(changed.map((item) => item.dataset.code)).size;
    const words = count === 1 ? news.dataset.one : news.dataset.several;
    news.querySelector("span").textContent = words.replace("{}", count);
    news.hidden = count === 0;
  }

  const before = seenBefore();
  if (before !== null) {
    tell(before);
  }
})();
