"""Fields of a form as pages show them; what they look like is the templates' business."""

from dataclasses import dataclass
from enum import StrEnum

from gelingen.surveys.languages import Spoken


class Control(StrEnum):
    """By what a field is filled in."""

    RADIOS = "radios"
    CHECKS = "checks"
    STEPS = "steps"
    SELECT = "select"
    LINE = "line"
    LINES = "lines"
    NUMBER = "number"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that can be chosen."""

    value: str
    text: Spoken
    chosen: bool


@dataclass(frozen=True, slots=True)
class Field:
    """One field.

    Attributes:
        name: under which the form sends it.
        control: by what it is filled in.
        label: what it is called; empty: as the question.
        value: what stands in it.
        choices: what can be chosen.
        hint: what explains it.
        error: what is wrong with it.
        offers: name of the list of suggestions; "": none.
        when: it counts only if this was chosen in its group; "": always.

    """

    name: str
    control: Control
    label: Spoken
    value: str = ""
    choices: tuple[Choice, ...] = ()
    hint: str = ""
    error: str = ""
    offers: str = ""
    when: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Fields that belong together.

    Attributes:
        fields: the fields.
        title: what they are about; None: what the question says.
        lines: what is known about it.
        folded: whether it is opened by whoever needs it.

    """

    fields: tuple[Field, ...]
    title: Spoken | None = None
    lines: tuple[str, ...] = ()
    folded: bool = False
