"""Eine Gruppe, in der alle dasselbe sagen, verrät jede einzelne Antwort."""

from hypothesis import given
from hypothesis import strategies as st

from gelingen.analysis.disclosure.diversity import of_one_mind

ANSWERS = st.lists(st.sets(st.sampled_from("xyz"), max_size=3), max_size=6)


def counted(groups):
    """Count what the members of each group answered: each gave a set of answers."""
    counts, parts = {}, {}
    for name, said in groups.items():
        counts[name] = len(said)
        parts[name] = [f"{name}={code}" for code in "xyz"]
        counts |= {f"{name}={code}": sum(code in one for one in said) for code in "xyz"}
    return counts, parts


def test_zwei_verschiedene_antworten_genuegen_eine_nicht():
    found = counted({"a": [{"x"}] * 9, "b": [{"x"}] * 8 + [{"y"}], "c": [{"z"}]})
    assert of_one_mind(*found) == ("a", "c")


def test_wo_niemand_geantwortet_hat_ist_nichts_verraten():
    assert of_one_mind(*counted({"a": []})) == ()


def test_was_jede_von_mehreren_antworten_enthaelt_ist_verraten():
    assert of_one_mind(*counted({"a": [{"x", "y"}, {"x"}], "b": [{"x", "y"}, {"z"}]})) == ("a",)


@given(st.dictionaries(st.sampled_from("ab"), ANSWERS))
def test_genannt_werden_genau_die_gruppen_deren_mitglieder_eine_antwort_gemeinsam_haben(groups):
    shared = {name for name, said in groups.items() if said and set.intersection(*map(set, said))}
    assert set(of_one_mind(*counted(groups))) == shared
