"""Count what a person does in a window: clicks and keys, by the events of the page itself.

    done = count(page)
    ...
    done.clicks, done.keys

A key that is held with others (Shift for a capital letter) is part of that key; every letter of a
text is a key. With JOURNEYS=FILE `keep` writes what was counted there, and `table` shows it:
`make journeys`.
"""

import json
import os
from dataclasses import dataclass
from pathlib import Path

LISTEN = """
(() => {
  if (window.gezaehlt) return;
  window.gezaehlt = (what, more) => {
    const seen = JSON.parse(sessionStorage.getItem("gezaehlt") || '{"clicks":0,"keys":0}');
    seen[what] += more;
    sessionStorage.setItem("gezaehlt", JSON.stringify(seen));
  };
  const alone = ["Shift", "Control", "Alt", "Meta", "AltGraph"];
  addEventListener("keydown", (e) => { if (!alone.includes(e.key)) gezaehlt("keys", 1); }, true);
  // A click that a key set off is counted as that key; so is one that a label hands on.
  addEventListener("click", (e) => {
    if (e.detail > 0 && e.isTrusted && e.pointerType) gezaehlt("clicks", 1);
  }, true);
})();
"""
NOTHING = {"clicks": 0, "keys": 0}
WAYS = {"mouse": "Maus", "keyboard": "Tastatur"}


@dataclass
class Count:
    """Clicks and keys in the window of a page since counting began."""

    page: object

    def seen(self):
        found = self.page.evaluate("sessionStorage.getItem('gezaehlt')")
        return json.loads(found) if found else NOTHING

    @property
    def clicks(self):
        return self.seen()["clicks"]

    @property
    def keys(self):
        return self.seen()["keys"]

    @property
    def total(self):
        return self.clicks + self.keys

    def add(self, *, clicks):
        """Count clicks outside the page, as on the list that a select unfolds."""
        self.page.evaluate("more => gezaehlt('clicks', more)", clicks)


def count(page):
    """Begin to count in the window of a page; it may go on to other pages of the same host."""
    page.add_init_script(LISTEN)
    page.evaluate("sessionStorage.removeItem('gezaehlt')")
    page.evaluate(LISTEN)
    return Count(page)


def keep(name, way, seen, goal=None):
    """Keep the count of a journey where JOURNEYS says: name → way → clicks and keys.

    A goal is what was measured, the most that is allowed, and in which unit.
    """
    if not (path := os.environ.get("JOURNEYS")):
        return
    file = Path(path)
    known = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    known.setdefault(name, {})[way] = seen | ({"goal": goal} if goal else {})
    file.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(known, indent=2, ensure_ascii=False, sort_keys=True)
    file.write_text(f"{text}\n", encoding="utf-8")


def table(journeys):
    """Lines of a table: a journey by each way, what it takes, and whether its goal is reached."""
    yield f"{'Weg':20}{'mit':12}{'Klicks':>6}{'Tasten':>8}   Ziel"
    for name, ways in sorted(journeys.items()):
        for way, label in WAYS.items():
            if seen := ways.get(way):
                yield f"{name:20}{label:12}{seen['clicks']:6}{seen['keys']:8}   {_goal(seen)}"


def _goal(seen):
    if not (goal := seen.get("goal")):
        return ""
    reached = "erreicht" if goal["measured"] <= goal["most"] else "VERFEHLT"
    return f"{goal['measured']} von höchstens {goal['most']} {goal['unit']}: {reached}"
