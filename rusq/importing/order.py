"""Pieces of one page in, lines in reading order out: columns, margins, list marks, drop capitals. Knows places only."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from rusq.importing.furniture import MANY
from rusq.importing.mend import bullet, is_mark
from rusq.importing.pages import Piece, Sheet

_COUNTED = re.compile(r"(?:\d{1,3}(?:\.\d{1,3})*[.)]?|[a-zæøå][.)]|\([a-zæøå\d]{1,3}\))", re.IGNORECASE)
_GUTTER = 0.8  # of the body's size
_WORDS_OF_ONE_LETTER = "IÅØ"


class Line(NamedTuple):
    """A line as read: a piece, and the column it stands in, numbered through the document from 1.

    `left_edge` and `right_edge` are how far the column's lines reach.
    """

    piece: Piece
    column: int
    left_edge: float
    right_edge: float


def columns_of(pieces: Sequence[Piece], size: float) -> list[list[Piece]]:
    """The columns of a page in reading order, each its lines from top to bottom; `size` is the body's."""
    if len(pieces) > MANY:
        return [_rows(pieces)]
    whole = _with_capitals(_with_marks(_without_notes(pieces)), size)
    drawn = {id(piece): at for at, piece in enumerate(whole)}
    return [column for column in _ordered(whole, size, drawn) if column]


def numbered(pages: Sequence[list[list[Piece]]]) -> list[Line]:
    """The lines of all pages, their columns numbered; columns that begin alike reach as far as the widest."""
    reach = _reach([column for columns in pages for column in columns])
    lines, number = [], 0
    for columns in pages:
        for column in columns:
            number += 1
            left = min(piece.left for piece in column)
            right = _edge(column, left) or reach[round(left / 6)]
            lines += [Line(piece, number, left, right) for piece in column]
    return lines


def _edge(column: Sequence[Piece], left: float) -> float:
    """How far the lines of a column reach, 0 if too few of them reach equally far to tell."""
    rights = sorted(piece.right for piece in column)
    right = rights[-1 - len(rights) // 40]
    full = sum(right - at < 0.06 * (right - left) for at in rights)
    return right if full >= 4 and 5 * full >= len(rights) else 0.0


def _reach(columns: Sequence[Sequence[Piece]]) -> dict[int, float]:
    """How far columns reach that begin at one place: as far as the middle one of their lines' columns."""
    found: dict[int, list[float]] = {}
    for column in columns:
        left, right = min(piece.left for piece in column), max(piece.right for piece in column)
        found.setdefault(round(left / 6), []).extend([right] * len(column))
    return {at: sorted(rights)[len(rights) // 2] for at, rights in found.items()}


# -- What belongs to the words beside it


def with_drawn_marks(sheets: Sequence[Sheet]) -> list[Sheet]:
    """The sheets; a small drawing of a kind that mostly stands before lines is their list mark."""
    begun = [_begun_by_drawings(sheet) for sheet in sheets]
    drawn = Counter(_shape(drawing) for sheet in sheets for drawing in sheet.drawn)
    before = Counter(_shape(drawing) for places in begun for drawing in places.values())
    marks = {shape for shape, times in before.items() if times >= 3 and 2 * times >= drawn[shape]}
    return [
        sheet._replace(
            pieces=[
                piece._replace(text=f"• {piece.text}", left=mark.left, inner=piece.left)
                if (mark := places.get(at)) is not None and _shape(mark) in marks
                else piece
                for at, piece in enumerate(sheet.pieces)
            ]
        )
        for sheet, places in zip(sheets, begun, strict=True)
    ]


def _shape(drawing: Piece) -> tuple[int, int]:
    return round(2 * (drawing.right - drawing.left)), round(2 * drawing.size)


def _begun_by_drawings(sheet: Sheet) -> dict[int, Piece]:
    """The drawings that stand where a list mark would, by the places of the pieces they begin."""
    found: dict[int, Piece] = {}
    pieces = sorted((piece.base, at) for at, piece in enumerate(sheet.pieces)) if sheet.drawn else []
    for drawing in sheet.drawn:
        middle = drawing.base + drawing.size / 2
        near = pieces[bisect_left(pieces, (middle - 50, 0)) : bisect_left(pieces, (middle + 50, 0))]
        row = [
            (sheet.pieces[at].left, at)
            for base, at in near
            if -0.05 < (middle - base) / sheet.pieces[at].size < 0.75
            and sheet.pieces[at].left > drawing.left - 3 * sheet.pieces[at].size
        ]
        left, at = min(row, default=(0.0, 0))
        size = sheet.pieces[at].size if row else 0.0
        wide, high = drawing.right - drawing.left, drawing.size
        is_mark_sized = 0.15 * size < max(wide, high) < 1.3 * size and wide < 5 * high and high < 3 * wide
        before = row and is_mark_sized and -0.1 * size < left - drawing.right < 3 * size
        if before and not bullet(sheet.pieces[at].text):
            found[at] = drawing
    return found


def _without_notes(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces without raised figures that refer to notes."""
    small = [piece for piece in pieces if len(piece.text) <= 2 and piece.text.isdecimal()]
    gone = {
        id(note)
        for note in small
        for piece in pieces
        if note.size < 0.87 * piece.size
        and 0.15 * piece.size < note.base - piece.base < 0.7 * piece.size
        and abs(note.left - piece.right) < 0.4 * piece.size
    }
    return [piece for piece in pieces if id(piece) not in gone] if gone else list(pieces)


def _with_marks(pieces: list[Piece]) -> list[Piece]:
    """The pieces, each list mark or number that stands alone joined to the words on its right."""
    marks = [
        piece for piece in pieces if len(piece.text) <= 8 and (is_mark(piece.text) or _COUNTED.fullmatch(piece.text))
    ]
    for mark in sorted(marks, key=lambda piece: -piece.left):
        beside = [
            piece
            for piece in pieces
            if piece is not mark
            and abs(piece.base - mark.base) < 0.35 * max(piece.size, mark.size)
            and -1 <= piece.left - mark.right < 4.5 * max(piece.size, mark.size)
        ]
        if beside:
            words = min(beside, key=lambda piece: piece.left)
            whole = words._replace(text=f"{mark.text} {words.text}", left=mark.left, inner=words.left)
            pieces = [whole if piece is words else piece for piece in pieces if piece is not mark]
    return pieces


def _with_capitals(pieces: list[Piece], size: float) -> list[Piece]:
    """The pieces, each large first letter of a text joined to the first of the lines beside it."""
    large = [piece for piece in pieces if len(piece.text) == 1 and piece.text.isupper() and piece.size > 1.7 * size]
    for letter in large:
        beside = [
            piece
            for piece in pieces
            if piece is not letter
            and piece.size < 0.7 * letter.size
            and letter.base - 0.3 * piece.size <= piece.base < letter.base + 0.9 * letter.size
            and -0.3 * letter.size < piece.left - letter.right < 1.5 * size
        ]
        if not beside:
            continue
        first = max(beside, key=lambda piece: piece.base)
        # «I dag» opens with a word of one letter, «Vi vil» does not.
        opening = first.text.split()[0]
        apart = letter.text in _WORDS_OF_ONE_LETTER and (opening[0].isupper() or len(opening) > 1)
        moved = {id(piece): piece._replace(left=letter.left) for piece in beside}
        moved[id(first)] = first._replace(text=letter.text + (" " if apart else "") + first.text, left=letter.left)
        pieces = [moved.get(id(piece), piece) for piece in pieces if piece is not letter]
    return pieces


# -- Columns


def _ordered(pieces: list[Piece], size: float, drawn: Mapping[int, int]) -> Iterator[list[Piece]]:
    """The columns of a part of a page; `drawn` is the order of the file, by the pieces' identities."""
    gutter = _GUTTER * size
    pieces = sorted(pieces, key=lambda piece: (-piece.base, piece.left))
    parts = _parted(pieces, gutter)
    if _is_one_above_another(pieces) and not _is_in_turn(parts, drawn):
        yield _rows(pieces)
        return
    if len(parts) > 1:
        yield from _side_by_side(parts, size, drawn)
        return
    together: list[Piece] = []
    for band, has_columns in _bands(pieces, gutter):
        if not has_columns or len(band) == len(pieces):  # as narrow a gutter as that is none
            together += band
            continue
        if together:
            yield _rows(together)
        together = []
        yield from _ordered(band, size, drawn)
    if together:
        yield _rows(together)


def _is_one_above_another(pieces: Sequence[Piece]) -> bool:
    return all(below.base + 0.9 * below.size <= above.base + 0.1 * above.size for above, below in pairwise(pieces))


def _is_in_turn(parts: Sequence[Sequence[Piece]], drawn: Mapping[int, int]) -> bool:
    """Whether several groups are drawn one after the other from left to right."""
    turns = [[drawn[id(piece)] for piece in part] for part in parts]
    return len(parts) > 1 and all(max(before) < min(after) for before, after in pairwise(turns))


def _parted(pieces: Sequence[Piece], gutter: float) -> list[list[Piece]]:
    """The pieces in groups from left to right, with white from top to bottom between them."""
    parts: list[list[Piece]] = []
    reach = 0.0
    for piece in sorted(pieces, key=lambda piece: piece.left):
        if parts and piece.left - reach < gutter:
            parts[-1].append(piece)
            reach = max(reach, piece.right)
        else:
            parts.append([piece])
            reach = piece.right
    return parts


def _side_by_side(parts: list[list[Piece]], size: float, drawn: Mapping[int, int]) -> Iterator[list[Piece]]:
    """Columns from left to right; but headings in a margin go before the words beside them."""
    if len(parts) != 2 or not _is_margin(*parts):
        for part in parts:
            yield from _ordered(part, size, drawn)
        return
    margin, rest = parts
    for head in _clusters(margin, size):
        top = max(piece.top for piece in head)
        before = [piece for piece in rest if piece.base > top]
        rest = [piece for piece in rest if piece.base <= top]
        if before:
            yield from _ordered(before, size, drawn)
        yield _rows(head)
    if rest:
        yield from _ordered(rest, size, drawn)


def _is_margin(left: Sequence[Piece], right: Sequence[Piece]) -> bool:
    """Whether the left group is headings set in the margin of the right one."""

    def width(pieces: Sequence[Piece]) -> float:
        return max(piece.right for piece in pieces) - min(piece.left for piece in pieces)

    def look(piece: Piece) -> tuple[int, int, str]:
        return round(piece.size * 2), piece.weight, piece.family

    if width(left) > 0.6 * width(right) or 2 * len(left) > len(right):
        return False
    usual = Counter(look(piece) for piece in right).most_common(1)[0][0]
    return sum(look(piece) != usual for piece in left) * 2 > len(left)


def _clusters(pieces: Sequence[Piece], size: float) -> list[list[Piece]]:
    """The pieces from top to bottom in groups that stand close together."""
    groups: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: -piece.base):
        if groups and groups[-1][-1].base - piece.base < 1.8 * max(piece.size, size):
            groups[-1].append(piece)
        else:
            groups.append([piece])
    return groups


_Band = tuple[list[Piece], bool]


def _bands(pieces: list[Piece], gutter: float) -> list[_Band]:
    """The page cut where a piece spans two columns: bands from top to bottom, and whether each has columns."""
    best: list[_Band] = [(pieces, False)]
    most = 2
    starts: dict[int, list[float]] = {}
    for piece in pieces:
        starts.setdefault(round(piece.left / 3), []).append(piece.left)
    for lefts in starts.values():
        if len(lefts) < 3:
            continue
        at = min(lefts) - 0.5
        bands = _cut(pieces, at, gutter)
        worth = sum(_smaller_side(band, at) for band, has_columns in bands if has_columns)
        if worth > most:
            best, most = bands, worth
    return best


def _cut(pieces: Sequence[Piece], at: float, gutter: float) -> list[_Band]:
    """The pieces, from top to bottom, in runs that cross the line x = `at` and runs that keep clear of it."""
    runs: list[_Band] = []
    for piece in pieces:
        clear = piece.left >= at or piece.right <= at - gutter + 1
        if runs and runs[-1][1] == clear:
            runs[-1][0].append(piece)
        else:
            runs.append(([piece], clear))
    bands: list[_Band] = []
    for place, (run, clear) in enumerate(runs):
        after = runs[place + 1][0] if place + 1 < len(runs) else []
        tail = _heading_below(run, at, after) if clear and _smaller_side(run, at) else []
        rest = [piece for piece in run if piece not in tail] if tail else run
        if rest:
            bands.append((rest, clear and _smaller_side(rest, at) > 0))
        if tail:
            bands.append((tail, False))
    return bands


def _heading_below(run: Sequence[Piece], at: float, after: Sequence[Piece]) -> list[Piece]:
    """The pieces at the foot of two columns that open what spans both below them: larger than its letters."""
    if not after:
        return []
    lowest = min((piece.base for piece in run if piece.left >= at), default=0.0)
    return [piece for piece in run if piece.left < at and piece.base < lowest and piece.size > 1.1 * after[0].size]


def _smaller_side(pieces: Sequence[Piece], at: float) -> int:
    right = sum(piece.left >= at for piece in pieces)
    return min(right, len(pieces) - right)


def _rows(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces with those on one line joined; the higher goes first."""
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: (-piece.base, piece.left)):
        if rows and abs(rows[-1][0].base - piece.base) < 0.3 * min(piece.size, rows[-1][0].size):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [row[0] if len(row) == 1 else _joined(sorted(row, key=lambda piece: piece.left)) for row in rows]


def _joined(row: Sequence[Piece]) -> Piece:
    whole = row[0]
    for piece in row[1:]:
        space = "" if piece.left - whole.right < 0.12 * piece.size else " "
        whole = whole._replace(
            text=whole.text + space + piece.text,
            right=max(whole.right, piece.right),
            inner=piece.left if whole.inner >= whole.right else whole.inner,
            weight=min(whole.weight, piece.weight),
            size=whole.size if len(whole.text) >= len(piece.text) else piece.size,
        )
    return whole
