// Lets the pages of a conference be read without a network: registers the worker that keeps them, and
// replaces a kept page as soon as the server answers again.
"use strict";

(() => {
  const workers = navigator.serviceWorker;
  const manifest = document.querySelector("link[rel=manifest]");
  // An old edition is kept as a page of its conference; it needs no worker of its own.
  const isOld = () => /\/editions\/\d+\//.test(manifest.href);
  if (!workers || !manifest || isOld()) {
    return;
  }

  const RETRY_SECONDS = 20;
  const notice = document.getElementById("page:offline");

  function isTyping() {
    const field = document.activeElement;
    return field && field.matches("input, textarea, select");
  }

  function reload() {
    // What is being typed would be lost; the notice stays, with its link.
    if (!isTyping()) {
      location.reload();
    }
  }

  async function tryAgain() {
    if (document.hidden) {
      return;
    }
    try {
      const answer = await fetch(location.href, { method: "HEAD", cache: "no-store" });
      if (answer.status < 500) {
        reload();
      }
    } catch {
      // Still no network: the next try comes.
    }
  }

  if (notice) {
    workers.addEventListener("message", (event) => {
      if (event.data && event.data.answered) {
        reload();
      }
    });
    workers.startMessages();
    addEventListener("online", tryAgain);
    document.addEventListener("visibilitychange", tryAgain);
    setInterval(tryAgain, RETRY_SECONDS * 1000);
  }

  async function register() {
    const wasKept = Boolean(workers.controller);
    await workers.register(new URL("worker.js", manifest.href));
    if (!wasKept) {
      // This page was loaded before there was anybody to keep it.
      const { active } = await workers.ready;
      active.postMessage({ keep: location.href });
    }
  }

  addEventListener("load", () => {
    register().catch(() => {
      // A browser that forbids workers reads the pages online, as before.
    });
  });
})();
