"""Pages of a PDF in, pieces of lines out, each with its place and look. Knows pdfium; not columns, blocks or words.

Every question to pdfium about a character costs as much as reading a word, so of each word only the place of
its first letter is asked for, and of each piece how its first and last letters look.
"""

import ctypes
import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache
from itertools import islice, pairwise
from statistics import median
from typing import Any, NamedTuple

from rusq.importing.faces import weight_and_family

# pdfium sets one of these for a hyphen at a line's end, and no line break after it.
HYPHEN_BREAKS = "\ufffe\x02"
_LINE = re.compile(r"[^\r\n\ufffe\x02]+[\ufffe\x02]?")
_WORD = re.compile(r"[^\s\x01]+")
_DIGITS = frozenset("0123456789")
_FIGURE = re.compile(r"[^\W\d_.,;:!?»”)]\d|[.,;:!?»”)]\d")
_NOTE_SIGN = re.compile(r"(?<!\S)\S*?(?:[^\W\d_]|[^\W_][.,;:!?»”)]+)(\d{1,2})(?=[.,;:]*(?:\s|$))")
_UNITS = ("m", "km", "cm", "dm", "mm")

_PICTURES = re.compile("wingding|webding|dingbat")
_GAP = 1.0  # of the size of the letters: more white than this between two words parts them
_RAISED = 0.15
_ASKEW = 0.15
_PATH_OR_IMAGE = (2, 3)  # pdfium's numbers for them
_SMALL = 30.0  # points: nothing that stands in for a letter is larger
_MOST_DRAWN = 300  # on one page: more are a map's
_NAME_LENGTH = ctypes.c_ulong(128)


class Piece(NamedTuple):
    """Words on one line of a page that stand together; the unit is a point, `base` grows upwards.

    `inner` is where the second word begins (`right` for a single word). `weight` is the lighter of the first
    and last letters' weights, 400 for regular.
    """

    text: str
    left: float
    right: float
    base: float
    size: float
    weight: int = 400
    family: str = ""
    inner: float = 0.0
    page: int = 1

    @property
    def top(self) -> float:
        return self.base + 0.7 * self.size


class Sheet(NamedTuple):
    """One page: its pieces in the order of the file, its width and height, and how many pieces ran another way.

    `drawn` are paths and pictures as small as a letter: pieces without words, as large as they are high.
    """

    number: int
    pieces: list[Piece]
    width: float
    height: float
    turned: int = 0
    drawn: tuple[Piece, ...] = ()


class _Look(NamedTuple):
    size: float
    weight: int
    family: str
    turn: int  # quarters anticlockwise; 4 for askew, as a word across the whole page is


class _Word(NamedTuple):
    start: int
    end: int
    x: float
    y: float


def sheet_of(page: Any, number: int) -> Sheet:
    """The pieces of one pypdfium2 page, upright, measured from the page's lower left corner."""
    left, bottom, right, top = page.get_bbox()
    text_page = page.get_textpage()
    try:
        found = list(_Reader(text_page, number).pieces())
    finally:
        text_page.close()
    lengths = [0] * 5
    for piece, turn in found:
        lengths[turn] += len(piece.text)
    way = max(range(4), key=lambda turn: (lengths[turn], -turn))
    width, height = right - left, top - bottom
    # As read when the page is turned so that its text runs from left to right.
    x, y = ((left, bottom), (bottom, -right), (-right, -top), (-top, left))[way]
    if way % 2:
        width, height = height, width
    drawn = list(islice(_drawn(page, way), _MOST_DRAWN))
    upright, small = (
        [
            piece._replace(left=piece.left - x, right=piece.right - x, inner=piece.inner - x, base=piece.base - y)
            if x or y
            else piece
            for piece in pieces
            if x - 1 <= piece.left <= x + width and y - 1 <= piece.base <= y + height
        ]
        for pieces in ((piece for piece, turn in found if turn == way), drawn if len(drawn) < _MOST_DRAWN else ())
    )
    others = sum(turn != way for _, turn in found)
    return Sheet(number, _once(upright), width, height, others, tuple(small))


def _drawn(page: Any, way: int) -> Iterator[Piece]:
    """Paths and pictures of a page that are as small as a letter, turned as its text is."""
    ask, owner = _questions(), ctypes.cast(page.raw, ctypes.c_void_p)
    edges = [ctypes.c_float() for _ in range(4)]
    places = [ctypes.byref(edge) for edge in edges]
    for at in range(ask.count_drawn(owner)):
        drawing = ctypes.c_void_p(ask.drawn(owner, at))
        if ask.kind(drawing) in _PATH_OR_IMAGE and ask.bounds(drawing, *places):
            x, y, x1, y1 = (edge.value for edge in edges)
            (x, y), (x1, y1) = _turned(x, y, way), _turned(x1, y1, way)
            if abs(x1 - x) < _SMALL and abs(y1 - y) < _SMALL:
                yield Piece("", min(x, x1), max(x, x1), min(y, y1), abs(y1 - y))


def _turned(x: float, y: float, quarters: int) -> tuple[float, float]:
    return ((x, y), (y, -x), (-x, -y), (-y, x), (x, y))[quarters] if quarters else (x, y)


def _once(pieces: list[Piece]) -> list[Piece]:
    """The pieces without those drawn a second time at the same place, as shadows are."""
    places: dict[str, list[Piece]] = {}
    once = []
    for piece in pieces:
        others = places.setdefault(piece.text, [])
        near = 0.2 * piece.size
        if not any(
            abs(piece.left - other.left) < near and abs(piece.base - other.base) < near for other in others[-20:]
        ):
            once.append(piece)
        others.append(piece)
    return once


class _Questions(NamedTuple):
    """What is asked of pdfium."""

    text: Any
    unicode: Any
    origin: Any
    box: Any
    matrix: Any
    size: Any
    font: Any
    weight: Any
    count_parts: Any
    part: Any
    count_drawn: Any
    drawn: Any
    kind: Any
    bounds: Any


@cache
def _questions() -> _Questions:
    """pdfium's own functions, called without ctypes' check of each argument, which takes longer than the answer."""
    from pypdfium2 import raw

    def plain(function: Any, answer: Any = ctypes.c_int) -> Any:
        return ctypes.CFUNCTYPE(answer)(ctypes.cast(function, ctypes.c_void_p).value or 0)

    return _Questions(
        text=plain(raw.FPDFText_GetText),
        unicode=plain(raw.FPDFText_GetUnicode, ctypes.c_uint),
        origin=plain(raw.FPDFText_GetCharOrigin),
        box=plain(raw.FPDFText_GetCharBox),
        matrix=plain(raw.FPDFText_GetMatrix),
        size=plain(raw.FPDFText_GetFontSize, ctypes.c_double),
        font=plain(raw.FPDFText_GetFontInfo, ctypes.c_ulong),
        weight=plain(raw.FPDFText_GetFontWeight),
        count_parts=plain(raw.FPDFText_CountRects),
        part=plain(raw.FPDFText_GetRect),
        count_drawn=plain(raw.FPDFPage_CountObjects),
        drawn=plain(raw.FPDFPage_GetObject, ctypes.c_void_p),
        kind=plain(raw.FPDFPageObj_GetType),
        bounds=plain(raw.FPDFPageObj_GetBounds),
    )


class _Reader:
    """Asks pdfium about one page; holds the numbers that it answers into."""

    def __init__(self, text_page: Any, number: int) -> None:
        self.page = ctypes.cast(text_page.raw, ctypes.c_void_p)
        self.number = number
        self.ask = _questions()
        self.x, self.y, self.x1, self.y1 = (ctypes.c_double() for _ in range(4))
        self.at_x, self.at_y = ctypes.byref(self.x), ctypes.byref(self.y)
        self.at_x1, self.at_y1 = ctypes.byref(self.x1), ctypes.byref(self.y1)
        self.matrix = (ctypes.c_float * 6)()
        self.flags = ctypes.byref(ctypes.c_int())
        self.name = ctypes.create_string_buffer(128)
        self.text = self._text(text_page.count_chars())
        self.halves = any(0xD800 <= ord(sign) < 0xE000 for sign in set(self.text))
        self.turn = 0

    def _text(self, count: int) -> str:
        """The page's characters, one for each that pdfium counts: a sign beyond the first 65,536 is two halves."""
        buffer = (ctypes.c_ushort * (2 * count + 2))()
        written = self.ask.text(self.page, 0, count, buffer) - 1 if count else 0
        text = bytes(buffer)[: 2 * max(written, 0)].decode("utf-16-le", "surrogatepass")
        if len(text) == count:
            return text
        return "".join(chr(self.ask.unicode(self.page, at) & 0xFFFF) for at in range(count))

    def pieces(self) -> Iterator[tuple[Piece, int]]:
        """Each piece with the quarters of a turn that its letters stand at."""
        for line in _LINE.finditer(self.text):
            start, end = line.span()
            while start < end and _is_blank(self.text[start]):
                start += 1
            while end > start and _is_blank(self.text[end - 1]):
                end -= 1
            if start == end:
                continue
            self.turn = 0
            look = self._look(start)
            first = self._word(start, end)
            gaps = None if look.turn else self._gaps(first, look.size)
            if gaps is None:
                yield from self._apart_pieces(start, end, look)
            else:
                yield from ((piece, 0) for piece in self._parted(first, gaps, look))

    def _gaps(self, line: _Word, size: float) -> list[float] | None:
        """Where the parts that a line is drawn in begin after a gap; None if they are not all on one line.

        A part is a stretch that pdfium draws in one go: mostly a whole line, so that no word need be looked at.
        """
        parts = self.ask.count_parts(self.page, line.start, line.end - line.start)
        gaps: list[tuple[float, float]] = []  # how wide, and where the next part begins
        reach = line.x
        for at in range(parts) if parts != 1 else ():
            self.ask.part(self.page, at, self.at_x, self.at_y1, self.at_x1, self.at_y)
            left, right = self.x.value, self.x1.value
            bottom, top = (self.y.value - line.y) / size, (self.y1.value - line.y) / size
            raised = bottom > 0.25 and top > 0.6
            if left - reach < -0.5 * size or bottom < -0.4 or top > 1.2 or top < 0.1 or raised:
                return None
            if at and left > reach:
                gaps.append((left - reach, left))
            reach = max(reach, right)
        if not gaps or max(gaps)[0] <= _GAP * size:
            return [] if parts > 0 else None
        # In a line stretched to fill a narrow column, all gaps are wide.
        usual = median(width for width, _ in gaps) if len(gaps) > 3 else 0.0
        return [left for width, left in gaps if width > max(_GAP * size, 1.8 * usual)]

    def _parted(self, line: _Word, gaps: list[float], look: _Look) -> Iterator[Piece]:
        """The pieces of a line that begin at its beginning and after each gap."""
        if not gaps:
            yield self._piece(line, line.end, look)
            return
        words = [found.span() for found in _WORD.finditer(self.text, line.start, line.end)]
        first, at = line, 0
        for gap in gaps:
            begins = gap - 0.5 * _GAP * look.size
            after = at + 1
            if after < len(words) and self._word(*words[after]).x < begins:
                after = bisect_left(words, begins, after + 1, key=lambda span: self._word(*span).x)
            if after == len(words):
                break
            if after > at:
                yield self._piece(first, words[after - 1][1], look)
            at = after
            first = self._word(words[at][0], line.end)
            look = self._look(first.start)
        yield self._piece(first, line.end, look)

    def _apart_pieces(self, start: int, end: int, look: _Look | None) -> Iterator[tuple[Piece, int]]:
        """The pieces of a line, told by the places of its words."""
        first = before = None
        for found in _WORD.finditer(self.text, start, end):
            word = self._word(found.start(), found.end())
            if first is not None and before is not None and look is not None and self._apart(before, word, look.size):
                yield self._piece(first, before.end, look), look.turn
                first = look = None
            if first is None:
                look = look or self._look(word.start)
                if look.turn != self.turn:
                    self.turn = look.turn
                    word = self._word(word.start, word.end)
                first = word
            before = word
        if first is not None and before is not None and look is not None:
            yield self._piece(first, before.end, look), look.turn

    def _word(self, start: int, end: int) -> _Word:
        self.ask.origin(self.page, start, self.at_x, self.at_y)
        return _Word(start, end, *_turned(self.x.value, self.y.value, self.turn))

    def _apart(self, before: _Word, word: _Word, size: float) -> bool:
        """Whether two words next to each other in the file are so on the page."""
        step = word.x - before.x
        if abs(word.y - before.y) > 0.3 * size or step < 0.1 * size:
            return True
        # Only a step that no word of that length could take is worth measuring.
        return step > (0.36 * (before.end - before.start) + _GAP) * size and (
            word.x - self._edges(before.end - 1)[1] > _GAP * size
        )

    def _edges(self, at: int) -> tuple[float, float]:
        """Where a character's ink begins and ends."""
        self.ask.box(self.page, at, self.at_x, self.at_x1, self.at_y, self.at_y1)
        first = _turned(self.x.value, self.y.value, self.turn)[0]
        last = _turned(self.x1.value, self.y1.value, self.turn)[0]
        return min(first, last), max(first, last)

    def _look(self, at: int) -> _Look:
        self.ask.matrix(self.page, at, self.matrix)
        a, b, c, d, _, _ = self.matrix
        turn = 0 if a > abs(b) else 2 if -a > abs(b) else 1 if b > 0 else 3
        if min(abs(a), abs(b)) > _ASKEW * max(abs(a), abs(b)):
            turn = 4
        size = abs(self.ask.size(self.page, at)) * ((c * c + d * d) ** 0.5 or 1.0)
        weight, family = self._font(at)
        return _Look(size or 1.0, weight, family, turn)

    def _font(self, at: int) -> tuple[int, str]:
        """A character's weight and its font's family."""
        length = self.ask.font(self.page, at, self.name, _NAME_LENGTH, self.flags)
        name = self.name.value if 0 < length <= 128 else b""
        return weight_and_family(name) or (max(self.ask.weight(self.page, at), 0) or 400, "")

    def _piece(self, first: _Word, end: int, look: _Look) -> Piece:
        """The characters from the beginning of `first` to `end` as one piece."""
        text = self.text[first.start : end].replace("\x01", " ")
        words = text.split()
        last = end - 1 if text[-1] not in HYPHEN_BREAKS or len(text) < 2 else end - 2
        right = inner = self._edges(last)[1]
        if len(words[0]) == 1 and words[0].isalnum() and _PICTURES.search(look.family):
            words[0] = "•"  # a picture font has its marks in the places of letters
        if len(words) > 1:
            second = first.start + text.index(words[1], len(words[0]))
            inner = self._word(second, end).x
            if len(words[0]) <= 3 and not words[0][-1].isalnum():
                look = self._look(second)  # a list mark is set in a font and a size of its own
        weight, family = look.weight, look.family
        if weight >= 500 or family.endswith(" italic"):
            last_weight, last_family = self._font(last)
            weight = min(weight, last_weight)
            family = family if last_family.endswith(" italic") else family.removesuffix(" italic")
        whole = self._words(text, words, first, look.size)
        return Piece(whole, first.x, right, first.y, look.size, weight, family, inner, self.number)

    def _words(self, text: str, words: list[str], first: _Word, size: float) -> str:
        """The text with plain spaces, without figures that refer to notes and without space between letters."""
        if len(words) > 2 and sum(map(len, words)) < 2 * len(words):
            letters = [first.start + at for at, sign in enumerate(text) if not sign.isspace()]
            if sum(len(word) == 1 and word.isalpha() for word in words) * 2 > len(words):
                return self._respaced(letters, size)
        has_notes = not _DIGITS.isdisjoint(text) and _FIGURE.search(text)
        for found in _NOTE_SIGN.finditer(text) if has_notes else ():
            sign, at = found.span(1)
            if text[found.start() : sign] not in _UNITS and self._is_raised(first, first.start + sign, size):
                at_word = len(text[:sign].split()) - 1
                words[at_word] = words[at_word].replace(text[sign:at], "", 1)
        return _paired(" ".join(words)) if self.halves else " ".join(words)

    def _is_raised(self, first: _Word, at: int, size: float) -> bool:
        return self._word(at, at + 1).y - first.y > _RAISED * size

    def _respaced(self, letters: list[int], size: float) -> str:
        """Words set with space between their letters; the wider gaps are those between words."""
        edges = [self._edges(at) for at in letters]
        gaps = [after[0] - before[1] for before, after in pairwise(edges)]
        usual = median(gaps)
        text = self.text[letters[0]]
        for at, gap in zip(letters[1:], gaps, strict=True):
            text += (" " if gap > usual + 0.14 * size else "") + self.text[at]
        return text


def _is_blank(sign: str) -> bool:
    return sign == "\x01" or sign.isspace()


def _paired(text: str) -> str:
    """The text with halves of one sign put together."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
