"""Answers to choose from, written one a line: each keeps its code as long as it can be told."""

from collections.abc import Mapping, Sequence

from gelingen.workbook.folding import fold_key

_LONGEST = 40


def codes_for(lines: Sequence[str], before: Mapping[str, str]) -> dict[str, str]:
    """Give each line a code; translations, conditions and earlier rounds know answers by it.

    A line that was there before keeps its code. Are there as many lines as before, one that is new
    was reworded in its place and keeps the code of that place. All others get a code of their own.

    Args:
        lines: answers in their order; empty ones and repeated ones are passed over.
        before: the answers so far, by code, in their order.

    """
    wanted = list(dict.fromkeys(line.strip() for line in lines if line.strip()))
    codes = {words: code for code, words in before.items()}
    given = {line: codes[line] for line in wanted if line in codes}
    if len(wanted) == len(before):
        for line, code in zip(wanted, before, strict=True):
            if line not in given and code not in given.values():
                given[line] = code
    taken = {*before, *given.values()}
    for line in wanted:
        if line not in given:
            given[line] = _free(fold_key(line)[:_LONGEST].strip("_") or "antwort", taken)
            taken.add(given[line])
    return {given[line]: line for line in wanted}


def _free(wished: str, taken: set[str]) -> str:
    code, number = wished, 1
    while code in taken:
        number += 1
        code = f"{wished}_{number}"
    return code
