"""Observations about structures that end or lose their last secured money."""

from collections.abc import Iterator
from datetime import date

from gelingen.analysis.continuity import find_continuity
from gelingen.findings.inputs import Inputs
from gelingen.findings.observations.observation import Observation, nearness
from gelingen.terms.vocabulary import FindingKind
from gelingen.wording.continuity import say_loss
from gelingen.wording.words import keys_of


def cliff(inputs: Inputs, *, on: date, ends: date) -> Iterator[Observation]:
    """Give what falls away between the day and the horizon, soonest heaviest.

    What other tenants show may be what is left after a loss; what they lose is told by the gap
    that it leaves here.
    """
    found = find_continuity(inputs.served, on=on, ends=ends)
    own = inputs.inventory.structures.frame.select("structure")
    losses = found.cliff.frame.join(own, on="structure", how="semi", maintain_order="left")
    for row in losses.iter_rows(named=True):
        yield Observation(
            key=f"cliff:{row['structure']}:{row['kind']}:{row['day']}",
            kind=FindingKind.CLIFF,
            sentence=say_loss(row, inputs.names),
            evidence=(
                f"structure:{row['structure']}",
                *(f"funding:{key}" for key in keys_of(str(row["fundings"]))),
            ),
            values=row,
            topic=next(iter(keys_of(str(row["topics"]))), ""),
            weight=nearness(row["day"], on=on),
        )
