"""Agreement of coders: against published values, and against a count row by row."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gelingen.analysis.agreement import agreement_by_label, alpha, differing, overall

N = None


def by_hand(ratings):
    """Count pairs of values row by row: 1 - observed over expected disagreement."""
    units = [[v for v in column if v is not None] for column in zip(*ratings, strict=True)]
    units = [unit for unit in units if len(unit) > 1]
    values = [value for unit in units for value in unit]
    if len(set(values)) < 2:
        return None
    observed = sum(
        sum(a != b for i, a in enumerate(unit) for j, b in enumerate(unit) if i != j)
        / (len(unit) - 1)
        for unit in units
    ) / len(values)
    total = len(values)
    expected = sum(a != b for i, a in enumerate(values) for j, b in enumerate(values) if i != j) / (
        total * (total - 1)
    )
    return 1 - observed / expected


# Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011): examples A to C.
TWO_CODERS_BINARY = [
    [0, 1, 0, 0, 0, 0, 0, 0, 1, 0],
    [1, 1, 1, 0, 0, 1, 0, 0, 0, 0],
]
TWO_CODERS_FIVE_VALUES = [
    [1, 1, 2, 2, 4, 3, 3, 3, 5, 4, 4, 1],
    [2, 1, 2, 2, 2, 3, 3, 3, 5, 4, 4, 4],
]
FOUR_CODERS_WITH_GAPS = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, N, N, N],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, N, 3],
    [N, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, N],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, N],
]


@pytest.mark.parametrize(
    ("ratings", "published"),
    [
        (TWO_CODERS_BINARY, 0.095),
        (TWO_CODERS_FIVE_VALUES, 0.692),
        (FOUR_CODERS_WITH_GAPS, 0.743),
    ],
)
def test_the_published_examples_come_out(ratings, published):
    assert alpha(ratings) == pytest.approx(published, abs=0.0005)
    assert by_hand(ratings) == pytest.approx(published, abs=0.0005)


RATINGS = st.integers(2, 4).flatmap(
    lambda coders: st.integers(1, 12).flatmap(
        lambda units: st.lists(
            st.lists(st.sampled_from([0, 1, None]), min_size=units, max_size=units),
            min_size=coders,
            max_size=coders,
        )
    )
)


@given(RATINGS)
def test_the_library_counts_as_one_would_by_hand(ratings):
    expected = by_hand(ratings)
    found = alpha(ratings)
    assert found is None if expected is None else found == pytest.approx(expected)


def test_full_agreement_with_variation_is_one():
    assert alpha([[0, 1, 1], [0, 1, 1]]) == pytest.approx(1.0)


@pytest.mark.parametrize("ratings", [[], [[1, 0]], [[1, None], [None, 0]], [[1, 1], [1, 1]]])
def test_without_variation_or_without_a_second_coder_there_is_no_value(ratings):
    assert alpha(ratings) is None


ANNA = {"s1": {"sprache"}, "s2": {"wohnen"}, "s3": {"sprache", "arbeit"}, "s4": {"arbeit"}}
BERT = {"s1": {"sprache"}, "s2": {"wohnen"}, "s3": {"sprache"}}


def test_each_label_is_a_question_of_its_own_and_a_statement_one_has_not_coded_is_missing():
    labels = ["sprache", "wohnen", "arbeit", "gesundheit"]
    lines = agreement_by_label([ANNA, BERT], labels)
    assert [(one.label, one.used, one.units) for one in lines] == [
        ("sprache", 2, 3), ("wohnen", 1, 3), ("arbeit", 2, 3),
    ]  # fmt: skip
    assert [one.alpha for one in lines] == [
        pytest.approx(1.0),
        pytest.approx(1.0),
        pytest.approx(by_hand([[0, 0, 1], [0, 0, 0]])),
    ]


def test_overall_is_the_mean_over_labels_with_a_value():
    lines = agreement_by_label([ANNA, BERT], ["sprache", "wohnen", "arbeit"])
    found = overall(lines)
    assert found.labels == 3
    assert found.alpha == pytest.approx(sum(one.alpha for one in lines) / 3)
    assert overall([]).alpha is None


def test_disagreements_come_with_the_widest_first():
    carla = {"s1": {"wohnen", "arbeit"}, "s2": {"wohnen"}, "s3": {"sprache"}}
    assert differing([ANNA, carla]) == ["s1", "s3"]
    assert differing([ANNA]) == []
