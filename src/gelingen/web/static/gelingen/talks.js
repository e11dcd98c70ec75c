// Coding by keyboard: typing looks for a label, Enter ticks it, digits tick topics, arrows change
// the statement. The form works without this file; what it does is send the same form.
"use strict";

const form = document.querySelector("[data-kodieren]");
const word = form.elements.wort;
const told = form.querySelector("[data-stand]");
const boxes = [...form.querySelectorAll("input[name=merkmal]")];
const start = boxes.map((one) => one.checked).join();
form.querySelector("[data-ohne]").hidden = true;
form.querySelector("[data-mit]").hidden = false;

const fold = (text) =>
  text.toLocaleLowerCase("de").normalize("NFD").replace(/\p{M}/gu, "").replace(/ß/g, "ss").trim();
const named = (box) => fold(box.closest("label").dataset.wort);

// Labels that fit what is typed: those that begin so come first.
const fitting = () => {
  const typed = fold(word.value);
  if (!typed) return [];
  const found = boxes.filter((one) => named(one).includes(typed));
  const begins = (one) => !named(one).startsWith(typed);
  return found.sort((a, b) => begins(a) - begins(b));
};

const narrow = () => {
  const found = fitting();
  const typed = fold(word.value);
  for (const one of boxes) {
    const label = one.closest("label");
    label.hidden = Boolean(typed) && !found.includes(one);
    label.toggleAttribute("data-erstes", one === found[0]);
  }
  for (const group of form.querySelectorAll("fieldset")) {
    group.hidden = Boolean(typed) && !group.querySelector("label:not([hidden])");
  }
};

const toggle = (box) => {
  box.checked = !box.checked;
  const name = box.closest("label").dataset.wort;
  told.textContent = box.checked ? `Angekreuzt: ${name}` : `Kreuz entfernt: ${name}`;
};

const save = (step) => {
  const button = form.querySelector(`button[value=${step}]`);
  if (button) form.requestSubmit(button);
  else form.requestSubmit();
};

// Without a change nothing is kept: going past a statement is no coding.
const go = (step) => {
  const way = form.querySelector(`a[data-${step}]`);
  const changed = word.value.trim() || boxes.map((one) => one.checked).join() !== start;
  if (changed) save(step);
  else if (way) way.click();
};

const enter = (event) => {
  const typed = word.value.trim();
  const [first] = fitting();
  if (!typed) save("weiter");
  else if (first && !event.shiftKey) {
    toggle(first);
    word.value = "";
    narrow();
  } else form.requestSubmit();
};

word.addEventListener("input", narrow);

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  const inside = event.target === word;
  const field = event.target.closest("input:not([type=checkbox]), textarea, select");
  if (field && !inside) return;
  const free = !inside || !word.value;
  const single = "einzeln" in form.dataset;
  const digit = free && (inside || single) && /^[1-9]$/.test(event.key);
  const box = digit && form.querySelector(`[data-taste="${event.key}"]`);
  const step = { ArrowDown: "weiter", ArrowUp: "zurueck" }[event.key];
  const letter = !inside && single && { j: "weiter", k: "zurueck" }[event.key];
  if (inside && event.key === "Enter") enter(event);
  else if (inside && event.key === "Escape" && word.value) {
    word.value = "";
    narrow();
  } else if (box) toggle(box);
  else if (step && (inside || event.target === document.body)) go(step);
  else if (letter) go(letter);
  else return;
  event.preventDefault();
});
