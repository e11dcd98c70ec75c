// What a lead types is kept while typing, so that nothing is lost when the phone rings. The page
// works without this file: its second button keeps the same.
"use strict";

const form = document.querySelector("[data-sachstand]");
const told = form.querySelector("[data-gesagt]");
const PAUSE = 2000;
let waiting = 0;
let busy = false;
let again = false;

const keep = async () => {
  if (busy) {
    again = true;
    return;
  }
  busy = true;
  try {
    const body = new URLSearchParams(new FormData(form));
    const answer = await fetch(form.dataset.sachstand, { method: "POST", body });
    const said = await answer.json();
    if (said.entwurf) form.elements.entwurf.value = said.entwurf;
    told.textContent = said.gesagt;
  } catch {
    told.textContent = "Keine Verbindung. Bitte später noch einmal zwischenspeichern.";
  }
  busy = false;
  if (again) {
    again = false;
    keep();
  }
};

form.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(keep, PAUSE);
});
form.addEventListener("submit", () => clearTimeout(waiting));
