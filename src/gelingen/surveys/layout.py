"""How questions lie on pages: pure lists of keys, page by page, and what moving does to them."""

from collections.abc import Sequence

from gelingen.surveys.models import Question

Pages = list[list[str]]


def pages_of(asked: Sequence[Question]) -> Pages:
    """Give the keys of questions page by page; numbers that no question has are passed over."""
    numbers = sorted({one.page for one in asked})
    return [[one.key for one in asked if one.page == number] for number in numbers]


def stepped(pages: Pages, key: str, *, back: bool) -> Pages:
    """Move a question one place back or on; at the edge of a page it goes to the next one."""
    number = _page_with(pages, key)
    page, place = pages[number], pages[number].index(key)
    other = place - 1 if back else place + 1
    if 0 <= other < len(page):
        swapped = [*page]
        swapped[place], swapped[other] = page[other], page[place]
        return [*pages[:number], swapped, *pages[number + 1 :]]
    beside = number - 1 if back else number + 1
    if not 0 <= beside < len(pages):
        return pages
    moved = [[one for one in page if one != key] for page in pages]
    moved[beside] = [*moved[beside], key] if back else [key, *moved[beside]]
    return _without_empty(moved)


def put_before(pages: Pages, key: str, other: str) -> Pages:
    """Put a question before another, on its page; "" puts it last of all."""
    if key == other:
        return pages
    moved = [[one for one in page if one != key] for page in pages]
    for number, page in enumerate(moved):
        if other in page:
            place = page.index(other)
            moved[number] = [*page[:place], key, *page[place:]]
            return _without_empty(moved)
    moved[-1] = [*moved[-1], key]
    return _without_empty(moved)


def broken(pages: Pages, key: str) -> Pages:
    """Begin a new page with a question."""
    number = _page_with(pages, key)
    place = pages[number].index(key)
    parts = [pages[number][:place], pages[number][place:]]
    return _without_empty([*pages[:number], *parts, *pages[number + 1 :]])


def joined(pages: Pages, key: str) -> Pages:
    """Put the page on which a question stands together with the one before it."""
    number = _page_with(pages, key)
    if number == 0:
        return pages
    whole = [*pages[number - 1], *pages[number]]
    return [*pages[: number - 1], whole, *pages[number + 1 :]]


def _page_with(pages: Pages, key: str) -> int:
    return next(number for number, page in enumerate(pages) if key in page)


def _without_empty(pages: Pages) -> Pages:
    return [page for page in pages if page]
