"""Lines in reading order in; headings, list items and paragraphs out. Knows looks and places, not pages' edges."""

import re
import string
from collections import Counter
from collections.abc import Collection, Sequence
from itertools import pairwise
from typing import NamedTuple

from rusq.importing.furniture import HEAVIER, Body, letters_of
from rusq.importing.mend import bullet, mended, unbroken
from rusq.importing.order import Line
from rusq.importing.pages import HYPHEN_BREAKS

_NUMBERED = re.compile(r"(?:\(?\d{1,3}[.)]|\(?[a-zæøå]\)|[a-z]\.)\s+(?=\S)")
_DECIMALS = re.compile(r"\d{1,2}(?:\.\d{1,3}){1,3}\.?\s+(?=[^\W\d_])")
_OPENS_LIST = frozenset("vil skal ønsker ønskjer bør må for å at".split())
_PLAIN = frozenset(string.printable.strip() + " æøåÆØÅéèêòóôäöü«»–—”“’…•§")  # signs with nothing to mend
_MONTH = re.compile(
    r"(?:januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember)\b", re.IGNORECASE
)
_ENDINGS = ".!?…:;"
_CLOSING = "»”\"')]"
_HYPHENS = "-\u2010\u2011\u00ad\ufffe\x02"
_DASHES = "-–—‐‑−"


class Draft(NamedTuple):
    """Lines that make one heading, list item or paragraph; `mark` is how many characters its list mark takes."""

    lines: list[Line]
    mark: int = 0

    @property
    def size(self) -> float:
        return self.lines[0].piece.size

    @property
    def weight(self) -> int:
        return min(line.piece.weight for line in self.lines)

    @property
    def is_capital(self) -> bool:
        return (
            all(line.piece.text.isupper() for line in self.lines)
            and sum(sign.isalpha() for line in self.lines for sign in line.piece.text) > 3
        )


class Spacing(NamedTuple):
    """How far apart a document's lines of the body's size usually stand."""

    leading: float


def spacing_of(lines: Sequence[Line], body: Body) -> Spacing:
    """The step that is most common where a sentence plainly goes on, or else wherever it could."""
    surely: Counter[float] = Counter()
    perhaps: Counter[float] = Counter()
    for above, below in pairwise(lines):
        step = above.piece.base - below.piece.base
        if above.column == below.column and abs(above.piece.size - body.size) < 1 and 0 < step < 3 * body.size:
            perhaps[round(step * 2) / 2] += 1
            if below.piece.text[0].islower() and above.piece.text[-1].isalpha():
                surely[round(step * 2) / 2] += 1
    if surely.total() >= 3:
        return Spacing(surely.most_common(1)[0][0])
    return Spacing(min(perhaps.most_common(1)[0][0], 1.5 * body.size) if perhaps else 1.25 * body.size)


def drafts_of(lines: Sequence[Line], body: Body) -> list[Draft]:
    """The lines put together as one heading, list item or paragraph each, in reading order."""
    spacing = spacing_of(lines, body)
    dashes = _dash_lists(lines)
    drafts: list[Draft] = []
    between: list[Draft] = []  # what stands in the midst of the last draft, and comes after it
    for line in lines:
        mark = _mark(line, drafts[-1] if drafts else None, dashes, spacing)
        if drafts and not mark:
            if _goes_on(drafts[-1], line, body, spacing):
                drafts[-1].lines.append(line)
                continue
            back = 0 if between else _interrupted(drafts, line, body)
            if back:
                between = drafts[-back:]
                del drafts[-back:]
                drafts[-1].lines.append(line)
                continue
        drafts += between
        between = []
        drafts.append(Draft([line], mark))
    return drafts + between


# -- List marks


def _dash_lists(lines: Sequence[Line]) -> set[tuple[str, int]]:
    """The dashes that open list items: beside others, with later lines set in, or as `_opens_item` tells."""
    seen: Counter[tuple[str, int]] = Counter()
    for at, line in enumerate(lines):
        piece = line.piece
        if piece.text[0] in _DASHES and bullet(piece.text):
            around = [other.piece for other in (*lines[max(at - 1, 0) : at], *lines[at + 1 : at + 2])]
            in_list = any(
                abs(other.left - piece.inner) < 3
                or (other.text[0] == piece.text[0] and bullet(other.text) and abs(other.left - piece.left) < 3)
                for other in around
            )
            seen[piece.text[0], round(_inset(line) / 4)] += 1 if in_list or _opens_item(lines, at) else -1
    return {place for place, times in seen.items() if times > 1}


def _opens_item(lines: Sequence[Line], at: int) -> bool:
    """Whether a dash opens a list item, as the line before and the next word tell: a speech opens with a capital."""
    line, before = lines[at], lines[at - 1] if at else None
    if before is None or opens_list(before.piece.text):
        return before is not None
    begins = line.column != before.column or _is_short(before, line, wide=False)
    return line.piece.text[1:].lstrip()[:1].islower() and (begins or ends_sentence(before.piece.text))


def _mark(line: Line, before: Draft | None, dashes: Collection[tuple[str, int]], spacing: Spacing) -> int:
    """How many characters of a line its list mark takes, 0 for none."""
    piece = line.piece
    sign, after = piece.text[0], piece.text[1:2]
    if sign.isalpha() and not (after.isspace() or after in ".)"):
        return 0
    length = bullet(piece.text)
    if length:
        if piece.text[0] not in _DASHES:
            return length
        place = round(_inset(line) / 4)
        return length if any((piece.text[0], place + off) in dashes for off in (-1, 0, 1)) else 0
    found = _NUMBERED.match(piece.text)
    if found is None or _MONTH.match(piece.text, found.end()):
        return 0
    if before is None:
        return found.end()
    last = before.lines[-1]
    # A number that a line happens to begin with is no mark: «… innen\n2. kvartal».
    apart = last.column != line.column or last.piece.base - piece.base > 1.25 * spacing.leading
    ended = ends_sentence(last.piece.text)
    hangs = before.mark > 0 and abs(before.lines[0].piece.left - piece.left) < 3
    return found.end() if apart or ended or hangs or abs(piece.size - last.piece.size) > 1 else 0


def with_unseen_marks(drafts: Sequence[Draft], body: Body) -> list[Draft]:
    """The drafts; those set in below a lead-in are list items too, their marks being drawn and not written.

    Such an item has the mark -1.
    """
    result: list[Draft] = []
    lead: Draft | None = None
    insets = Counter(round(_inset(line)) for draft in drafts for line in draft.lines if not draft.mark)
    usual = insets.most_common(1)[0][0] if insets else 0
    for draft in drafts:
        first = draft.lines[0]
        set_in = _inset(first) > usual + 0.5 * first.piece.size and _is_body(first, body)
        if draft.mark or lead is None or not set_in:
            lead = None
        else:
            draft = draft._replace(mark=-1)
        text = text_so_far(draft)
        if not draft.mark and not set_in and len(draft.lines) < 3 and (opens_list(text) or text.endswith(" vi")):
            lead = draft
        result.append(draft)
    return result


def with_counted_items(drafts: Sequence[Draft], body: Body) -> list[Draft]:
    """The drafts; those in the body's look that are counted «1.2.3», one after another, are list items."""
    counted = [
        _DECIMALS.match(draft.lines[0].piece.text) if _is_body(draft.lines[0], body) else None for draft in drafts
    ]
    return [
        draft._replace(mark=found.end())
        if found and not draft.mark and any(counted[max(at - 1, 0) : at] + counted[at + 1 : at + 2])
        else draft
        for at, (draft, found) in enumerate(zip(drafts, counted, strict=True))
    ]


def _inset(line: Line) -> float:
    return line.piece.left - line.left_edge


def text_so_far(draft: Draft) -> str:
    """A draft's words as they stand, for telling what it is."""
    return " ".join([line.piece.text.strip() for line in draft.lines])


def opens_list(text: str) -> bool:
    """Whether a list may hang on words: they end in a colon, or in «vil», «skal», «å» and such."""
    lowered = text.lower()
    last = lowered.split()[-1:]
    return lowered.endswith(":") or (len(lowered) < 80 and (last[0] if last else "") in _OPENS_LIST)


# -- What belongs together


def _goes_on(draft: Draft, line: Line, body: Body, spacing: Spacing) -> bool:
    """Whether a line without a mark is the next one of a draft."""
    last, piece = draft.lines[-1], line.piece
    before = last.piece
    broken = _is_broken(before.text)
    if not _looks_alike(draft, line, broken):
        return False
    ended = ends_sentence(before.text)
    lower = piece.text[:1].islower() or (draft.mark > 0 and piece.text[:1].isdecimal())
    if last.column != line.column or before.base <= piece.base:
        return _goes_on_elsewhere(draft, line, body, ended=ended, broken=broken)
    display = piece.size > 1.08 * body.size
    step = before.base - piece.base
    usual = 1.45 * piece.size if display else spacing.leading * max(1.0, piece.size / body.size)
    if step > (1.75 * piece.size if display else 1.32 * usual):
        return False
    if broken or (lower and not ended):
        return True
    if not display and step > 1.12 * usual:
        return False
    if not display and draft.is_capital != piece.text.isupper() and (draft.is_capital or ended):
        return False
    if display or draft.is_capital or draft.weight >= body.weight + HEAVIER:
        return True
    if draft.mark:
        first = draft.lines[0].piece
        hangs = piece.left > first.left + 0.4 * piece.size
        flush = abs(piece.left - before.left) < 2 and (len(draft.lines) > 1 or not ended)
        return (hangs or flush) and not _is_short(last, line, wide=not ended)
    if piece.left - before.left > 0.6 * piece.size and ended:
        return False
    return not _is_short(last, line, wide=not ended and step < 1.06 * usual)


def _goes_on_elsewhere(draft: Draft, line: Line, body: Body, *, ended: bool, broken: bool) -> bool:
    """Whether the first line of a column or page goes on with what the column before it left open."""
    last, piece = draft.lines[-1], line.piece
    if piece.size > 1.08 * body.size:
        # The last words of a title over two columns stand in the first of them.
        step = last.piece.base - piece.base
        alike = abs(piece.size - last.piece.size) < 0.03 * piece.size and piece.weight == last.piece.weight
        return alike and piece.page == last.piece.page and 0 < step < 1.75 * piece.size
    if broken or (not ended and piece.text[:1].islower()):
        return True
    if draft.mark:
        words_at = draft.lines[0].piece.inner - draft.lines[0].left_edge
        hangs = abs(piece.left - line.left_edge - words_at) < 3 and words_at > 0.4 * piece.size
        return hangs and line.left_edge < piece.left - 3 and not _is_short(last, line, wide=not ended)
    return not ended and not _is_short(last, line, wide=False) and draft.weight < body.weight + HEAVIER


def _interrupted(drafts: Sequence[Draft], line: Line, body: Body) -> int:
    """How many drafts of another look stand between a line and the unfinished sentence it goes on with; 0 for none."""
    if not line.piece.text[:1].islower() or not _is_body(line, body):
        return 0
    for back, draft in enumerate(reversed(drafts[-5:])):
        if not _is_body(draft.lines[-1], body):
            continue
        last = draft.lines[-1]
        open_ended = not ends_sentence(last.piece.text) and not _is_short(last, line, wide=True)
        return back if open_ended and last.column != line.column else 0
    return 0


def with_whole_lists(drafts: Sequence[Draft], body: Body) -> list[Draft]:
    """The drafts; small print that stands between two items of a list, a note or a box, comes after the list."""
    result: list[Draft] = []
    waiting: list[Draft] = []
    rest = list(drafts)
    while rest:
        in_list = result and (result[-1].mark or opens_list(text_so_far(result[-1])))
        length = _small_print(result[-1], rest, body) if in_list else 0
        if not length and not rest[0].mark:
            result += waiting
            waiting = []
        (waiting if length else result).extend(rest[: length or 1])
        del rest[: length or 1]
    return result + waiting


def _small_print(item: Draft, rest: Sequence[Draft], body: Body) -> int:
    """How many drafts of small print, a title over it counted, stand between an item and the next."""
    length = next((at for at, draft in enumerate(rest[:8]) if draft.mark), 0)
    if not length or abs(rest[length].size - item.size) > 0.05 * body.size or opens_list(text_so_far(rest[length - 1])):
        return 0
    titled = length > 1 and rest[0].lines[0].column != item.lines[-1].column
    small = all(draft.size < 0.95 * body.size for draft in rest[titled:length])
    return length if small and ends_sentence(text_so_far(rest[length - 1])) else 0


def _is_body(line: Line, body: Body) -> bool:
    piece = line.piece
    return abs(piece.size - body.size) <= 0.05 * body.size and piece.weight < body.weight + HEAVIER


def _looks_alike(draft: Draft, line: Line, broken: bool) -> bool:
    piece, last = line.piece, draft.lines[-1].piece
    if abs(piece.size - last.size) > 0.07 * max(piece.size, last.size):
        return False
    heavier, lighter = max(piece.weight, last.weight), min(piece.weight, last.weight)
    if heavier - lighter < HEAVIER:
        return True
    # Bold words may open a paragraph and fill its first line.
    return broken or (piece.text[:1].islower() and not ends_sentence(last.text))


def _is_short(last: Line, line: Line, *, wide: bool) -> bool:
    """Whether the next line's first word would have had room on the last: then the last ended on purpose.

    `wide` asks for more room than that, for lines that end without a sign.
    """
    piece = line.piece
    first = piece.text.split(" ", 1)[0]
    word = piece.inner - piece.left if piece.inner < piece.right else piece.right - piece.left
    word = min(word, 0.7 * piece.size * (len(first) + 1))
    room = last.right_edge - last.piece.right
    width = last.right_edge - last.left_edge
    return room > word + (max(0.12 * width, 3 * piece.size) if wide else 0.6 * piece.size)


# -- Words


def ends_sentence(text: str) -> bool:
    return text.rstrip(_CLOSING)[-1:] in _ENDINGS and text != ""


def _is_broken(text: str) -> bool:
    """Whether a line ends within a word, or in a suspended compound."""
    return text[-1:] in _HYPHENS and text[-2:-1].isalnum()


def _goes_on_at_once(text: str, words: str) -> bool:
    """Whether a line ends in a dash without a space after it: «Tromsø–|Svalbard», «fangst, -|lagring», «2025–|2029»."""
    if text[-1] in _HYPHENS:
        return text[-2:-1] in ("", " ", "(") and words[:1].islower()
    return text[-1] == "–" and text[-2:-1].isalnum() and words[:1].isalnum()


def text_of(draft: Draft, known: Collection[str], *, parted: bool = True) -> tuple[str, tuple[int, ...]]:
    """A draft's words on one line, and where in it further pages begin; `known` and `parted` as for `unbroken`."""
    parts: list[str] = []  # by page
    pages: list[int] = []
    text, page = "", draft.lines[0].piece.page
    for at, line in enumerate(draft.lines):
        words = line.piece.text[max(draft.mark, 0) :] if not at else line.piece.text
        if words[-1:] in HYPHEN_BREAKS:
            words = words[:-1] + "-"
        if line.piece.page > page:
            # A word that the page's end breaks belongs to the page it ends on.
            cut = text.rfind(" ") + 1 if _is_broken(text) else len(text)
            parts.append(text[:cut])
            text = text[cut:]
            pages.append(line.piece.page - page)
            page = line.piece.page
        if _is_broken(text):
            text = unbroken(text, words, known=known, parted=parted)
        elif not text or text[-1] == "/" or _goes_on_at_once(text, words):
            text += words
        else:
            text += " " + words
    whole, breaks = "", []
    for part, step in zip(parts, pages, strict=True):
        whole = _with(whole, _mended(part))
        breaks += [len(whole) + 1] * step
    return _with(whole, _mended(text)), tuple(breaks)


class Nesting:
    """Which list items hang on the one before: those set further in after one that ends in a colon."""

    def __init__(self, size: float) -> None:
        self.level = 1
        self._step = 0.5 * size
        self._parent: float | None = None  # how far in the item stands that others hang on

    def see(self, draft: Draft, text: str) -> None:
        """The next block; `level` is then its level."""
        line = draft.lines[0]
        inset = line.piece.left - line.left_edge
        hangs = bool(draft.mark) and self._parent is not None and inset > self._parent + self._step
        self.level = 2 if hangs else 1
        if not hangs:
            self._parent = inset if draft.mark and text.endswith(":") else None


def _mended(text: str) -> str:
    return " ".join(text.split()) if _PLAIN.issuperset(text) else mended(text)


def _with(text: str, more: str) -> str:
    return f"{text} {more}" if text and more else text + more


def title_key(draft: Draft) -> str:
    """What a title in a list of contents would be compared by."""
    return letters_of("".join(line.piece.text for line in draft.lines))
