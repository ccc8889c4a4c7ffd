"""Which pages list the titles of a document, and what those are. Knows pieces of lines; not columns or blocks."""

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from rusq.importing.furniture import HEAVIER, MANY, Body, letters_of
from rusq.importing.pages import Piece, Sheet

_LAST_NUMBER = re.compile(r"(?:^|[\s.…·_,]|\b(?:s|side)\.?)(\d{1,3})$", re.IGNORECASE)
_FIRST_NUMBER = re.compile(r"(\d{1,3})\s+(?=\D)")
_LEADERS = re.compile(r"(?:[.…·_]\s?){4,}|…{2,}")
_PAGE_ONLY = re.compile(r"(?:s\.|side|s)?\s*(\d{1,3})", re.IGNORECASE)
_FRONT = 8  # a list of titles without page numbers is looked for on so many pages


class Contents(NamedTuple):
    """The sheets without their contents; the titles those name and the words set large, both as `letters_of`.

    `pages` are those that the contents stood on.
    """

    sheets: list[Sheet]
    titles: frozenset[str]
    large: frozenset[str]
    pages: tuple[int, ...]


def without_contents(sheets: Sequence[Sheet], body: Body) -> Contents:
    """The sheets without lists of titles and page numbers, or of titles that stand large on later pages."""
    large = _large(sheets, body)
    kept: list[Sheet] = []
    titles: set[str] = set()
    pages: list[int] = []
    last = 0
    for sheet in sheets:
        follows = bool(pages) and pages[-1] == sheet.number - 1
        entries = _entries(sheet, last if follows else 0)
        if not entries and sheet.number <= _FRONT:
            entries = _linked(sheet, large)
        if not entries:
            kept.append(sheet)
            continue
        titles.update(letters_of(title) for title, _ in entries)
        pages.append(sheet.number)
        last = max((number for _, piece in entries for number in _numbers(piece)), default=0)
        lowest = min(piece.base for _, piece in entries)
        highest = max(piece.base for _, piece in entries)
        prose = [
            piece
            for piece in sheet.pieces
            if (piece.base < lowest - 1 or piece.base > highest + 1) and len(piece.text) > 50
        ]
        if len(prose) >= 3:
            below = [piece for piece in sheet.pieces if piece.base < lowest - 1 and prose[0].base < lowest]
            above = [piece for piece in sheet.pieces if piece.base > highest + 1 and prose[0].base > highest]
            kept.append(sheet._replace(pieces=[*above, *below]))
        else:
            kept.append(sheet._replace(pieces=[]))
    return Contents(kept, frozenset(titles - {""}), frozenset(large.keys() - {""}), tuple(pages))


def _numbers(piece: Piece) -> list[int]:
    return [int(number) for number in re.findall(r"\d{1,3}", piece.text)]


def _entries(sheet: Sheet, last: int) -> list[tuple[str, Piece]]:
    """Titles and the pieces that hold their page numbers, if the page is a list of such; else none.

    `last` is the last number of a list that the page before ends with, 0 for none.
    """
    if len(sheet.pieces) > MANY:
        return []
    leaders = sum(
        ("..." in piece.text or "…" in piece.text or ". ." in piece.text) and _LEADERS.search(piece.text) is not None
        for piece in sheet.pieces
    )
    alone = [piece for piece in sheet.pieces if piece.text[-1:].isdecimal() and _PAGE_ONLY.fullmatch(piece.text)]
    rows = len({(round(piece.base / 3), round(piece.left / 150)) for piece in sheet.pieces}) - len(alone)
    for before in (True, False):
        found = _titles_before(sheet, alone) if before else _titles_after(sheet, alone)
        numbers = [number for _, _, number in found]
        if last and found and min(numbers) >= last and 10 * len(found) >= 8 * rows:
            return [(title, piece) for title, piece, _ in found]
        if len(found) < 4 or 10 * len(found) < (3 if leaders >= 3 else 4) * rows or len(set(numbers)) < 3:
            continue
        if 10 * max(_rising(numbers), _rising_in_columns(found)) >= 7 * len(found):
            return [(title, piece) for title, piece, _ in found]
    return []


def _large(sheets: Sequence[Sheet], body: Body) -> dict[str, int]:
    """The last pages on which titles stand in large or heavy letters."""
    return {
        letters_of(piece.text): sheet.number
        for sheet in sheets
        for piece in sheet.pieces
        if (piece.size > 1.08 * body.size or piece.weight >= body.weight + HEAVIER) and len(piece.text) < 130
    }


def _linked(sheet: Sheet, large: Mapping[str, int]) -> list[tuple[str, Piece]]:
    """The titles of later pages and the pieces that name them, if the page is a list of such without numbers."""
    found = [(piece.text, piece) for piece in sheet.pieces if large.get(letters_of(piece.text), 0) > sheet.number]
    return found if len(found) >= 5 and 10 * len(found) >= 6 * len(sheet.pieces) else []


_Entry = tuple[str, Piece, int]


def _titles_before(sheet: Sheet, alone: Sequence[Piece]) -> list[_Entry]:
    """The titles that end in a number or have one on their right."""
    found = []
    for piece in sheet.pieces:
        number = _LAST_NUMBER.search(piece.text) if piece.text[-1].isdecimal() else None
        title = _bare(piece.text[: number.start(1)]) if number else ""
        if (
            number
            and len(title) < 130
            and any(sign.isalpha() for sign in title.removesuffix("s.").removesuffix("side"))
        ):
            found.append((title, piece, int(number.group(1))))
    for piece in alone:
        beside = _beside(sheet, piece, before=True)
        if beside is not None:
            found.append((_bare(beside.text), piece, int(_PAGE_ONLY.sub("\\1", piece.text))))
    return found


def _titles_after(sheet: Sheet, alone: Sequence[Piece]) -> list[_Entry]:
    """The titles that a number begins or stands on the left of."""
    found = []
    for piece in sheet.pieces:
        number = _FIRST_NUMBER.match(piece.text) if len(piece.text) < 150 else None
        if number:
            found.append((_bare(piece.text[number.end() :]), piece, int(number.group(1))))
    for piece in alone:
        beside = _beside(sheet, piece, before=False)
        if beside is not None:
            found.append((_bare(beside.text), piece, int(_PAGE_ONLY.sub("\\1", piece.text))))
    # Chapters are numbered 1, 2, 3 as well; pages leave some numbers out, or name some twice.
    numbers = sorted(number for _, _, number in found)
    steady = sum(b - a == 1 for a, b in pairwise(numbers))
    return found if 3 * steady <= 2 * len(numbers) else []


def _rising_in_columns(found: Sequence[_Entry]) -> int:
    """How many numbers never fall, each column of them read by itself."""
    columns: dict[int, list[_Entry]] = {}
    for entry in found:
        columns.setdefault(round(entry[1].right / 20), []).append(entry)
    return sum(
        _rising([number for _, _, number in sorted(column, key=lambda entry: -entry[1].base)])
        for column in columns.values()
    )


def _beside(sheet: Sheet, number: Piece, *, before: bool) -> Piece | None:
    """The words on the line of a number alone: the nearest to its left, or to its right."""
    near = [
        piece
        for piece in sheet.pieces
        if abs(piece.base - number.base) < 0.4 * number.size
        and (piece.right <= number.left + 1 if before else piece.left >= number.right - 1)
        and not _PAGE_ONLY.fullmatch(piece.text)
    ]
    return (max if before else min)(near, key=lambda piece: piece.left, default=None)


def _bare(title: str) -> str:
    return _LEADERS.sub(" ", title).strip(" .…·_")


def _rising(numbers: Sequence[int]) -> int:
    """How many of the numbers, at most, never fall in the order given."""
    tails: list[int] = []
    for number in numbers:
        at = bisect_right(tails, number)
        tails[at : at + 1] = [number]
    return len(tails)
