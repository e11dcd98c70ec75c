"""Count what a person does in a window: clicks and keys, by the events of the page itself.

    with counted(window) as count:
        ...
    count.clicks, count.keys

A key that is held with others (Shift for a capital letter) is part of that key. Keys typed by
`keyboard.type` or `press` are counted as pressed; text set by `fill` is not typed and is refused
by a journey that wants an honest count.
"""

import json
import os
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

LISTEN = """
(() => {
  const keep = (what) => {
    const seen = JSON.parse(sessionStorage.getItem("gezaehlt") || '{"clicks":0,"keys":0}');
    seen[what] += 1;
    sessionStorage.setItem("gezaehlt", JSON.stringify(seen));
  };
  const alone = ["Shift", "Control", "Alt", "Meta", "AltGraph"];
  addEventListener("keydown", (e) => { if (!alone.includes(e.key)) keep("keys"); }, true);
  // What the keyboard sets off is counted as a key already; a mouse says where it was.
  addEventListener("click", (e) => { if (e.detail > 0 && e.isTrusted) keep("clicks"); }, true);
  addEventListener("mousedown", (e) => {
    // A native list opens on the press and sends no click to the page.
    if (e.target.closest && e.target.closest("select")) keep("clicks");
  }, true);
})();
"""
READ = "JSON.parse(sessionStorage.getItem('gezaehlt') || '{\"clicks\":0,\"keys\":0}')"


@dataclass
class Count:
    """Clicks and keys of a journey; final when the journey is over."""

    clicks: int = 0
    keys: int = 0

    @property
    def total(self):
        return self.clicks + self.keys


@contextmanager
def counted(window, name):
    """Count the clicks and keys of a journey and print them.

    With JOURNEYS=FILE in the environment they are written there too, name → clicks, keys.
    """
    count = Count()
    window.page.add_init_script(LISTEN)
    window.page.evaluate("sessionStorage.removeItem('gezaehlt')")
    window.page.reload()
    yield count
    seen = window.page.evaluate(READ)
    count.clicks, count.keys = seen["clicks"], seen["keys"]
    print(f"{name}: {count.clicks} Klicks, {count.keys} Tasten")  # noqa: T201 - the result
    if path := os.environ.get("JOURNEYS"):
        file = Path(path)
        known = json.loads(file.read_text()) if file.exists() else {}
        known[name] = {"clicks": count.clicks, "keys": count.keys}
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(known, indent=2, sort_keys=True) + "\n")
