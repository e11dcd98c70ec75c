"""Money: which part of a structure is paid for on a day, under which assumption about money.

The rule is written once here; coverage, overlaps and continuity use it.
"""

from datetime import date

import polars as pl

from gelingen.analysis.schema import Structures, Tranches
from gelingen.analysis.tables import Column, Table
from gelingen.terms.vocabulary import Scenario

__all__ = [
    "FundingShares",
    "FundingTimeline",
    "effective_share",
    "funding_timeline",
    "money_assumptions",
    "running",
    "weight",
]

STANDING, VOLUNTEER = "standing", "volunteer"


class FundingShares(Table):
    """Finanzierter Anteil: one row per structure, with what carries it on the day."""

    structure = Column(pl.String, "Kennung der Struktur")
    share = Column(pl.Float64, "Finanzierter Anteil, 0 bis 1; leer: nicht bekannt", nullable=True)
    band = Column(
        pl.String,
        "secured (Geld dieser Annahme), standing (Regelaufgabe), volunteer (ohne Geld), "
        "unknown (Finanzierung unbekannt) oder none (keine)",
    )


class FundingTimeline(Table):
    """Finanzierung im Zeitverlauf: one row per structure and span without a change."""

    structure = Column(pl.String, "Kennung der Struktur")
    starts = Column(pl.Date, "Erster Tag")
    ends = Column(pl.Date, "Erster Tag danach")
    exists = Column(pl.Boolean, "Besteht die Struktur?")
    share = Column(pl.Float64, "Finanzierter Anteil, 0 bis 1; leer: nicht bekannt", nullable=True)
    band = Column(pl.String, "secured, standing, volunteer, unknown oder none")
    eur_per_year = Column(
        pl.Float64, "Betrag je Jahr nach der Geldannahme; leer: nicht bekannt", "EUR", nullable=True
    )


def running(on: date | pl.Expr) -> pl.Expr:
    """Tell the rows whose half-open period [starts, ends) holds the day; empty means open."""
    begun = pl.col("starts").is_null() | (pl.col("starts") <= on)
    return begun & (pl.col("ends").is_null() | (pl.col("ends") > on))


def weight(scenario: Scenario) -> pl.Expr:
    """Weigh tranches, 0 to 1: what a euro of this state counts under the assumption.

    Approved money always counts in full. Applied-for money counts not at all (secured), by its
    probability (expected; none given counts as 0) or in full (optimistic). Planned money counts
    only in the optimistic case. Money of unknown state never counts.
    """
    applied = {
        Scenario.SECURED: pl.lit(0.0),
        Scenario.EXPECTED: pl.col("probability").fill_null(0.0).clip(0.0, 1.0),
        Scenario.OPTIMISTIC: pl.lit(1.0),
    }[scenario]
    planned = pl.lit(1.0 if scenario is Scenario.OPTIMISTIC else 0.0)
    return (
        pl.when(pl.col("state") == "approved")
        .then(1.0)
        .when(pl.col("state") == "applied")
        .then(applied)
        .when(pl.col("state") == "planned")
        .then(planned)
        .otherwise(0.0)
    )


def effective_share(
    tranches: Tranches, structures: Structures, *, on: date, scenario: Scenario
) -> FundingShares:
    """Find the part of each structure that is paid for on a day.

    With tranches the share is min(1, sum of share times weight) over those that run on the day. If
    that is 0 while money of unknown state runs, the share is not known. A structure without any
    tranche is carried by its own budget (standing task), works without money (volunteers), or its
    funding is unknown, which is not the same as none. Outside its own period nothing is paid.

    Args:
        tranches: m rows; an empty share means the whole structure.
        structures: n rows, `structure` unique.
        on: the day asked about.
        scenario: which money counts.

    Returns:
        n rows, ordered by `structure`.

    """
    days = structures.frame.select("structure", on=pl.lit(on))
    return FundingShares(_judged(tranches, structures, days, scenario).sort("structure"))


def funding_timeline(
    tranches: Tranches, structures: Structures, *, starts: date, ends: date, scenario: Scenario
) -> FundingTimeline:
    """Find how the paid part of each structure changes over time, by the rule of `effective_share`.

    Args:
        tranches: m rows.
        structures: n rows, `structure` unique.
        starts: first day looked at.
        ends: first day not looked at any more.
        scenario: which money counts.

    Returns:
        Gapless half-open spans from `starts` to `ends` for every structure, ordered by structure
        and day; a new span begins wherever a period of the structure or of its money does.

    """
    first = structures.frame.select("structure", on=pl.lit(starts))
    turns = [
        table.frame.select("structure", on=column)
        for table in (structures, tranches)
        for column in ("starts", "ends")
    ]
    inside = pl.concat(turns).filter((pl.col("on") > starts) & (pl.col("on") < ends))
    known = inside.join(first, on="structure", how="semi")
    days = pl.concat([first, known]).unique().sort("structure", "on")
    judged = _judged(tranches, structures, days, scenario).sort("structure", "on")
    until = pl.col("on").shift(-1).over("structure").fill_null(ends)
    return FundingTimeline(judged.select(pl.exclude("starts", "ends"), starts="on", ends=until))


def _judged(
    tranches: Tranches, structures: Structures, days: pl.DataFrame, scenario: Scenario
) -> pl.DataFrame:
    """Apply the rule to each pair of a structure and a day `on`."""
    recorded = tranches.frame.select("structure", recorded=pl.lit(value=True)).unique()
    frame = (
        days.join(structures.frame, on="structure")
        .join(recorded, on="structure", how="left")
        .join(_paid(tranches, days, scenario), on=["structure", "on"], how="left")
    )
    exists = running(pl.col("on"))
    share = (
        pl.when(pl.col("band") == "secured")
        .then(pl.col("paid").clip(upper_bound=1.0))
        .when(pl.col("band").is_in([STANDING, VOLUNTEER]))
        .then(1.0)
        .when(pl.col("band") == "none")
        .then(0.0)
    )
    amount = pl.when(pl.col("band") == "secured").then(pl.col("eur_per_year"))
    return frame.with_columns(band=_band(exists), exists=exists).with_columns(
        share=share, eur_per_year=amount
    )


def _paid(tranches: Tranches, days: pl.DataFrame, scenario: Scenario) -> pl.DataFrame:
    """Sum up the tranches that run on each pair of a structure and a day `on`."""
    return (
        days.join(tranches.frame, on="structure")
        .filter(running(pl.col("on")))
        .group_by("structure", "on")
        .agg(
            paid=(pl.col("share").fill_null(1.0) * weight(scenario)).sum(),
            unclear=(pl.col("state") == "unknown").any(),
            eur_per_year=_amount(scenario),
        )
    )


def _band(exists: pl.Expr) -> pl.Expr:
    """Name what carries a structure; the first that holds decides."""
    unrecorded = pl.col("recorded").is_null()
    return (
        pl.when(~exists)
        .then(pl.lit("none"))
        .when(pl.col("paid") > 0)
        .then(pl.lit("secured"))
        .when(unrecorded & pl.col("permanence").is_in([STANDING, VOLUNTEER]))
        .then(pl.col("permanence"))
        .when(unrecorded | pl.col("unclear"))
        .then(pl.lit("unknown"))
        .otherwise(pl.lit("none"))
    )


def _amount(scenario: Scenario) -> pl.Expr:
    """Sum up weighted amounts; null if no amount that counts is known."""
    counts = (weight(scenario) > 0) & pl.col("eur_per_year").is_not_null()
    amounts = (pl.col("eur_per_year") * weight(scenario)).filter(counts)
    return pl.when(counts.any()).then(amounts.sum())


def money_assumptions(
    tranches: Tranches, structures: Structures, *, scenario: Scenario
) -> tuple[str, ...]:
    """Say in German what had to be assumed because the records on money are silent."""
    frame = tranches.frame
    bare = structures.frame.join(frame, on="structure", how="anti")
    silent = bare.filter(
        pl.col("permanence").is_null() | ~pl.col("permanence").is_in([STANDING, VOLUNTEER])
    ).height
    endless = frame.filter(pl.col("ends").is_null() & (pl.col("state") != "unknown")).height
    unclear = frame.filter(pl.col("state") == "unknown").height
    hopeful = frame.filter((pl.col("state") == "applied") & pl.col("probability").is_null()).height
    sentences = [
        (silent, "Strukturen ohne Angabe zum Geld: {}; ihre Finanzierung gilt als unbekannt."),
        (endless, "Finanzierungen ohne Ende: {}; sie gelten als weiterlaufend."),
        (unclear, "Finanzierungen mit unbekanntem Stand: {}; sie zählen nicht als Geld."),
    ]
    if scenario is Scenario.EXPECTED:
        sentences.append(
            (hopeful, "Anträge ohne Angabe der Aussicht: {}; sie zählen hier nicht als Geld.")
        )
    return tuple(text.format(count) for count, text in sentences if count)
