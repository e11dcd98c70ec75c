"""Findings gathered by what they have in common."""

from hypothesis import given
from hypothesis import strategies as st

from gelingen.web.findings.causes import Group, by_cause

NONE = frozenset()
RECORDS = st.dictionaries(
    st.integers(1, 6), st.lists(st.sampled_from("abc"), max_size=3), max_size=6
)


def test_was_auf_demselben_beruht_steht_zusammen():
    records = {1: ["a"], 2: ["b"], 3: ["a"]}
    assert by_cause([1, 2, 3], records, NONE) == [Group("a", (1, 3)), Group("", (2,))]


def test_was_endet_erklaert_zuerst():
    records = {1: ["a", "b"], 2: ["a", "b"], 3: ["a"]}
    assert by_cause([1, 2, 3], records, frozenset({"b"})) == [Group("b", (1, 2)), Group("", (3,))]


def test_die_groesste_gruppe_steht_oben_gleich_grosse_nach_ihrem_ersten_befund():
    records = {1: ["b"], 2: ["a"], 3: ["a"], 4: ["b"], 5: ["c"], 6: ["c"], 7: ["c"]}
    found = by_cause([1, 2, 3, 4, 5, 6, 7], records, NONE)
    assert [group.cause for group in found] == ["c", "b", "a"]


def test_ein_einzelner_befund_hat_keine_gemeinsame_ursache():
    assert by_cause([1], {1: ["a"]}, frozenset({"a"})) == [Group("", (1,))]


def test_derselbe_eintrag_zweimal_im_selben_befund_zaehlt_einmal():
    assert by_cause([1, 2], {1: ["a", "a"], 2: []}, NONE) == [Group("", (1, 2))]


@given(RECORDS, st.frozensets(st.sampled_from("abc")))
def test_jeder_befund_kommt_genau_einmal_vor_und_jede_gruppe_beruht_auf_ihrer_ursache(
    records, ending
):
    groups = by_cause(sorted(records), records, ending)
    assert sorted(one for group in groups for one in group.findings) == sorted(records)
    for group in groups:
        if group.cause:
            assert len(group.findings) > 1
            assert all(group.cause in records[one] for one in group.findings)
    left = [set(records[one]) for group in groups if not group.cause for one in group.findings]
    shared = [a & b for at, a in enumerate(left) for b in left[at + 1 :]]
    assert not any(shared)
