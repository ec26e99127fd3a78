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
