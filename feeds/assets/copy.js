// Buttons that copy the text of another element, each beside an <output>:
// <div><output></output><button data-copy="id of the other" data-done="Copied" hidden>Copy</button></div>
"use strict";

async function copy(source) {
  try {
    await navigator.clipboard.writeText(source.textContent);
    return true;
  } catch {
    // Pages without TLS have no clipboard; the old way needs the text selected, and leaves it so for
    // the visitor where it fails, too.
    getSelection().selectAllChildren(source);
    return document.execCommand("copy");
  }
}

for (const button of document.querySelectorAll("button[data-copy]")) {
  const told = button.parentElement.querySelector("output");
  button.hidden = false;
  button.addEventListener("click", async () => {
    if (await copy(document.getElementById(button.dataset.copy))) {
      told.textContent = button.dataset.done;
      setTimeout(() => told.replaceChildren(), 4000);
    }
  });
}
