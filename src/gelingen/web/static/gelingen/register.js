// Ticks in a list: how many, all at once, none. Without this file every box still works.
"use strict";

(() => {
  const boxes = () => [...document.querySelectorAll(".g-bestand .g-hak[name]")];

  function count() {
    const place = document.querySelector("[data-sammel-zahl]");
    if (!place) return;
    const all = boxes();
    const ticked = all.filter((box) => box.checked).length;
    place.textContent = `${ticked} von ${all.length} angekreuzt`;
    const head = document.querySelector("[data-alle]");
    if (!head) return;
    head.checked = ticked > 0 && ticked === all.length;
    head.indeterminate = ticked > 0 && ticked < all.length;
  }

  function prepare() {
    const cell = document.querySelector(".g-bestand thead .g-hakzelle");
    if (cell && !cell.firstChild) {
      const head = document.createElement("input");
      Object.assign(head, { type: "checkbox", className: "g-hak" });
      head.dataset.alle = "";
      head.setAttribute("aria-label", "Alle auf dieser Seite auswählen");
      cell.append(head);
    }
    count();
  }

  document.addEventListener("change", (event) => {
    if (!event.target.matches(".g-hak")) return;
    if ("alle" in event.target.dataset)
      for (const box of boxes()) box.checked = event.target.checked;
    count();
  });
  document.addEventListener("keydown", (event) => {
    const open = event.key === "Escape" && document.querySelector(".g-klapp[open]");
    if (!open) return;
    event.preventDefault();
    open.open = false;
    open.querySelector("summary").focus();
  });
  document.addEventListener("click", (event) => {
    for (const open of document.querySelectorAll(".g-klapp[open]"))
      if (!open.contains(event.target)) open.open = false;
  });
  document.addEventListener("htmx:after:swap", prepare);
  prepare();
})();
