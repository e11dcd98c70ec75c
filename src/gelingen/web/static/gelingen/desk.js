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

// Skipping moves the focus, not the address: a page with "#inhalt" in its address would ignore
// autofocus, and so what is wrong in a form that was sent.
document.addEventListener("click", (event) => {
  if (!event.target.closest(".g-sprung")) return;
  event.preventDefault();
  document.querySelector("#inhalt").focus();
});

document.addEventListener("htmx:after:swap", () => {
  // What was told before is over once something new is told.
  const told = [...document.querySelectorAll(".g-meldungen")];
  told.slice(0, -1).forEach((one) => one.remove());
  const heading = document.querySelector("#lade-titel");
  const wrong = document.querySelector("[role=alert][autofocus]");
  const next = document.querySelector("[data-naechste]");
  // Of details of one name one may be open: the old one still was when the new one came.
  const folded = wrong && wrong.closest("details");
  if (folded) folded.open = true;
  const target = wrong || next || heading;
  if (target) target.focus();
});

// A form with an address for drafts sends what is typed there a moment later; nothing is lost when
// the session ends or the window closes.
document.addEventListener("input", (event) => {
  const form = event.target.closest("form[data-draft]");
  if (!form) return;
  clearTimeout(form.later);
  form.later = setTimeout(async () => {
    const body = new FormData(form);
    body.set("formular", form.getAttribute("action") || location.pathname);
    const answer = await fetch(form.dataset.draft, { method: "POST", body });
    const state = form.querySelector("[data-draft-state]");
    if (answer.ok && !answer.redirected) state.textContent = await answer.text();
    else state.textContent = "Der Entwurf ist nicht gesichert: Ihre Anmeldung ist abgelaufen.";
  }, 800);
});
document.addEventListener("submit", (event) => clearTimeout(event.target.later));

// "/" leads to the search, unless somebody is writing or has switched it off (page "Konto").
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  const field = document.querySelector(".g-suche input[aria-keyshortcuts]");
  if (!field) return;
  event.preventDefault();
  field.focus();
  field.select();
});
