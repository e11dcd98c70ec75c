"""Tabellen prüfen, was hineinkommt, und sagen, was richtig wäre."""

from datetime import date, datetime

import polars as pl
import pytest

from gelingen.analysis.tables import Column, Table, TableError
from gelingen.errors import UserError


class Courses(Table):
    """Kurse: one row per course."""

    course = Column(pl.String, "Kennung des Kurses")
    seats = Column(pl.Int64, "Plätze", nullable=True)
    price = Column(pl.Float64, "Preis", "EUR", nullable=True)
    begins = Column(pl.Date, "Erster Tag", nullable=True)
    free = Column(pl.Boolean, "Kostenlos?", nullable=True)


def course(**given):
    return Courses.from_text([dict.fromkeys(Courses.columns) | {"course": "k"} | given])


@pytest.mark.parametrize(
    ("column", "text", "value"),
    [
        ("seats", "25", 25),
        ("seats", "", None),
        ("price", "12.5", 12.5),
        ("price", "12,5", 12.5),
        ("price", "1.234,50", 1234.5),
        ("price", "1234,50", 1234.5),
        ("price", "-3", -3.0),
        ("begins", "2019-12-31", date(2019, 12, 31)),
        ("begins", "31.12.2019", date(2019, 12, 31)),
        ("begins", " 31.12.2019 ", date(2019, 12, 31)),
        ("free", "ja", True),
        ("free", "Nein", False),
    ],
)
def test_text_wird_gelesen_wie_menschen_ihn_schreiben(column, text, value):
    assert course(**{column: text}).frame[column][0] == value


@pytest.mark.parametrize(
    ("column", "text", "remedy"),
    [
        ("seats", "2,5", "eine ganze Zahl wie 25"),
        ("seats", "viele", "eine ganze Zahl wie 25"),
        ("price", "ca. 5", "eine Zahl wie 25 oder 12,5"),
        ("price", "1,234.5", "eine Zahl wie 25 oder 12,5"),
        ("price", "inf", "eine Zahl wie 25 oder 12,5"),
        ("begins", "31.02.2019", "ein Tag wie 2019-12-31 oder 31.12.2019"),
        ("begins", "2019", "ein Tag wie 2019-12-31 oder 31.12.2019"),
        ("free", "vielleicht", "ja oder nein"),
    ],
)
def test_was_nicht_passt_wird_mit_zeile_und_abhilfe_genannt(column, text, remedy):
    rows = [dict.fromkeys(Courses.columns) | {"course": "a"}]
    rows.append(rows[0] | {column: text})
    with pytest.raises(TableError) as caught:
        Courses.from_text(rows)
    assert str(caught.value) == (
        f"Tabelle Kurse, Spalte {column}, Zeile 3: Hier steht „{text}“. Richtig wäre {remedy}."
    )
    assert isinstance(caught.value, UserError)
    assert (caught.value.table, caught.value.column, caught.value.row) == ("Kurse", column, 1)


def test_was_fehlen_darf_sagt_die_tabelle():
    with pytest.raises(TableError, match=r"course, Zeile 2: Hier steht nichts\. Nötig ist: K"):
        course(course=None)


def test_fehlende_spalten_werden_genannt():
    with pytest.raises(TableError, match=r"Tabelle Kurse: Es fehlt: free. Die Tabelle braucht"):
        Courses(course().frame.drop("free"))


@pytest.mark.parametrize(
    "wrong",
    [
        pl.lit(9473).alias("course"),
        pl.lit(2.5).alias("seats"),
        pl.lit(float("nan")).alias("price"),
        pl.lit(20190101).alias("begins"),
        pl.lit(date(2019, 1, 1)).alias("seats"),
        pl.lit(1).alias("free"),
    ],
)
def test_werte_anderer_art_werden_nicht_umgedeutet(wrong):
    with pytest.raises(TableError, match=f"Spalte {wrong.meta.output_name()}, Zeile 2"):
        Courses(course().frame.with_columns(wrong))


def test_ganze_zahlen_und_zeitpunkte_ohne_verlust_passen():
    frame = course().frame.with_columns(
        seats=pl.lit(25.0),
        price=pl.lit(3),
        begins=pl.lit(datetime(2019, 1, 1, 12)),  # noqa: DTZ001
    )
    assert Courses(frame).frame.rows() == [("k", 25, 3.0, date(2019, 1, 1), None)]


def test_weitere_spalten_bleiben_weg_und_leer_ist_auch_eine_tabelle():
    assert Courses(course().frame.with_columns(more=1)).frame.columns == list(Courses.columns)
    assert len(Courses.empty()) == 0
    assert Courses.empty().frame.schema == course().frame.schema
