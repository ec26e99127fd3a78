"use strict";
// Talks that a visitor chooses. They are kept in this browser (localStorage), and written into the
// address of a page and of its feeds: five characters a talk, sorted.
(() => {
  const MOST = 400;
  const root = new URL("../", document.currentScript.src);
  const slug = location.pathname.slice(root.pathname.length).split("/")[0];
  const home = new URL(`${slug}/`, root);
  const below = location.pathname.slice(home.pathname.length);
  const inAddress = below.match(/^my\/(?:([\w-]*)\/)?(?:index\.html)?$/);
  const key = `handbill:my:${home.pathname}`;

  const read = (text) => new Set((text || "").match(/[\w-]{5}/g));
  const written = (marks) => [...marks].sort().join("");
  const same = (one, other) => written(one) === written(other);

  // A browser that keeps nothing, as in a private window: the choice travels in the address.
  const store = (() => {
    try {
      localStorage.setItem(`${key}:probe`, "");
      localStorage.removeItem(`${key}:probe`);
      return localStorage;
    } catch {
      return null;
    }
  })();
  let carried = read((inAddress && inAddress[1]) || new URLSearchParams(location.search).get("my"));

  const chosen = () => (store ? read(store.getItem(key)) : carried);

  function keep(marks) {
    if (store) {
      store.setItem(key, written(marks));
      return;
    }
    carried = marks;
    if (!inAddress) {
      history.replaceState(history.state, "", carrying(new URL(location.href)));
    }
  }

  function carrying(address) {
    address.searchParams.delete("my");
    if (carried.size) {
      address.searchParams.set("my", written(carried));
    }
    return address;
  }

  // Only pages read such an address; feeds refuse what they do not know.
  function carryAlong(event) {
    const link = event.target.closest("a[href]");
    if (!link || store) {
      return;
    }
    const address = new URL(link.href);
    const isPage = address.origin === location.origin && address.pathname.endsWith("/");
    if (isPage && address.pathname.startsWith(home.pathname)) {
      link.href = carrying(address);
    }
  }

  const pageOf = (marks) => new URL(marks.size ? `my/${written(marks)}/` : "my/", home).href;

  function toggle(mark) {
    const marks = chosen();
    if (!marks.delete(mark) && marks.size < MOST) {
      marks.add(mark);
    }
    keep(marks);
    show();
  }

  // The way to the chosen talks in the row of links, and one that stays in sight.
  const way = document.querySelector('nav a[href$="/my/"]');
  const name = way && way.textContent;
  const bar = document.createElement("a");
  bar.className = "my-bar";

  function showWays(marks) {
    if (!way) {
      return;
    }
    way.href = pageOf(marks);
    way.textContent = marks.size ? `${name} (${marks.size})` : name;
    bar.href = way.href;
    bar.textContent = way.textContent;
    bar.lang = way.closest("[lang]").lang;
    const hasStars = document.querySelector("button.star");
    if (marks.size && hasStars) {
      document.body.append(bar);
    } else {
      bar.remove();
    }
  }

  function show() {
    const marks = chosen();
    for (const star of document.querySelectorAll("button.star")) {
      star.hidden = false;
      star.setAttribute("aria-pressed", marks.has(star.dataset.mark));
    }
    showWays(marks);
    if (inAddress) {
      showList(marks);
    }
  }

  // The page of chosen talks: one's own can be changed, somebody else's can be adopted.
  let isOwn = false;

  function showList(marks) {
    const shown = read(inAddress[1]);
    isOwn = same(shown, marks);
    if (!shown.size && marks.size) {
      location.replace(pageOf(marks));
      return;
    }
    for (const button of document.querySelectorAll("button.remove")) {
      button.hidden = !isOwn;
    }
    const box = document.getElementById("page:foreign");
    if (box) {
      box.hidden = isOwn;
      for (const part of box.querySelectorAll("[data-when]")) {
        part.hidden = (part.dataset.when === "kept") !== marks.size > 0;
      }
    }
  }

  function goTo(marks) {
    keep(marks);
    if (same(marks, read(inAddress[1]))) {
      show();
      document.querySelector("h1").focus();
    } else {
      location.replace(pageOf(marks));
    }
  }

  const actions = {
    adopt: () => read(inAddress[1]),
    merge: () => new Set([...chosen(), ...read(inAddress[1])]),
    mine: chosen,
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) {
      carryAlong(event);
    } else if (button.matches(".star")) {
      toggle(button.dataset.mark);
    } else if (button.matches(".remove")) {
      const marks = chosen();
      marks.delete(button.dataset.mark);
      goTo(marks);
    } else if (button.dataset.my in actions) {
      goTo(actions[button.dataset.my]());
    }
  });
  document.addEventListener("auxclick", carryAlong);

  // Another tab changed the choice; a page that came back from the browser's memory missed it.
  function followOthers() {
    const marks = chosen();
    if (inAddress && isOwn && !same(marks, read(inAddress[1]))) {
      location.replace(pageOf(marks));
    } else {
      show();
    }
  }
  addEventListener("storage", (event) => {
    if (event.key === key || event.key === null) {
      followOthers();
    }
  });
  addEventListener("pageshow", (event) => {
    if (event.persisted) {
      followOthers();
    }
  });
  show();
})();
