"use strict";
// Choosing on the programme page without asking the server for another page. What is left, the address
// and the links to feeds are always those that the server would have given.
(() => {
  const FACETS = ["track", "room", "day", "lang", "kind", "speaker"];
  const TYPING = 250; // milliseconds without a key until the words are looked for

  const main = document.querySelector("main[data-conference]");
  const form = document.getElementById("page:filter");
  const programme = document.getElementById("page:programme");
  const count = document.getElementById("page:count");
  const isServed = main.hasAttribute("data-served");
  const entries = [...programme.querySelectorAll(".talk")].map(entryOf);
  const found = new Map(); // words, as the address has them: codes of talks that the server finds
  let turn = 0; // which choice is the last: an answer to an earlier one comes too late

  function entryOf(item) {
    const day = item.closest("section").dataset.day;
    const { code, room, track, kind, lang } = item.dataset;
    const speakers = (item.dataset.speaker ?? "").split(" ");
    const values = { track: [track], room: [room], day: [day], lang: [lang], kind: [kind], speaker: speakers };
    return { item, code, values };
  }

  // What the form says, in the order of the address (`render/query.rs`).
  function chosen() {
    const data = new FormData(form);
    const state = {};
    for (const name of FACETS) {
      const values = [...new Set(data.getAll(name).filter((value) => value))];
      // Kinds have an order of their own, which the form keeps.
      state[name] = name === "kind" ? values : values.sort();
    }
    const words = (data.get("q") ?? "").toLowerCase().split(/\s+/).filter((word) => word);
    state.q = [...new Set(words)].sort();
    state.tz = data.get("tz") ?? "";
    return state;
  }

  function isWhole(state) {
    return state.q.length === 0 && FACETS.every((name) => state[name].length === 0);
  }

  function query(state, hasZone) {
    const pairs = FACETS.map((name) => [name, state[name].join(",")]);
    pairs.push(["q", state.q.join(" ")], ["tz", hasZone ? state.tz : ""]);
    const given = new URLSearchParams(pairs.filter(([, value]) => value)).toString();
    return given && `?${given}`;
  }

  // What the server searches in: title, summary, speakers, tags.
  function textOf(code) {
    const texts = [];
    for (const { item } of entries.filter((entry) => entry.code === code)) {
      for (const part of item.querySelectorAll(".title a, .summary, .speakers")) {
        texts.push(part.textContent);
      }
      texts.push(item.dataset.tags ?? "");
    }
    return texts.join("\n").toLowerCase();
  }

  function foundHere(words) {
    const codes = [...new Set(entries.map((entry) => entry.code))];
    return new Set(codes.filter((code) => {
      const text = textOf(code);
      return words.every((word) => text.includes(word));
    }));
  }

  // The talks that hold the words: those that the server finds, since that is what a feed will hold.
  async function holding(words) {
    const asked = query({ ...chosenNothing(), q: words }, false);
    if (!isServed || !navigator.onLine) {
      return foundHere(words);
    }
    if (!found.has(asked)) {
      try {
        const answer = await fetch(`talks.json${asked}`);
        if (!answer.ok) {
          return foundHere(words);
        }
        const { items } = await answer.json();
        found.set(asked, new Set(items.map((item) => item._handbill.code)));
      } catch {
        return foundHere(words);
      }
    }
    return found.get(asked);
  }

  function chosenNothing() {
    return Object.fromEntries([...FACETS.map((name) => [name, []]), ["q", []], ["tz", ""]]);
  }

  async function choose() {
    turn += 1;
    const mine = turn;
    const state = chosen();
    const codes = state.q.length > 0 ? await holding(state.q) : null;
    if (mine === turn) {
      show(state, codes);
    }
  }

  function show(state, codes) {
    for (const entry of entries) {
      const passes = (name) => {
        const wanted = state[name];
        return wanted.length === 0 || entry.values[name].some((value) => wanted.some((one) => same(one, value)));
      };
      entry.item.hidden = !(FACETS.every(passes) && (codes === null || codes.has(entry.code)));
    }
    hideEmpty(isWhole(state));
    programme.classList.toggle("narrowed", !isWhole({ ...state, day: [] }));
    tell(state);
    follow(state);
    const address = location.pathname + query(state, true) + location.hash;
    history.replaceState(history.state, "", address);
  }

  function same(one, other) {
    return other !== undefined && one.toLowerCase() === other.toLowerCase();
  }

  function hideEmpty(isAll) {
    for (const group of programme.querySelectorAll("section, .group")) {
      const talks = [...group.querySelectorAll(".talk")];
      group.hidden = !(talks.some((talk) => !talk.hidden) || (isAll && talks.length === 0));
    }
    for (const link of document.querySelectorAll("nav.days a")) {
      const section = document.getElementById(link.hash.slice(1));
      link.hidden = section?.hidden ?? false;
    }
  }

  function tell(state) {
    const shown = new Set(entries.filter((entry) => !entry.item.hidden).map((entry) => entry.code)).size;
    const names = form.querySelectorAll("fieldset :checked + span, [name=speaker] option:checked:not([value=''])");
    const list = [...names].map((name) => name.textContent).join(", ");
    document.getElementById("page:chosen")?.replaceChildren(list && `: ${list}`);
    const text = { 0: count.dataset.none, 1: count.dataset.one }[shown] ?? count.dataset.several;
    count.textContent = text.replace("{}", shown);
    for (const link of document.querySelectorAll("a.clear")) {
      link.hidden = isWhole(state);
    }
  }

  function follow(state) {
    // Where only files are served, there is none for a choice.
    const offered = isServed ? state : { ...chosenNothing(), tz: "" };
    for (const link of document.querySelectorAll("a[data-follow]")) {
      link.href = link.href.split("?")[0] + query(offered, link.dataset.follow === "calendar");
    }
    const heading = document.querySelector("#page\\:subscribe h2");
    heading.textContent = isWhole(offered) ? heading.dataset.whole : heading.dataset.selection;
  }

  // Puts what an address says into the form: a file is the same for every query.
  function read(address) {
    for (const name of FACETS) {
      const wanted = address.getAll(name).flatMap((value) => value.split(","));
      const is = (field) => field.value !== "" && wanted.some((value) => same(value.trim(), field.value));
      const select = form.querySelector(`select[name=${name}]`);
      if (select) {
        select.multiple = [...select.options].filter(is).length > 1;
        for (const option of select.options) {
          option.selected = is(option);
        }
      }
      for (const box of form.querySelectorAll(`input[name=${name}]`)) {
        box.checked = is(box);
      }
    }
    form.elements.q.value = address.getAll("q").join(" ");
  }

  function clear(event) {
    event.preventDefault();
    read(new URLSearchParams());
    choose();
    form.elements.q.focus();
  }

  // Whoever has no mouse scrolls a wide day by keys, once it can be focused.
  function letScroll() {
    for (const grid of programme.querySelectorAll(".grid")) {
      if (grid.scrollWidth > grid.clientWidth) {
        grid.tabIndex = 0;
        grid.setAttribute("role", "group");
        grid.setAttribute("aria-label", grid.closest("section").querySelector("h2").textContent);
      } else {
        grid.removeAttribute("tabindex");
      }
    }
  }

  let typing;
  letScroll();
  addEventListener("resize", letScroll);
  form.hidden = false;
  form.querySelector("button[type=submit]").hidden = true;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    choose();
  });
  form.addEventListener("change", choose);
  form.elements.q.addEventListener("input", () => {
    clearTimeout(typing);
    typing = setTimeout(choose, TYPING);
  });
  for (const link of document.querySelectorAll("a.clear")) {
    link.addEventListener("click", clear);
  }

  // A browser that goes back, or a copy kept for reading offline, may show another choice than the
  // address names.
  addEventListener("DOMContentLoaded", () => {
    const before = query(chosen(), false);
    const address = new URLSearchParams(location.search);
    read(address);
    if (query(chosen(), false) !== before || (!isServed && before !== "")) {
      choose();
    }
  });
})();
"use strict";
// The programme by the reader's clock: times in the zone that they choose, and what runs now.
(() => {
  const MINUTE = 60_000;
  const LONGEST_UNKNOWN = 60 * MINUTE; // for what has no known end
  const SOON = 60 * MINUTE; // how long before the first talk "next" is told
  const NIGHT = 16 * 60 * MINUTE; // the longest pause inside a conference
  const KNOWN = [
    "America/Los_Angeles",
    "America/New_York",
    "America/Sao_Paulo",
    "Europe/London",
    "Europe/Berlin",
    "Asia/Kolkata",
    "Asia/Tokyo",
    "Australia/Sydney",
  ];

  const main = document.querySelector("main[data-conference]");
  const language = main.dataset.language;
  const select = document.getElementById("page:zone");
  const now = document.getElementById("page:now");
  const programme = document.getElementById("page:programme");
  const home = select.dataset.zone;
  const writtenIn = select.dataset.wished ?? home;
  const written = new Map(); // an element with times: its nodes as the server wrote them
  let zone = writtenIn;

  // Zones.

  function isZone(name) {
    try {
      return Boolean(new Intl.DateTimeFormat(language, { timeZone: name }));
    } catch {
      return false;
    }
  }

  function option(name, remark) {
    const label = name.replaceAll("_", " ") + (remark ? ` (${remark})` : "");
    // No zone in the address means the conference's.
    return new Option(label, name === home ? "" : name);
  }

  function fillZones() {
    const own = new Intl.DateTimeFormat().resolvedOptions().timeZone;
    const first = new Map([[home, select.dataset.conference]]);
    if (own && own !== home) {
      first.set(own, select.dataset.reader);
    }
    for (const name of ["UTC", writtenIn, ...KNOWN]) {
      if (!first.has(name)) {
        first.set(name, "");
      }
    }
    select.append(...[...first].map(([name, remark]) => option(name, remark)));
    const others = document.createElement("optgroup");
    others.label = select.dataset.others;
    const all = Intl.supportedValuesOf?.("timeZone") ?? [];
    others.append(...all.filter((name) => !first.has(name)).map((name) => option(name)));
    select.append(others);
  }

  function zoneOfAddress() {
    const wished = new URLSearchParams(location.search).get("tz");
    return wished && isZone(wished) ? wished : home;
  }

  function chooseZone(name) {
    zone = name;
    const value = name === home ? "" : name;
    if (![...select.options].some((one) => one.value === value)) {
      select.append(option(name));
    }
    select.value = value;
    for (const element of document.querySelectorAll(".when, .held, .hour, .clocks")) {
      write(element);
    }
  }

  function write(element) {
    if (!written.has(element)) {
      written.set(element, [...element.childNodes]);
    }
    if (zone === writtenIn) {
      element.replaceChildren(...written.get(element));
    } else if (element.dataset.words) {
      element.textContent = element.dataset.words.replace("{}", zone.replaceAll("_", " "));
    } else {
      element.replaceChildren(...hours(element));
    }
  }

  // "09:00–09:45", and the date where it is not the day's.
  function hours(element) {
    const times = written.get(element).filter((node) => node.nodeName === "TIME");
    const nodes = times.flatMap((time, place) => {
      const copy = time.cloneNode();
      copy.textContent = format(time, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
      return place > 0 ? ["–", copy] : [copy];
    });
    const day = element.closest("section")?.dataset.day;
    const isElsewhere = element.matches(".held") || isoDate(times[0]) !== day;
    if (isElsewhere && !element.matches(".hour")) {
      const hint = document.createElement("span");
      hint.className = "hint";
      hint.textContent = `(${shortDate(times[0])})`;
      nodes.push(" ", hint);
    }
    return nodes;
  }

  function format(time, options) {
    const moment = new Date(time.dateTime);
    return new Intl.DateTimeFormat(language, { timeZone: zone, ...options }).format(moment);
  }

  function isoDate(time) {
    // Swedes write dates as ISO 8601 does.
    const format = new Intl.DateTimeFormat("sv-SE", { timeZone: zone });
    return format.format(new Date(time.dateTime));
  }

  function shortDate(time) {
    return format(time, { weekday: "short", day: "numeric", month: "short" }).replace(",", "");
  }

  // Now and next.

  function held() {
    const items = [...programme.querySelectorAll(".talk:not(.cancelled)")];
    return items.flatMap((item) => {
      const when = item.querySelector(".when");
      const [start, end] = [...(when?.querySelectorAll("time") ?? [])].map((time) => Date.parse(time.dateTime));
      return start ? [{ item, when, start, end: end ?? start + LONGEST_UNKNOWN, room: item.dataset.room }] : [];
    });
  }

  function tellNow(talks) {
    const time = Date.now();
    const running = talks.filter((talk) => talk.start <= time && time < talk.end);
    const rooms = new Map();
    const coming = talks.filter((talk) => time < talk.start).sort((one, other) => one.start - other.start);
    for (const talk of coming) {
      if (!rooms.has(talk.room)) {
        rooms.set(talk.room, talk);
      }
    }
    const hasBegun = talks.some((talk) => talk.start <= time);
    const soonest = hasBegun ? NIGHT : SOON;
    const next = [...rooms.values()].filter((talk) => talk.start - time <= soonest);
    for (const { item } of talks) {
      mark(item, running.some((talk) => talk.item === item));
    }
    now.hidden = running.length + next.length === 0;
    now.replaceChildren(...group(now.dataset.now, running), ...group(now.dataset.next, next));
  }

  function mark(item, isRunning) {
    item.classList.toggle("is-now", isRunning);
    const badge = item.querySelector(".title .badge.running");
    if (isRunning && !badge) {
      item.querySelector(".title").prepend(element("span", "badge running", now.dataset.now), " ");
    } else if (!isRunning) {
      badge?.nextSibling?.remove();
      badge?.remove();
    }
  }

  function group(name, talks) {
    if (talks.length === 0) {
      return [];
    }
    const list = document.createElement("ul");
    list.append(...talks.map(line));
    const part = element("div", "part");
    part.append(element("h2", "", name), list);
    return [part];
  }

  function line({ item, when }) {
    const line = document.createElement("li");
    const hours = element("span", "soft");
    hours.append(...[...when.childNodes].map((node) => node.cloneNode(true)));
    const link = item.querySelector(".title a").cloneNode(true);
    line.append(hours, " ", link);
    const room = item.querySelector(".facts .room");
    if (room) {
      const place = element("span", "soft");
      place.append(" · ", ...[...room.childNodes].map((node) => node.cloneNode(true)));
      line.append(place);
    }
    return line;
  }

  function element(name, className, text = "") {
    const made = document.createElement(name);
    made.className = className;
    made.textContent = text;
    return made;
  }

  fillZones();
  document.querySelector("input[name=tz]")?.remove();
  select.disabled = false;
  select.name = "tz";
  select.closest("p").hidden = false;
  chooseZone(zoneOfAddress());
  const talks = held();
  tellNow(talks);
  setInterval(() => tellNow(talks), MINUTE);
  select.addEventListener("change", () => {
    chooseZone(select.value || home);
    tellNow(talks);
  });
})();
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
