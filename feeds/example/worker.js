"use strict";

const SITE = {
  "version": "444616c6",
  "lang": "en-GB",
  "words": {
    "offline": "You are offline.",
    "silent": "The server does not answer.",
    "slow": "The network is slow.",
    "as_of": "This page is as of {time}; it may have changed since.",
    "some_time": "an earlier visit",
    "again": "Try again",
    "not_kept": "This page was not opened before, so there is no copy of it on this device.",
    "programme": "Programme"
  }
};

// Keeps the pages of a conference that were visited, so that they can be read without a network. The
// network comes first; what comes from the cache says so, and of when it is. `SITE` stands above: the
// version of the pages' scripts, and the words.

const SCOPE = new URL(self.registration.scope);
const FAMILY = `handbill ${SCOPE.pathname} `;
const CACHE = FAMILY + SITE.version;
const PATIENCE = 4000;
const MOST_PAGES = 150;

const isOurs = (url) => url.origin === SCOPE.origin && url.pathname.startsWith(SCOPE.pathname);
// The address of a script changes with its content.
const isScript = (url) => url.origin === SCOPE.origin && url.pathname.includes("/assets/") && url.search.startsWith("?v=");
const isPage = (answer) =>
  answer.status === 200 && answer.type === "basic" && (answer.headers.get("content-type") || "").startsWith("text/html");

self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(keep(SCOPE.href));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(takeOver());
});

self.addEventListener("message", (event) => {
  const url = new URL((event.data && event.data.keep) || SCOPE.href, SCOPE);
  if (isOurs(url)) {
    event.waitUntil(keep(url.href).catch(() => {}));
  }
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET") {
    return;
  }
  if (request.mode === "navigate" && isOurs(url)) {
    event.respondWith(page(event));
  } else if (request.mode !== "navigate" && isScript(url)) {
    event.respondWith(script(request));
  }
});

async function takeOver() {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith(FAMILY) && name !== CACHE);
  await Promise.all(old.map((name) => caches.delete(name)));
  await self.clients.claim();
}

/** Keeps a page and the scripts that it loads. */
async function keep(url) {
  const answer = await fetch(url);
  if (!isPage(answer)) {
    return;
  }
  const text = await answer.clone().text();
  await store(url, answer);
  const cache = await caches.open(CACHE);
  const scripts = [...text.matchAll(/<script defer src="([^"]+)"/g)].map((match) => new URL(match[1], url));
  for (const script of scripts.filter(isScript)) {
    if (!(await cache.match(script.href))) {
      await cache.add(script.href);
    }
  }
}

async function store(url, answer) {
  const cache = await caches.open(CACHE);
  await cache.put(url, answer);
  const isOfPages = ({ url }) => isOurs(new URL(url)) && url !== SCOPE.href;
  const kept = (await cache.keys()).filter(isOfPages);
  const surplus = kept.slice(0, Math.max(0, kept.length - MOST_PAGES));
  await Promise.all(surplus.map((request) => cache.delete(request)));
}

async function script(request) {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(request);
  if (kept) {
    return kept;
  }
  const answer = await fetch(request);
  if (answer.status === 200 && answer.type === "basic") {
    await cache.put(request, answer.clone());
  }
  return answer;
}

/** The page as the network has it, else as it was kept. */
async function page(event) {
  const url = event.request.url;
  const kept = await found(url);
  if (kept && answeredLately(url)) {
    return kept;
  }
  // Past the browser's own cache, which would show an old programme as if it were the present one.
  const network = fetch(event.request, { cache: "no-cache" });
  // Copied before anybody reads the body.
  const remembered = network.then((answer) => answer.clone()).then((copy) => remember(url, copy));
  event.waitUntil(remembered.catch(() => {}));
  try {
    const answer = await (kept ? Promise.race([network, timeout()]) : network);
    if (answer && !(kept && answer.status >= 500)) {
      return answer;
    }
    if (!answer) {
      event.waitUntil(remembered.then((isKept) => isKept && tell(event)).catch(() => {}));
    }
    return marked(kept, answer ? SITE.words.silent : SITE.words.slow);
  } catch {
    const reason = self.navigator.onLine ? SITE.words.silent : SITE.words.offline;
    return kept ? marked(kept, reason) : nothingKept(reason);
  }
}

function timeout() {
  return new Promise((resolve) => {
    setTimeout(resolve, PATIENCE, null);
  });
}

/** Keeps what the network said of a page: the page itself, or that there is none any more. */
async function remember(url, answer) {
  if (isPage(answer)) {
    await store(url, answer);
    return true;
  }
  if (answer.status === 404 || answer.status === 410) {
    const cache = await caches.open(CACHE);
    await cache.delete(url);
  }
  return false;
}

/** The kept copy; of a selection that was never asked for, that of the whole page: its script selects. */
async function found(url) {
  const cache = await caches.open(CACHE);
  const whole = new URL(url);
  whole.search = "";
  return (await cache.match(url)) || (await cache.match(whole.href));
}

// On a network that is always slow, the page that is loaded anew would be late again. What was
// answered a moment ago is the present state.
const answered = new Map();

function answeredLately(url) {
  const moment = answered.get(url);
  answered.delete(url);
  return moment !== undefined && Date.now() - moment < 30_000;
}

async function tell(event) {
  const page = await self.clients.get(event.resultingClientId);
  if (page) {
    answered.set(event.request.url, Date.now());
    page.postMessage({ answered: true });
  }
}

function text(string) {
  const references = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
  return string.replace(/[&<>"]/g, (character) => references[character]);
}

/** The kept copy with the notice that it is one. */
async function marked(kept, reason) {
  const html = await kept.text();
  const headers = new Headers(kept.headers);
  // They are of the body as it was sent.
  headers.delete("content-encoding");
  headers.delete("content-length");
  const { lang, words } = SITE;
  const moment = new Date(kept.headers.get("date"));
  const form = { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" };
  const since = Number.isNaN(moment.getTime()) ? words.some_time : moment.toLocaleString(lang, form);
  const said = text(`${reason} ${words.as_of.replace("{time}", since)}`);
  const notice = `<p class="offline" id="page:offline" role="status" lang="${lang}">${said} <a href="">${text(words.again)}</a></p>`;
  return new Response(html.replace("<body>", (body) => body + notice), { headers });
}

function nothingKept(reason) {
  const { lang, words } = SITE;
  const style = ":root{color-scheme:light dark}body{max-width:34rem;margin:15vh auto;padding:0 1.25rem;font:1rem/1.55 system-ui,sans-serif}a{color:inherit}";
  const html = `<!DOCTYPE html><html lang="${lang}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>${text(reason)}</title><style>${style}</style></head>
<body><main><h1>${text(reason)}</h1><p>${text(words.not_kept)}</p>
<p><a href="">${text(words.again)}</a> · <a href="${text(SCOPE.pathname)}">${text(words.programme)}</a></p></main></body></html>`;
  const headers = {
    "content-type": "text/html; charset=utf-8",
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'",
  };
  return new Response(html, { status: 503, headers });
}
