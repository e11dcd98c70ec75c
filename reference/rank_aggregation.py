"""Rankings made one: Borda, Kemeny with all best orders, Schulze, direct comparisons."""

import json
import math
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from gelingen.analysis.selection.kemeny import kemeny
from gelingen.analysis.selection.rankings import Opinion, borda, schulze, tally


def run(folder: Path) -> Iterable[tuple[str, bool, float]]:
    """Check every answer of every profile of every file in the folder."""
    for path in sorted(folder.glob("*.json")):
        for number, case in enumerate(json.loads(path.read_text(encoding="utf-8"))):
            ours = _answers(case)
            for key, want in case["expected"].items():
                same = key in ours and ours[key] == want
                yield f"{case.get('name', number)} {key}", same, 0.0 if same else math.inf


def _answers(case: Mapping[str, Any]) -> Mapping[str, Any]:
    """Answer in the words of the file: candidates by their number."""
    keys = [f"{at:03}" for at in range(len(case["alternatives"]))]
    opinions = [
        Opinion(tuple((keys[at],) for at in order), weight) for weight, order in case["profile"]
    ]
    counted = tally(keys, opinions)
    best = kemeny(counted)
    return {
        "pairwise": counted.prefer.tolist(),
        "kemeny_score": best.score,
        "kemeny_rankings": [[int(key) for key in order] for order in best.rankings],
        "borda": [borda(counted).points[key] for key in keys],
        "copeland": [counted.balance[key] for key in keys],
        "schulze_winners": [int(key) for key in schulze(counted).places[0]],
        "condorcet": [] if counted.winner is None else [int(counted.winner)],
    }
