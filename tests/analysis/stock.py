"""A small stock of records for the specifications of coverage."""

from datetime import date

from tests.analysis.specs import table

from gelingen.analysis.coverage import coverage
from gelingen.analysis.inventory import Inventory
from gelingen.analysis.schema import (
    GroupLinks,
    Inquiries,
    Needs,
    Reach,
    Structures,
    TopicTree,
    Tranches,
    TravelTimes,
)
from gelingen.terms.vocabulary import Scenario

ON = date(2019, 6, 1)
KINDS = {
    "structures": Structures,
    "reach": Reach,
    "tranches": Tranches,
    "needs": Needs,
    "inquiries": Inquiries,
    "groups": GroupLinks,
    "topics": TopicTree,
    "travel": TravelTimes,
}
ASKED = "inquiry | topic | target_group | place | state\ni |  |  | 09 | none_exists"


def stock(**texts):
    """Make the records from small tables as text."""
    return Inventory(**{name: table(KINDS[name], text) for name, text in texts.items()})


def covered(*columns, on=ON, scenario="secured", horizon=None, limit=None, **texts):
    """Compute coverage of small tables and give these columns of the cells."""
    result = coverage(
        stock(**texts), on=on, scenario=Scenario(scenario), horizon=horizon, limit=limit
    )
    found = result.cells.frame.select(columns).rows()
    return [row[0] for row in found] if len(columns) == 1 else found
