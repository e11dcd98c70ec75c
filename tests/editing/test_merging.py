"""Two people changed one record: the rules by which both versions are put together."""

from itertools import product

from gelingen.editing import merge, sheet_of

TASK = sheet_of("topic")


def row(name, cross=False):  # noqa: FBT002 - a value of the row
    return {"name": name, "cross_cutting": cross}


def test_was_nur_die_andere_person_geaendert_hat_bleibt_erhalten():
    found = merge(TASK, base=row("Sprache"), mine=row("Sprachen"),
                  theirs=row("Sprache", cross=True))  # fmt: skip
    assert found.values == row("Sprachen", cross=True)
    assert found.clashes == ()
    assert found.taken == ("Querschnittsthema",)


def test_was_beide_verschieden_geaendert_haben_muss_jemand_waehlen():
    found = merge(TASK, base=row("A"), mine=row("B"), theirs=row("C"))
    (clash,) = found.clashes
    assert (clash.mine, clash.theirs) == ({"name": "B"}, {"name": "C"})


def test_was_beide_gleich_geaendert_haben_ist_kein_streit():
    found = merge(TASK, base=row("A"), mine=row("B"), theirs=row("B"))
    assert (found.clashes, found.taken) == ((), ())


def test_ohne_ausgangsfassung_ist_jeder_unterschied_ein_streit():
    found = merge(TASK, base=None, mine=row("A"), theirs=row("B", cross=True))
    assert [one.column.name for one in found.clashes] == ["name", "cross_cutting"]


def test_jede_kombination_gibt_das_feld_dem_der_es_allein_geaendert_hat():
    for base, mine, theirs in product("ABC", repeat=3):
        found = merge(TASK, base=row(base), mine=row(mine), theirs=row(theirs))
        both = mine not in (base, theirs) and theirs != base
        assert (base, mine, theirs, bool(found.clashes)) == (base, mine, theirs, both)
        if not both:
            expected = theirs if mine == base else mine
            assert found.values["name"] == expected
