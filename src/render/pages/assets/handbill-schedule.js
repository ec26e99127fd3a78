// <handbill-schedule src="…/conf/"></handbill-schedule>
//
// Shows a conference's programme in any page. It makes one request, for the conference's talks.json,
// when it comes near the screen. What stands inside the element is shown until then, and where it
// fails. It works under a strict Content Security Policy: no inline style, no markup from strings.
//
// Attributes: src; day, room, track, kind, q and filter (which talks); zone ("viewer", or a name such
// as "Asia/Tokyo"; else the conference's); heading-level (of the days, 3); lang.
"use strict";
{
  const STALE_AFTER = 5 * 60 * 1000;
  const SELECTING = ["day", "room", "track", "kind", "q"];
  const LOADING = ["src", "filter", ...SELECTING];
  const SHOWING = ["zone", "heading-level", "lang"];

  const ENGLISH = {
    locale: "en-GB",
    loading: "Loading the programme…",
    failed: "The programme cannot be loaded at the moment.",
    old: "This may be out of date: the programme could not be loaded again.",
    retry: "Try again",
    page: "Open the programme",
    none: "No talks here yet.",
    unknown: "Time to be announced",
    times: "All times in",
    cancelled: "cancelled",
    tentative: "tentative",
    until: "until",
  };
  const GERMAN = {
    locale: "de-DE",
    loading: "Das Programm wird geladen …",
    failed: "Das Programm lässt sich gerade nicht laden.",
    old: "Möglicherweise veraltet: Das Programm ließ sich nicht erneut laden.",
    retry: "Noch einmal versuchen",
    page: "Programm öffnen",
    none: "Hier gibt es noch keine Vorträge.",
    unknown: "Zeit wird noch bekannt gegeben",
    times: "Alle Zeiten in",
    cancelled: "entfällt",
    tentative: "unter Vorbehalt",
    until: "bis",
  };

  const STYLE = `
    :host { display: block; }
    :host([hidden]) { display: none; }
    * { box-sizing: border-box; }
    ol { list-style: none; margin: 0; padding: 0; }
    p { margin: 0; }
    a { color: var(--handbill-link, inherit); text-underline-offset: .18em; text-decoration-thickness: 1px; }
    :focus-visible { outline: 2px solid var(--handbill-link, currentColor); outline-offset: 2px; }
    [part~=day] { margin-block: 0 var(--handbill-gap, 2em); }
    [part~=day]:last-child { margin-block-end: 0; }
    [part~=day-title] { margin: 0 0 .5em; font-size: 1.3em; line-height: 1.25; }
    [part~=talk] {
      display: grid; grid-template-columns: var(--handbill-time-width, 8em) minmax(0, 1fr); gap: 0 1em;
      padding-block: .8em; border-block-start: 1px solid var(--handbill-line, rgb(128 128 128 / .4));
    }
    [part~=time] { font-variant-numeric: tabular-nums; }
    [part~=about] {
      padding-inline-start: .8em; overflow-wrap: anywhere;
      border-inline-start: 3px solid var(--handbill-track, var(--handbill-line, rgb(128 128 128 / .4)));
    }
    [part~=title] { margin: 0; font-size: 1em; line-height: 1.35; }
    [part~=break] [part~=title] { font-weight: normal; }
    [part~=facts] { display: flex; flex-wrap: wrap; gap: 0 1em; font-size: .9em; }
    [part~=state] { font-weight: bold; }
    [part~=notice] { margin-block: 0 1em; }
    button {
      font: inherit; color: inherit; background: none; padding: .4em .9em; min-height: 2.75em; cursor: pointer;
      border: 1px solid currentColor; border-radius: .4em; margin-inline-end: 1em;
    }
    @media (max-width: 32em) { [part~=talk] { display: block; } [part~=time] { margin-block-end: .2em; } }
    @media print { button { display: none; } [part~=talk] { break-inside: avoid; } }
  `;

  /** An element with attributes and children; those that are missing are left out. */
  function element(name, attributes = {}, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (value !== undefined && value !== null) {
        made.setAttribute(key, value);
      }
    }
    made.append(...children.filter((child) => child));
    return made;
  }

  /** How times are written in the first zone of these that the browser knows. */
  class Clock {
    constructor(zones, locale) {
      this.zone = zones.find((zone) => zone && Clock.knows(zone)) ?? "UTC";
      const format = (options, tag = locale) => new Intl.DateTimeFormat(tag, { timeZone: this.zone, ...options });
      this.hours = format({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
      this.dates = format({ weekday: "short", day: "numeric", month: "short" });
      this.names = format({ timeZoneName: "short" });
      // Of all locales this one writes dates as ISO 8601 does.
      this.keys = format({ year: "numeric", month: "2-digit", day: "2-digit" }, "en-CA");
    }

    static knows(zone) {
      try {
        return Boolean(new Intl.DateTimeFormat("en", { timeZone: zone }));
      } catch {
        return false;
      }
    }

    /** "CEST". */
    name(instant) {
      return this.names.formatToParts(instant).find((part) => part.type === "timeZoneName").value;
    }
  }

  /** Which of the feed's talks the query asks for, with the slots that it asks for. */
  function selected(feed, query) {
    const asked = new URLSearchParams(query);
    // A server has selected already, and says so in the feed's own address; a static host gives all.
    if (asked.toString() === "" || new URL(feed.feed_url).search) {
      return feed.items;
    }
    const of = (name) => asked.getAll(name).flatMap((value) => value.split(",")).map((value) => value.trim()).filter(Boolean);
    const passes = (name, has) => of(name).length === 0 || of(name).some(has);
    const words = asked.getAll("q").join(" ").toLowerCase().split(/\s+/).filter(Boolean);
    const language = (item) => (item.language ?? feed.language).toLowerCase();
    const isWanted = (item) => {
      const facts = item._handbill;
      return (
        passes("track", (slug) => facts.track_slug === slug) &&
        passes("kind", (kind) => facts.kind === kind) &&
        passes("speaker", (slug) => (facts.speaker_slugs ?? []).includes(slug)) &&
        passes("lang", (tag) => language(item) === tag.toLowerCase()) &&
        words.every((word) => searched(item).includes(word))
      );
    };
    const asksForSlots = of("day").length + of("room").length > 0;
    const items = [];
    for (const item of feed.items.filter(isWanted)) {
      const slots = item._handbill.slots.filter(
        (slot) => passes("day", (day) => slot.day === day) && passes("room", (slug) => slot.room_slug === slug),
      );
      if (slots.length > 0 || !asksForSlots) {
        items.push({ ...item, _handbill: { ...item._handbill, slots } });
      }
    }
    return items;
  }

  /** The text in which words are looked for. */
  function searched(item) {
    const names = (item.authors ?? []).map((author) => author.name);
    const text = item.content_html.replace(/<[^>]*>/g, " ");
    return [item.title, text, ...names, ...(item.tags ?? [])].join("\n").toLowerCase();
  }

  /** What happens on which day, and what has no day yet. */
  function agenda(items, clock, isConferences) {
    const days = new Map();
    const later = [];
    for (const item of items) {
      const slots = item._handbill.slots;
      if (slots.length === 0) {
        later.push({ item });
      }
      for (const slot of slots) {
        const start = slot.start && new Date(slot.start);
        // A talk after midnight belongs to its evening in the conference's own zone alone.
        const day = start && !isConferences ? clock.keys.format(start) : slot.day;
        days.set(day, [...(days.get(day) ?? []), { item, slot, start }]);
      }
    }
    for (const entries of days.values()) {
      entries.sort((one, other) => (one.start || Infinity) - (other.start || Infinity) || 0);
    }
    return { days: [...days].sort(([one], [other]) => (one < other ? -1 : 1)), later };
  }

  class HandbillSchedule extends HTMLElement {
    static get observedAttributes() {
      return [...LOADING, ...SHOWING];
    }

    constructor() {
      super();
      const root = this.attachShadow({ mode: "open" });
      try {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(STYLE);
        root.adoptedStyleSheets = [sheet];
      } catch {
        // An old browser shows the programme without style.
      }
      this.notice = element("div", { role: "status" });
      this.content = element("div", {}, document.createElement("slot"));
      root.append(this.notice, this.content);
      this.onVisible = () => {
        if (document.visibilityState === "visible" && this.feed && Date.now() - this.loaded > STALE_AFTER) {
          this.load();
        }
      };
    }

    connectedCallback() {
      document.addEventListener("visibilitychange", this.onVisible);
      this.nearness = new IntersectionObserver(
        (entries) => {
          if (entries.some((entry) => entry.isIntersecting)) {
            this.nearness.disconnect();
            this.isNear = true;
            this.load();
          }
        },
        { rootMargin: "400px" },
      );
      this.nearness.observe(this);
    }

    disconnectedCallback() {
      document.removeEventListener("visibilitychange", this.onVisible);
      this.nearness.disconnect();
      this.request?.abort();
    }

    attributeChangedCallback(name, before, after) {
      if (!this.isNear || before === after) {
        return;
      }
      if (LOADING.includes(name)) {
        this.feed = undefined;
        this.load();
      } else if (this.feed) {
        this.show();
      }
    }

    /** The conference's page; nothing where src is no address. */
    get page() {
      const source = this.getAttribute("src");
      if (!source) {
        return undefined;
      }
      try {
        const page = new URL(source, document.baseURI);
        page.pathname = page.pathname.replace(/\/?$/, "/");
        return page;
      } catch {
        return undefined;
      }
    }

    /** The query that selects talks, with its question mark; empty for all of them. */
    get query() {
      const query = new URLSearchParams(this.getAttribute("filter") ?? "");
      for (const name of SELECTING) {
        const value = this.getAttribute(name);
        if (value) {
          query.set(name, value);
        }
      }
      return query.toString() && `?${query}`;
    }

    get words() {
      const language = this.closest("[lang]")?.lang || this.feed?.language || "";
      return /^de\b/i.test(language) ? GERMAN : ENGLISH;
    }

    async load() {
      this.request?.abort();
      const request = new AbortController();
      this.request = request;
      this.content.setAttribute("aria-busy", "true");
      if (!this.feed) {
        this.tell("loading");
      }
      try {
        const address = new URL("talks.json" + this.query, this.page);
        // The browser asks whether its copy is still good, and gets the whole only where it is not.
        const answer = await fetch(address, { cache: "no-cache", credentials: "omit", signal: request.signal });
        if (!answer.ok) {
          const problem = await answer.json().catch(() => ({}));
          throw new Error(problem.detail ?? `${answer.status}`);
        }
        this.feed = await answer.json();
        this.loaded = Date.now();
        this.notice.replaceChildren();
        this.show();
      } catch (error) {
        if (!request.signal.aborted) {
          console.warn(`handbill-schedule: ${error.message}`);
          this.tell(this.feed ? "old" : "failed");
        }
      }
      if (this.request === request) {
        this.content.setAttribute("aria-busy", "false");
      }
    }

    /** Says how the loading goes; with a way on where it failed. */
    tell(what) {
      const words = this.words;
      const message = element("p", { part: `notice ${what}`, lang: words.locale.slice(0, 2) }, words[what]);
      if (what !== "loading") {
        const retry = element("button", { type: "button", part: "retry" }, words.retry);
        retry.addEventListener("click", () => this.load());
        message.append(" ", element("br"), retry, this.page ? this.link(this.page, words.page) : "");
      }
      this.notice.replaceChildren(message);
    }

    /** A link; the text alone where the address is no web address. */
    link(address, text, attributes) {
      const { href, protocol } = new URL(address);
      return /^https?:$/.test(protocol) ? element("a", { href, ...attributes }, text) : text;
    }

    show() {
      const words = this.words;
      const own = this.feed._handbill?.zone;
      const wanted = this.getAttribute("zone");
      const viewers = wanted === "viewer" && Intl.DateTimeFormat().resolvedOptions().timeZone;
      const clock = new Clock([viewers || wanted, own], words.locale);
      const { days, later } = agenda(selected(this.feed, this.query), clock, clock.zone === own);
      const level = Math.min(Math.max(Number.parseInt(this.getAttribute("heading-level"), 10) || 3, 1), 5);
      const look = { words, clock, level, tag: words.locale.slice(0, 2) };
      const sections = days.map(([day, entries]) => this.day(day, entries, look));
      if (later.length > 0) {
        sections.push(this.section(words.unknown, later.map((entry) => this.talk(entry, look)), look));
      }
      if (sections.length === 0) {
        sections.push(element("p", { part: "notice", lang: look.tag }, words.none));
      } else if (days.length > 0) {
        const zone = clock.zone.replace(/_/g, " ");
        sections.unshift(element("p", { part: "notice zone", lang: look.tag }, `${words.times} ${zone}.`));
      }
      const focused = this.shadowRoot.activeElement?.href;
      this.content.replaceChildren(...sections);
      const links = [...this.content.querySelectorAll("a")];
      links.find((link) => link.href === focused)?.focus({ preventScroll: true });
    }

    day(day, entries, look) {
      const date = new Date(`${day}T00:00:00Z`);
      const long = { weekday: "long", day: "numeric", month: "long", year: "numeric", timeZone: "UTC" };
      const title = element("time", { datetime: day }, date.toLocaleDateString(look.words.locale, long));
      const first = entries.find((entry) => entry.start);
      const usual = first && look.clock.name(first.start);
      return this.section(title, entries.map((entry) => this.talk(entry, { ...look, day, usual })), look);
    }

    section(title, talks, { level, tag }) {
      const heading = element(`h${level}`, { part: "day-title", lang: tag }, title);
      return element("section", { part: "day" }, heading, element("ol", { role: "list", part: "talks" }, ...talks));
    }

    talk({ item, slot, start }, look) {
      const facts = item._handbill;
      const state = facts.state === "confirmed" && slot ? slot.state : facts.state;
      const isCancelled = state === "cancelled";
      const name = facts.title ?? item.title;
      const title = facts.kind === "break" ? name : this.link(item.url, name, { part: "link" });
      const own = { lang: item.language, dir: "auto" };
      const about = element(
        "div",
        { part: "about", lang: this.feed.language },
        element(`h${look.level + 1}`, { part: "title", ...own }, isCancelled ? element("s", {}, title) : title),
        this.facts(item, slot, state, look),
      );
      if (/^#[0-9a-f]{6}$/i.test(facts.track_colour ?? "")) {
        about.style.setProperty("--handbill-track", facts.track_colour);
      }
      const attributes = { part: `talk ${facts.kind} ${state}`, "data-code": facts.code };
      return element("li", attributes, this.time(slot, start, look), about);
    }

    facts(item, slot, state, { words, tag }) {
      const names = (item.authors ?? []).map((author) => author.name).join(", ");
      const fact = (part, text, attributes = { dir: "auto" }) => text && element("span", { part, ...attributes }, text);
      const told = [
        state !== "confirmed" && fact("state", words[state], { lang: tag }),
        fact("speakers", names),
        fact("room", slot?.room),
        fact("track", item._handbill.track),
      ].filter(Boolean);
      return told.length > 0 && element("p", { part: "facts" }, ...told);
    }

    time(slot, start, { words, clock, day, usual, tag }) {
      if (!start) {
        return element("div", { part: "time", lang: tag }, slot && words.unknown);
      }
      const end = slot.end && new Date(slot.end);
      const hour = (instant, text) => element("time", { datetime: text }, clock.hours.format(instant));
      const time = element("div", { part: "time", lang: tag }, hour(start, slot.start));
      if (end) {
        time.append("–", hour(end, slot.end));
      }
      // An hour that comes twice when clocks are set back is told by the name of its clock.
      const name = clock.name(start);
      const notes = [name !== usual && name, clock.keys.format(start) !== day && `(${clock.dates.format(start)})`];
      if (end - start >= 24 * 60 * 60 * 1000) {
        notes.push(`(${words.until} ${clock.dates.format(end)})`);
      }
      time.append(...notes.filter(Boolean).map((note) => ` ${note}`));
      return time;
    }
  }

  if (!customElements.get("handbill-schedule")) {
    customElements.define("handbill-schedule", HandbillSchedule);
  }
}
