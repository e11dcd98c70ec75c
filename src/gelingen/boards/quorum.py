"""Whether a body can decide: from its rule and the seats that may vote on the day."""

from dataclasses import dataclass

from gelingen.terms.boards import Quorum


@dataclass(frozen=True, slots=True)
class Check:
    """What the rule of a body says about one meeting.

    Attributes:
        met: whether the body could decide; None where it has no rule or nobody may vote.
        needed: how many of those who may vote have to be there.
        voters: how many may vote on the day; a vacant seat is none of them.
        there: how many of them were there, themselves or represented.

    """

    met: bool | None
    needed: int
    voters: int
    there: int

    @property
    def sentence(self) -> str:
        """Say it with its numbers."""
        counted = f"{self.there} von {self.voters} Stimmberechtigten anwesend oder vertreten"
        if self.voters == 0:
            return "Kein stimmberechtigter Sitz ist besetzt."
        if self.met is None:
            return f"{counted}; für die Beschlussfähigkeit gibt es keine Regel."
        word = "Beschlussfähig" if self.met else "Nicht beschlussfähig"
        return f"{word}: {counted}, nötig sind {self.needed}."


def check(rule: str, number: int | None, *, voters: int, there: int) -> Check:
    """Compare who is there with the rule.

    Args:
        rule: one of `terms.boards.Quorum`.
        number: how many it takes where the rule is a number.
        voters: seats with a vote that somebody takes on the day.
        there: those of them that are present or represented.

    """
    needed = {
        Quorum.MAJORITY: voters // 2 + 1,
        Quorum.HALF: (voters + 1) // 2,
        Quorum.NUMBER: number or 1,
    }.get(Quorum.of(rule), 0)
    met = there >= needed if needed and voters else None
    return Check(met, needed, voters, there)
