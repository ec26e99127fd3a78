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
