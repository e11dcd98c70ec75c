"""A fault that could be made by mistake, and the tests that have to notice it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """One replacement in the source.

    Attributes:
        module: file under src/gelingen, for example "analysis/flow.py".
        old: text that stands there exactly once.
        new: the faulty text.
        tests: files or test ids under tests/ that must fail with it.

    """

    module: str
    old: str
    new: str
    tests: tuple[str, ...]
