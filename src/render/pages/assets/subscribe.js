"use strict";
// Offers the visitor's own zone.
(() => {
  const zones = document.querySelector("select[data-own]");
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (zones && own && ![...zones.options].some((option) => (option.value || zones.dataset.zone) === own)) {
    zones.add(new Option(`${own} (${zones.dataset.own})`, own));
  }
})();
