"""Addresses of objects: they are their names, so they hold no word that could change or tell."""

from dataclasses import dataclass

SCHEMA = "https://schema.oparl.org/1.1/"


@dataclass(frozen=True, slots=True)
class Addresses:
    """Addresses in the endpoint of one tenant; `root` is that of its system, with a "/" behind."""

    root: str

    def every(self, kind: str) -> str:
        """Address of the list of a kind, such as "meeting"."""
        return f"{self.root}{kind}/"

    def one(self, kind: str, number: int | str) -> str:
        """Address of an object: a key may hold words of before it was public, a number does not."""
        return f"{self.root}{kind}/{number}/"

    def within(self, kind: str, number: int, parts: str) -> str:
        """Address of the list of what belongs to an object."""
        return f"{self.one(kind, number)}{parts}/"


def type_of(name: str) -> str:
    """Address that names a type of object, such as "Meeting"."""
    return f"{SCHEMA}{name}"
