// The little that links and forms cannot do: Escape closes what lies open beside the content,
// and the focus goes where the new content begins. Every page works without this file.
"use strict";

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.defaultPrevented) return;
  const open = document.querySelector("details[open] > summary:focus, details[open] :focus");
  const menu = open && open.closest(".g-haus details");
  if (menu) {
    menu.open = false;
    menu.querySelector("summary").focus();
    return;
  }
  const close = document.querySelector("a[data-escape]");
  if (close) close.click();
});

document.addEventListener("htmx:after:swap", () => {
  const heading = document.querySelector("#lade-titel");
  const wrong = document.querySelector("[role=alert][autofocus]");
  const target = wrong || heading;
  if (target) target.focus();
});
