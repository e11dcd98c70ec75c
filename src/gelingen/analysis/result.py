"""What every result says about itself, so that it can be computed again years later."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import polars as pl

from gelingen.analysis.tables import Table
from gelingen.terms.vocabulary import Scenario


@dataclass(frozen=True)
class Basis:
    """The ground on which a result stands.

    Attributes:
        as_of: the day the result speaks about.
        method_version: name and version of the method, raised whenever the same data would give
            another result.
        inputs: the tables that went in, by their parameter names.
        scenario: which money was counted; None where money plays no part.
        assumptions: German sentences about what the data did not say, in the order of the steps.
        arguments: what else was asked for, by parameter name, such as horizon and limit.

    """

    as_of: date
    method_version: str
    inputs: Mapping[str, Table]
    scenario: Scenario | None = None
    assumptions: tuple[str, ...] = ()
    arguments: Mapping[str, date | float | None] = field(default_factory=dict)

    @cached_property
    def inputs_hash(self) -> str:
        """SHA-256 over the contents of all inputs; the order of rows does not matter."""
        digest = hashlib.sha256()
        for name in sorted(self.inputs):
            frame = self.inputs[name].frame
            ordered = frame.sort(pl.all(), nulls_last=True) if frame.width else frame
            digest.update(f"{name}\n{ordered.write_csv()}\n".encode())
        return digest.hexdigest()
