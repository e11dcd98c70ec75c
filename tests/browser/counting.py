"""Count what a person does in a window: clicks and keys, by the events of the page itself.

    done = count(page)
    ...
    done.tell("new-structure")          prints both, and keeps them for build/journeys.json
    done.clicks, done.keys

A key that is held with others (Shift for a capital letter) is part of that key. Text set by
`fill` is no key: a journey types as a person does.
"""

import json
import os
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

LISTEN = """
(() => {
  if (window.gezaehlt) return;
  window.gezaehlt = true;
  const keep = (what) => {
    const seen = JSON.parse(sessionStorage.getItem("gezaehlt") || '{"clicks":0,"keys":0}');
    seen[what] += 1;
    sessionStorage.setItem("gezaehlt", JSON.stringify(seen));
  };
  const alone = ["Shift", "Control", "Alt", "Meta", "AltGraph"];
  addEventListener("keydown", (e) => { if (!alone.includes(e.key)) keep("keys"); }, true);
  // A click that a key set off is counted as that key; so is one that a label hands on.
  addEventListener("click", (e) => {
    if (e.detail > 0 && e.isTrusted && e.pointerType) keep("clicks");
  }, true);
})();
"""
NOTHING = {"clicks": 0, "keys": 0}


@dataclass
class Count:
    """Clicks and keys in the window of a page since counting began."""

    page: object

    def _seen(self):
        found = self.page.evaluate("sessionStorage.getItem('gezaehlt')")
        return json.loads(found) if found else NOTHING

    @property
    def clicks(self):
        return self._seen()["clicks"]

    @property
    def keys(self):
        return self._seen()["keys"]

    @property
    def total(self):
        return self.clicks + self.keys

    def tell(self, name):
        """Print the count; with JOURNEYS=FILE keep it there too: name → clicks, keys."""
        seen = self._seen()
        print(f"{name}: {seen['clicks']} Klicks, {seen['keys']} Tasten")  # noqa: T201 - the result
        if path := os.environ.get("JOURNEYS"):
            file = Path(path)
            known = json.loads(file.read_text()) if file.exists() else {}
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(json.dumps(known | {name: seen}, indent=2, sort_keys=True) + "\n")


def count(page):
    """Begin to count in the window of a page; it may go on to other pages of the same host."""
    page.add_init_script(LISTEN)
    page.evaluate("sessionStorage.removeItem('gezaehlt')")
    page.evaluate(LISTEN)
    return Count(page)


@contextmanager
def counted(window, name):
    """Count a journey and tell it under its name; the numbers are final when it is over."""
    done = count(window.page)
    yield done
    done.tell(name)
