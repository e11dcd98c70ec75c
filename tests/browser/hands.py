"""Two ways to work a page: with the mouse, and with nothing but the keyboard.

A journey is written once and done by both. Neither knows more of a page than a person sees: the
keyboard goes from where the focus is, by Tab or back by Shift and Tab, and skips the menu by the
link that is there for it.
"""

from django.test import Client
from playwright.sync_api import expect
from tests.browser.counting import count

MOST_TABS = 120
# Where a person stands to the thing that is wanted: on it, before it, behind it, or nowhere yet.
PLACE = """
(wanted) => {
  const here = document.activeElement;
  if (here === wanted) return "here";
  if (here === document.body) return "nowhere";
  const behind = here.compareDocumentPosition(wanted) & Node.DOCUMENT_POSITION_PRECEDING;
  return behind ? "behind" : "ahead";
}
"""
WRITES = "document.activeElement.matches('input:not([type=checkbox], [type=file])')"


class _Hand:
    """What both do alike: letters are typed, and what comes is waited for."""

    def __init__(self, page, done):
        self.page, self.done = page, done

    def write(self, field, text):
        """Put a text in place of what a field holds."""
        self.reach(field)
        if field.input_value():
            self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)

    def arrive(self, heading):
        """Wait for the page of this heading, with its scripts."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text(heading)
        self.page.wait_for_load_state()

    def told(self, text):
        expect(self.page.get_by_role("status").filter(has_text=text).first).to_be_visible()


class Mouse(_Hand):
    name = "mouse"

    def reach(self, wanted):
        wanted.click()

    press = send = tick = reach

    def choose(self, field, option):
        field.select_option(label=option)
        self.done.add(clicks=2)  # one unfolds the list, one takes the option

    def pick(self, group, label):
        """Take one of the choices that exclude each other."""
        self.reach(group.get_by_role("radio", name=label))

    def search(self, text):
        self.write(self.page.get_by_role("searchbox", name="Suchen"), text)
        self.page.keyboard.press("Enter")


class Keyboard(_Hand):
    name = "keyboard"

    def reach(self, wanted):
        """Press Tab until the focus is there."""
        wanted.wait_for()
        thing = wanted.element_handle()
        if self._stands(thing) == "nowhere" and thing.evaluate("one => !!one.closest('#inhalt')"):
            self._skip()
        for _ in range(MOST_TABS):
            match self._stands(thing):
                case "here":
                    return
                case "behind":
                    self.page.keyboard.press("Shift+Tab")
                case _:
                    self.page.keyboard.press("Tab")
        raise AssertionError(f"{MOST_TABS} Tabs do not lead to {wanted}")

    def _stands(self, thing):
        return self.page.evaluate(PLACE, thing)

    def _skip(self):
        self.page.keyboard.press("Tab")
        if self.page.locator(".g-sprung:focus").count():
            self.page.keyboard.press("Enter")
            self.page.wait_for_selector("#inhalt:focus")

    def press(self, wanted):
        self.reach(wanted)
        self.page.keyboard.press("Enter")

    def tick(self, wanted):
        self.reach(wanted)
        self.page.keyboard.press("Space")

    def send(self, button):
        """Send a form: from a line of text with Enter, else by its button."""
        if not self.page.evaluate(WRITES):
            self.reach(button)
        self.page.keyboard.press("Enter")

    def pick(self, group, label):
        """Go to the choice that is taken, and on from there by arrow."""
        self.reach(group.locator("input[type=radio]:checked"))
        wanted = group.get_by_role("radio", name=label)
        for _ in range(group.get_by_role("radio").count()):
            if wanted.is_checked():
                return
            self.page.keyboard.press("ArrowUp")
        expect(wanted).to_be_checked()

    def choose(self, field, option):
        """Type so much of an option as it takes until the list stands on it."""
        self.reach(field)
        for letter in option:
            if field.evaluate("one => one.selectedOptions[0].label") == option:
                return
            self.page.keyboard.type(letter)
        expect(field.locator("option:checked")).to_have_text(option)

    def search(self, text):
        self.page.keyboard.press("/")
        self.page.wait_for_selector(".g-suche input:focus")
        self.page.keyboard.type(text)
        self.page.keyboard.press("Enter")


def seated(visit, live_server, who, path):
    """Open a page in a window of a person of its own; gives a hand that counts what it does."""
    window, client = visit(signed_in=False), Client()
    client.force_login(who)
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value}
    window.page.context.add_cookies([{**cookie, "url": live_server.url}])
    window.open(path)
    return Mouse(window.page, count(window.page))
