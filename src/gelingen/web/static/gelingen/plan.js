// The outline: Alt and an arrow move a row, so does dragging it by its kind; Escape gives up what
// is open. All of it can be done with the buttons under "Ändern" too, without this file.
"use strict";

const order = (values) => {
  const form = document.querySelector("#ordnen");
  if (!form) return;
  for (const name of ["zeile", "vor", "richtung"]) form.elements[name].value = values[name] || "";
  form.requestSubmit();
};

document.addEventListener("keydown", (event) => {
  const row = event.target.closest(".g-pz");
  if (!row) return;
  if (event.key === "Escape") {
    const away = row.querySelector("[data-abbruch],[data-zu]");
    if (away) {
      event.preventDefault();
      away.click();
    }
    return;
  }
  const way = { ArrowUp: "auf", ArrowDown: "ab" }[event.key];
  if (!event.altKey || !way || !row.dataset.zeile || "offen" in row.dataset) return;
  event.preventDefault();
  order({ zeile: row.dataset.zeile, richtung: way });
});

document.addEventListener("click", (event) => {
  const away = event.target.closest("[data-zu]");
  const row = away && away.closest(".g-pz").previousElementSibling;
  if (!row) return;
  event.preventDefault();
  away.closest(".g-pz").remove();
  row.querySelector("a").focus();
});

// Rows that may change places: the same kind below the same thing.
const beside = (row) =>
  [...row.parentElement.querySelectorAll("[data-zeile]")].filter(
    (one) =>
      one.dataset.unter === row.dataset.unter &&
      one.dataset.zeile.split(":")[0] === row.dataset.zeile.split(":")[0],
  );

document.addEventListener("pointerdown", (event) => {
  const row = event.target.matches(".g-pz__art") && event.target.closest("[data-zeile]");
  if (!row || "offen" in row.dataset || event.button) return;
  const rows = beside(row);
  const key = (one) => one.dataset.zeile.slice(one.dataset.zeile.indexOf(":") + 1);
  let before = null;
  const clear = () =>
    rows.forEach((one) => one.classList.remove("g-pz--davor", "g-pz--danach", "g-pz--zieht"));
  const drag = (at) => {
    clear();
    row.classList.add("g-pz--zieht");
    before = rows.find((one) => {
      const box = one.getBoundingClientRect();
      return at.clientY < box.top + box.height / 2;
    });
    if (before) before.classList.add("g-pz--davor");
    else rows[rows.length - 1].classList.add("g-pz--danach");
  };
  const end = (at) => {
    event.target.removeEventListener("pointermove", drag);
    clear();
    const next = rows[rows.indexOf(row) + 1];
    if (at.type === "pointerup" && before !== null && before !== row && before !== next) {
      order({ zeile: row.dataset.zeile, vor: before ? key(before) : "" });
    }
  };
  event.preventDefault();
  event.target.setPointerCapture(event.pointerId);
  event.target.addEventListener("pointermove", drag);
  event.target.addEventListener("pointerup", end, { once: true });
  event.target.addEventListener("pointercancel", end, { once: true });
});
