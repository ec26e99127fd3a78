// Puts the conferences that are still to come before those that are over, the next one first. The page
// itself knows no clock: it lists the latest first.
"use strict";

(() => {
  const upcoming = document.getElementById("page:conferences");
  const past = document.getElementById("page:past");
  if (!upcoming || !past) {
    return;
  }
  // Days that are not announced are to come.
  const end = (item) => Date.parse(item.dataset.end) || Number.MAX_SAFE_INTEGER;
  const items = [...upcoming.querySelectorAll(".conferences > li")];
  const over = items.filter((item) => end(item) < Date.now());
  const heading = upcoming.querySelector("h2");
  if (over.length === items.length) {
    heading.textContent = past.querySelector("h2").textContent;
    return;
  }
  heading.textContent = heading.dataset.upcoming;
  const next = items.filter((item) => !over.includes(item)).sort((one, other) => end(one) - end(other));
  upcoming.querySelector("ul").prepend(...next);
  past.querySelector("ul").append(...over);
  past.hidden = over.length === 0;
})();
