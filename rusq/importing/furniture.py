"""What stands on a document's pages and is not its text: numbers of lines and pages, running heads and feet.

Everything is told by how it recurs from page to page of the same document, never by its words alone.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from rusq.importing.pages import Piece, Sheet

_NUMBER = re.compile(r"\d{1,9}")
_ONLY_NUMBER = re.compile(r"\d{1,5}")
_SIGNS = re.compile(r"[#\W]*(?:(?:s|side|page|av|of)\b[#\W]*)*")
_ITEM_NUMBER = re.compile(r"\(?(?:\d{1,3}|[a-zæøå])[.)]", re.IGNORECASE)
_ROMAN = re.compile(r"[ivxlc]{1,6}")
_ROWS_AT_EDGE = 4
MANY = 1500  # pieces on one page: more are a map or a drawing, and not looked at one by one
HEAVIER = 100  # than most letters: bold beside regular, medium beside book


class Body(NamedTuple):
    """How most of a document's letters look."""

    size: float
    weight: int
    family: str


def body_of(sheets: Sequence[Sheet]) -> Body:
    """The look of most letters; a size is the mean of those that differ by less than a twentieth."""
    looks: Counter[tuple[float, int, str]] = Counter()
    for sheet in sheets:
        for piece in sheet.pieces:
            looks[round(2 * piece.size) / 2, piece.weight, piece.family] += len(piece.text)
    sizes: Counter[float] = Counter()
    for (size, _, _), letters in looks.items():
        sizes[size] += letters
    size = max(sizes, key=lambda size: (sizes[size], -size), default=10.0)
    weights: Counter[int] = Counter()
    families: Counter[str] = Counter()
    for (other, weight, family), letters in looks.items():
        if other == size:
            weights[weight] += letters
            families[family] += letters
    return Body(
        size, weights.most_common(1)[0][0] if weights else 400, families.most_common(1)[0][0] if families else ""
    )


def without_small_print(sheets: Sequence[Sheet], body: Body) -> list[Sheet]:
    """The sheets without single lines set very small: who took a photograph, who printed it."""
    result = []
    for sheet in sheets:
        small = [piece for piece in sheet.pieces if piece.size < 0.72 * body.size][:MANY]
        gone = {
            id(piece)
            for piece in small
            if len(piece.text) <= 60
            and piece.text[-1:] not in ".:"
            and not any(other is not piece and abs(other.base - piece.base) < 2 * piece.size for other in small)
        }
        result.append(sheet._replace(pieces=[piece for piece in sheet.pieces if id(piece) not in gone]))
    return result


def letters_of(text: str) -> str:
    """The letters and figures alone, in lower case: what two settings of one title have in common."""
    return re.sub(r"[\W_]+", "", text.casefold())


# -- Numbers of lines


def without_line_numbers(sheets: Sequence[Sheet]) -> list[Sheet]:
    """The sheets without the figures that count their lines in a margin, if most pages have them."""
    counted = [_counting(sheet) for sheet in sheets]
    full = [sheet for sheet in sheets if len(sheet.pieces) >= 16]
    if 2 * sum(bool(numbers) for numbers in counted) <= len(full):
        return list(sheets)
    left = min((piece.left for numbers in counted for piece in numbers), default=0.0) - 2
    right = max((piece.right for numbers in counted for piece in numbers), default=0.0) + 2
    return [
        sheet._replace(
            pieces=[
                piece
                for piece in sheet.pieces
                if not (_ONLY_NUMBER.fullmatch(piece.text) and left <= piece.left and piece.right <= right)
            ]
        )
        for sheet in sheets
    ]


def _counting(sheet: Sheet) -> list[Piece]:
    """The figures in one upright row on a page that grow by the same step: eight of them, or four if by 5 or 10."""
    numbers = sorted(
        (piece for piece in sheet.pieces if _ONLY_NUMBER.fullmatch(piece.text)), key=lambda piece: -piece.base
    )
    groups: dict[tuple[str, int], list[Piece]] = {}
    for piece in numbers:
        groups.setdefault(("left", round(piece.left / 8)), []).append(piece)
        groups.setdefault(("right", round(piece.right / 8)), []).append(piece)
    best = max(groups.values(), key=len, default=[])
    steps = Counter(int(b.text) - int(a.text) for a, b in pairwise(best))
    step, times = steps.most_common(1)[0] if steps else (0, 0)
    enough = times >= 7 if step in (1, 2) else times >= 3 and step in (5, 10)
    return best if enough and 10 * times >= 8 * (len(best) - 1) else []


# -- Running heads and feet


class _Seen(NamedTuple):
    page: int
    base: float
    text: str


def without_running_heads(
    sheets: Sequence[Sheet], body: Body, titles: Collection[str] = ()
) -> tuple[list[Sheet], tuple[str, ...]]:
    """The sheets without what recurs at their upper and lower edges, and examples of what was left out.

    `titles`, as `letters_of`, are what running heads may repeat.
    """
    edges = [_edges(sheet) for sheet in sheets]
    recurring = _recurring(edges, len(sheets), 1.25 * body.size)
    left_out: Counter[str] = Counter()
    result = []
    fixed = _fixed(sheets, body)
    slots = _changing([_outermost(rows, recurring) for rows in edges], body, titles, len(sheets))
    for sheet, (upper, lower) in zip(sheets, edges, strict=True):
        gone = {id(piece) for piece in sheet.pieces if _place(piece) in fixed}
        for rows in (upper, lower):
            for row in rows:
                out = [piece for piece in row if _recurs(piece, recurring) or _in_slot(piece, slots)]
                out = [piece for piece in out if not _counts_item(piece, row, out)]
                if not out:
                    break
                gone.update(id(piece) for piece in out)
        left_out.update(
            _NUMBER.sub("#", piece.text) for piece in sheet.pieces if id(piece) in gone and not piece.text.isdecimal()
        )
        result.append(sheet._replace(pieces=[piece for piece in sheet.pieces if id(piece) not in gone]))
    return result, tuple(text for text, _ in left_out.most_common(3))


def _counts_item(piece: Piece, row: Sequence[Piece], out: Collection[Piece]) -> bool:
    """Whether a number is that of the words beside it, which stay: «3.» at the top of a page."""
    beside = (other for other in row if other not in out)
    return _ITEM_NUMBER.fullmatch(piece.text) is not None and any(
        0 <= other.left - piece.right < 4.5 * piece.size for other in beside
    )


def _place(piece: Piece) -> tuple[str, int, int] | None:
    """A short piece's words and place; None for what may recur by chance."""
    letters = sum(sign.isalpha() for sign in piece.text) if len(piece.text) <= 30 else 0
    if piece.text.endswith(":") or not (letters >= 4 or piece.text.isdecimal()):
        return None
    # A number's place is its height: «9» and «10» do not reach equally far.
    return _masked(piece.text), round(piece.base / 3), 0 if piece.text.isdecimal() else round(piece.right / 3)


def _fixed(sheets: Sequence[Sheet], body: Body) -> set[tuple[str, int, int] | None]:
    """The words and places of what stands at the very same spot beside the text of many pages: a number, a tab."""
    ordinary = [piece for sheet in sheets for piece in sheet.pieces if abs(piece.size - body.size) < 0.5]
    lefts, rights = sorted(piece.left for piece in ordinary), sorted(piece.right for piece in ordinary)
    few = len(ordinary) // 50
    left, right = (lefts[few], rights[-1 - few]) if ordinary else (0.0, 0.0)
    seen: dict[tuple[str, int, int], list[int]] = {}
    for sheet in sheets:
        beside = (piece for piece in sheet.pieces if piece.left > right - 1 or piece.right < left + 1)
        for place in {place for piece in beside if (place := _place(piece))}:
            seen.setdefault(place, []).append(sheet.number)
    return {place for place, on in seen.items() if len(on) >= 4 and 4 * len(on) >= on[-1] - on[0] + 1}


_Rows = list[list[Piece]]


def _edges(sheet: Sheet) -> tuple[_Rows, _Rows]:
    """The rows at the upper and at the lower edge of a page, from the edge inwards."""
    rows: _Rows = []
    for piece in sorted(sheet.pieces, key=lambda piece: -piece.base):
        if rows and abs(rows[-1][0].base - piece.base) < 3:
            rows[-1].append(piece)
        else:
            rows.append([piece])
    middle = len(rows) // 2
    return rows[: min(_ROWS_AT_EDGE, middle + len(rows) % 2)], rows[::-1][: min(_ROWS_AT_EDGE, middle)]


def _masked(text: str) -> str:
    lowered = " ".join(text.casefold().split())
    return "#" if _ROMAN.fullmatch(lowered) else _NUMBER.sub("#", lowered)


_Places = dict[tuple[str, float], list[float]]


def _recurring(edges: Sequence[tuple[_Rows, _Rows]], pages: int, large: float) -> _Places:
    """Where at an edge the same words, their figures aside, stand on many pages: heights by words and size.

    Letters above the size `large` are a heading's, unless half of the pages have them.
    """
    seen: dict[tuple[str, float], list[_Seen]] = {}
    for upper, lower in edges:
        for row in (*upper, *lower):
            for piece in row:
                seen.setdefault((_masked(piece.text), round(piece.size)), []).append(
                    _Seen(piece.page, piece.base, piece.text)
                )
    places: _Places = {}
    for key, all_seen in seen.items():
        for heights in _near(all_seen):
            running = _is_running(key[0], sorted({at.page for at in heights}), pages, large=key[1] > large)
            if running and not _counts_chapters(key[0], heights):
                places.setdefault(key, []).append(sum(at.base for at in heights) / len(heights))
    return places


def _near(seen: list[_Seen]) -> Iterable[list[_Seen]]:
    """The same, in groups at one height."""
    group: list[_Seen] = []
    for at in sorted(seen, key=lambda at: at.base):
        if group and at.base - group[-1].base > 3:
            yield group
            group = []
        group.append(at)
    if group:
        yield group


def _is_running(words: str, on: Sequence[int], pages: int, *, large: bool) -> bool:
    if len(on) < 2 or not any(sign == "#" or sign.isalpha() for sign in words):
        return False
    dense = len(on) / (on[-1] - on[0] + 1)
    if _SIGNS.fullmatch(words) and not large:
        return dense >= 0.25
    if words.endswith(":") or large:
        return len(on) > 3 and 2 * len(on) >= pages
    return (len(on) >= 3 and dense >= 0.4) or (pages <= 4 and len(on) >= max(2, pages - 1))


def _counts_chapters(words: str, seen: Sequence[_Seen]) -> bool:
    """Whether words with a number, such as «Kapittel 3», stand once each and keep no step with the pages."""
    texts = {at.text for at in seen}
    if "#" not in words or not any(sign.isalpha() for sign in words) or 3 * len(texts) <= 2 * len(seen):
        return False
    in_turn = sorted(seen, key=lambda at: at.page)
    steps = [(_NUMBER.findall(a.text), _NUMBER.findall(b.text), b.page - a.page) for a, b in pairwise(in_turn)]
    kept = sum(any(int(y) - int(x) in (step, 2 * step) for x, y in zip(a, b, strict=False)) for a, b, step in steps)
    return 2 * kept < len(steps)


def _recurs(piece: Piece, places: _Places) -> bool:
    masked = _masked(piece.text)
    heights = places.get((masked, round(piece.size)), ())
    if any(abs(piece.base - height) <= 3 for height in heights):
        return True
    # A page may set its own number a little larger or lower than the others do.
    others = (heights for (words, _), heights in places.items() if words == masked == "#")
    return any(abs(piece.base - height) <= 6 for heights in others for height in heights)


def _outermost(edges: tuple[_Rows, _Rows], places: _Places) -> list[tuple[Piece, float]]:
    """The rows at either edge up to the first that does not recur, and how far the next one is."""
    found = []
    for rows in edges:
        for row, inner in pairwise(rows):
            found += [(piece, abs(row[0].base - inner[0].base)) for piece in row]
            if not all(_recurs(piece, places) for piece in row):
                break
    return found


def _changing(
    outermost: Sequence[list[tuple[Piece, float]]], body: Body, titles: Collection[str], pages: int
) -> list[tuple[float, float]]:
    """Heights and sizes at which small words stand apart at an edge of most pages: a chapter's name, as a rule."""
    slots: dict[tuple[int, int], list[Piece]] = {}
    for found in outermost:
        for piece, away in found:
            if piece.size <= 1.05 * body.size and away > 1.6 * body.size and len(piece.text) <= 100:
                slots.setdefault((round(piece.base / 4), round(piece.size * 2)), []).append(piece)
    kept = []
    for pieces in slots.values():
        unlike = [
            piece.size < 0.93 * body.size or piece.weight != body.weight or piece.family != body.family
            for piece in pieces
        ]
        differs = 4 * sum(unlike) > 3 * len(pieces)
        plain = all(piece.weight < body.weight + HEAVIER for piece in pieces)
        named = plain and 4 * sum(letters_of(piece.text) in titles for piece in pieces) > 3 * len(pieces)
        texts = {_masked(piece.text) for piece in pieces}
        on = len({piece.page for piece in pieces})
        most = on >= 4 and 10 * on >= 4 * pages and (10 * len(texts) <= 6 * on or differs)
        if most or (named and on >= 3):
            kept.append((pieces[0].base, pieces[0].size))
    return kept


def _in_slot(piece: Piece, slots: Sequence[tuple[float, float]]) -> bool:
    return any(abs(piece.base - base) <= 4 and abs(piece.size - size) < 0.6 for base, size in slots)
