"""A sheet of short cells, such as the map, to a picture for a report: rows down, voices across, a plate in each cell.

Widths are reckoned from the letters, on the generous side, since the font that will be used is not known here.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import groupby
from math import ceil
from typing import NamedTuple
from unicodedata import combining, east_asian_width

from rusq.harmless import harmless
from rusq.sheet import AGAINST, FOR, NOTE, QUALIFIED, SILENCE, STRONG, Cell, Line, Run, Sheet
from rusq.wording import Wording

_FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Liberation Sans', Arial, sans-serif"
_TEXT, _SMALL, _TITLE = 13, 11, 20  # font sizes
_MARGIN, _GAP = 24, 10
_FIRST = 420  # the first column is wrapped at this width
_ROOM = 150  # and the plates at this
_NARROWEST = 480
_BETWEEN = 4  # plates below one another

# Contrast: ink on paper 17.0, on band 15.3; soft on paper 6.8, on band 6.1; paper on green 8.3; red on rose 6.7;
# brown on cream 7.9. Never colour alone: each plate has its sign and word, and the kinds differ in outline.
_PAPER, _INK, _SOFT, _BAND, _LINE = "#ffffff", "#1b1c20", "#565b66", "#f2f3f6", "#d3d7de"


class _Look(NamedTuple):
    """How a plate is drawn, as attributes: SVG readers outside browsers know no style sheets."""

    ink: str
    fill: str
    outline: str = ""
    weight: str = "400"


_LOOKS = {
    FOR: _Look(_PAPER, "#00594f", 'stroke="#00594f" stroke-width="2"', "600"),
    AGAINST: _Look("#a3200f", "#fdeeec", 'stroke="#a3200f" stroke-width="2"', "600"),
    QUALIFIED: _Look("#6b4500", "#fff6df", 'stroke="#6b4500" stroke-width="2" stroke-dasharray="5 3"', "600"),
    SILENCE: _Look(_SOFT, _PAPER, 'stroke="#8a909c" stroke-width="1" stroke-dasharray="1 3"'),
    "": _Look(_INK, _BAND),
}
_SCALE = {STRONG: 1.1, NOTE: _SMALL / _TEXT, SILENCE: _SMALL / _TEXT}
_WORDS = {FOR: "for", AGAINST: "against", QUALIFIED: "with reservations", SILENCE: "silent"}

Word = list[tuple[str, str]]  # what stands between blanks, in parts of one role


class _Plate(NamedTuple):
    """What one line of a cell becomes: words on a rectangle, wrapped."""

    role: str
    lines: list[list[Word]]

    @property
    def width(self) -> int:
        return _widest(self.lines, _TEXT) + 16

    @property
    def height(self) -> int:
        return 16 * len(self.lines) + 4


class _Row(NamedTuple):
    """A row measured: its first cell wrapped, and the plates of the others."""

    group: str
    label: list[list[Word]]
    plates: list[list[_Plate]]

    @property
    def height(self) -> int:
        stacks = [sum(plate.height + _BETWEEN for plate in stack) for stack in self.plates]
        return max([16 * len(self.label) + 4, *stacks, 20]) + 4


def to_svg(sheet: Sheet, *, language: str = "en") -> str:
    """The picture as one SVG document that refers to nothing outside; `language` is that of its own words."""
    say = Wording(language)
    titled = any(row.title for row in sheet.rows)
    heads: list[Cell] = [*([()] if titled else []), *sheet.heads]
    rows = []
    for row in sheet.rows:
        label, *cells = ((row.title,), *row.cells) if titled else row.cells
        rows.append(_Row(row.group, _wrapped(label, _FIRST), [_plates(cell, say) for cell in cells]))
    return _Picture(sheet, heads, rows, language, say).drawn()


class _Picture:
    """A pen that moves down the page."""

    def __init__(self, sheet: Sheet, heads: list[Cell], rows: list[_Row], language: str, say: Wording) -> None:
        self.sheet, self.heads, self.rows = sheet, heads, rows
        self.language, self.say = language, say
        self.count = max((len(row.plates) for row in rows), default=len(heads) - 1)
        words = [_wrapped(head, _ROOM // 2) for head in heads[1:]]
        plates = [plate.width for row in rows for stack in row.plates for plate in stack]
        self.column = max([*plates, *(_widest(lines, _TEXT) + 16 for lines in words), 60])
        across = self.count * (self.column + _GAP)
        labels = [_widest(row.label, _TEXT) for row in rows]
        groups = [_longest(row.group, _TEXT) for row in rows]
        below = [_longest(note, _SMALL) for note in sheet.notes]
        whole = max([_longest(sheet.title, _TITLE), *below, _NARROWEST])
        self.first = max([*labels, *groups, whole - across])
        self.width = self.first + across + 2 * _MARGIN
        self.at = _MARGIN
        self.parts: list[str] = []

    def drawn(self) -> str:
        if self.sheet.title:
            self._paragraph(self.sheet.title, _TITLE, _INK, "700")
            self.at += 8
        for number, (group, rows) in enumerate(groupby(self.rows, key=lambda row: row.group)):
            self._band(group, first=number == 0)
            for row in rows:
                self._row(row)
            self.at += 8
        for note in self.sheet.notes:
            self._paragraph(note, _SMALL, _SOFT)
            self.at += 4
        return self._document(self.at + _MARGIN - 4)

    def _document(self, height: int) -> str:
        title = _text(self.sheet.title or "rusq")
        return "\n".join(
            (
                f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self.width} {height}" width="{self.width}"'
                f' height="{height}" role="img" aria-labelledby="rusq-title rusq-desc" lang="{_text(self.language)}"'
                f' xml:lang="{_text(self.language)}" font-family="{_text(_FONT)}" font-size="{_TEXT}" fill="{_INK}">',
                f'<title id="rusq-title">{title}</title>',
                f'<desc id="rusq-desc">{_text(" ".join(self._described()))}</desc>',
                f'<rect width="{self.width}" height="{height}" fill="{_PAPER}"/>',
                *self.parts,
                "</svg>\n",
            )
        )

    def _described(self) -> Iterator[str]:
        """What the picture shows, for those who cannot see it: its extent, its columns, its notes."""
        names = ", ".join(_said(head[:1]) for head in self.heads[1:])
        yield self.say("A table of {rows} rows and {columns} columns.", rows=len(self.rows), columns=self.count)
        if names:
            yield f"{names}."
        yield from self.sheet.notes

    def _band(self, group: str, *, first: bool) -> None:
        """The name of a group and the heads of the columns, whole the first time, then the names alone."""
        heads = [_wrapped(head if first else head[:1], self.column - 8) for head in self.heads]
        name = _wrapped(((Run(group, STRONG),),), self.first) if group else heads[0] if heads else []
        lines = max([len(name), *(len(head) for head in heads[1:])], default=0)
        if not lines:
            return
        height = 16 * lines + 8
        self.parts.append(
            f'<rect x="{_MARGIN - 8}" y="{self.at}" width="{self.width - 2 * _MARGIN + 16}" height="{height}"'
            f' rx="4" fill="{_BAND}"/>'
        )
        for column, head in enumerate([name, *heads[1:]]):
            top = self.at + 4 + 16 * (lines - len(head))
            self._lines(head, self._x(column) + (8 if column else 0), top, 16)
        self.at += height + 4

    def _row(self, row: _Row) -> None:
        self._lines(row.label, _MARGIN, self.at + 2, 16)
        for column, stack in enumerate(row.plates, start=1):
            top = self.at
            for plate in stack:
                self._plate(plate, self._x(column), top)
                top += plate.height + _BETWEEN
        self.at += row.height
        self.parts.append(
            f'<path d="M{_MARGIN} {self.at - 2.5}H{self.width - _MARGIN}" stroke="{_LINE}" stroke-width="1"/>'
        )

    def _plate(self, plate: _Plate, left: int, top: int) -> None:
        look = _LOOKS.get(plate.role)
        if look is not None:
            self.parts.append(
                f'<rect x="{left}" y="{top}" width="{self.column}" height="{plate.height}" rx="4"'
                f' fill="{look.fill}" {look.outline}/>'
            )
        look = look or _Look(_SOFT, _PAPER)
        self._lines(plate.lines, left + 8, top + 2, 16, ink=look.ink, weight=look.weight)

    def _x(self, column: int) -> int:
        return _MARGIN + (self.first + _GAP + (column - 1) * (self.column + _GAP) if column else 0)

    def _paragraph(self, text: str, size: int, ink: str, weight: str = "400") -> None:
        lines = _wrapped(((Run(text, STRONG),),), self.width - 2 * _MARGIN, size)
        self._lines(lines, _MARGIN, self.at, size + 4, size=size, ink=ink, weight=weight)
        self.at += (size + 4) * len(lines)

    def _lines(
        self,
        lines: Iterable[list[Word]],
        left: int,
        top: int,
        leading: int,
        *,
        size: int = _TEXT,
        ink: str = "",
        weight: str = "400",
    ) -> None:
        """Lines of text below `top`; with an `ink` of one look, without one each part as its role asks."""
        for number, line in enumerate(lines):
            if not line:
                continue
            baseline = top + leading * number + size - 1
            look = f' fill="{ink}" font-weight="{weight}"' if ink else ""
            spans = _text(_spoken(line)) if ink else "".join(_span(role, text) for role, text in _by_role(line))
            self.parts.append(
                f'<text x="{left}" y="{baseline}" font-size="{size}"{look} xml:space="preserve">{spans}</text>'
            )


def _plates(cell: Cell, say: Wording) -> list[_Plate]:
    """The lines of a cell as plates, a new one also where a line turns to another stance."""
    plates = []
    for line in cell:
        for role, runs in _cut(line):
            text = _worded(role, runs, say)
            if text:
                plates.append(_Plate(role, _wrapped(((Run(text, STRONG if role in _WORDS else ""),),), _ROOM)))
    return plates


def _cut(line: Line) -> Iterator[tuple[str, list[Run]]]:
    piece: list[Run] = []
    role = ""
    for run in line:
        if run.role in _WORDS and role and run.role != role:
            yield role, piece
            piece, role = [], ""
        role = role or (run.role if run.role in _WORDS else "")
        piece.append(run)
    if piece:
        yield role or (NOTE if all(run.role == NOTE for run in piece) else ""), piece


def _worded(role: str, runs: Sequence[Run], say: Wording) -> str:
    """The text of a plate: sign and word apart, and a word where there was only a sign."""
    said = ""
    for kind, same in groupby(runs, key=lambda run: run.role):
        texts = [harmless(run.text) for run in same]
        text = "".join(texts)
        if kind == role and kind in _WORDS:
            if not any(character.isalnum() for character in text):
                text = f"{text} {say(_WORDS[kind])}"
            elif not any(character.isalnum() for character in texts[0]):
                text = " ".join((texts[0], *texts[1:2])) + "".join(texts[2:])
        said += text
    return said.strip()


def _said(cell: Cell) -> str:
    return " ".join("".join(run.text for run in line) for line in cell).strip()


def _wrapped(cell: Cell, room: int, size: int = _TEXT) -> list[list[Word]]:
    """The lines of a cell, broken at blanks to fit `room`; a word alone may be wider."""
    lines: list[list[Word]] = []
    for line in cell:
        row: list[Word] = []
        for word in _words(line):
            if row and _width([*row, word], size) > room:
                lines.append(row)
                row = []
            row.append(word)
        if row:
            lines.append(row)
    return lines


def _words(line: Line) -> list[Word]:
    words: list[Word] = []
    apart = True
    for run in line:
        for piece in re.findall(r"\s+|\S+", harmless(run.text)):
            if piece.isspace():
                apart = True
            elif apart:
                words.append([(piece, run.role)])
                apart = False
            else:
                words[-1].append((piece, run.role))
    return words


def _widest(lines: Iterable[list[Word]], size: int) -> int:
    return max((_width(line, size) for line in lines), default=0)


def _longest(text: str, size: int) -> int:
    """The width of the longest word of a heading or a note."""
    return _widest([[word] for word in _words((Run(text, STRONG),))], size)


def _width(line: Sequence[Word], size: int) -> int:
    """About the width of a line in pixels, rather too much than too little."""
    letters = sum(_letter(c) * _SCALE.get(role, 1) for word in line for text, role in word for c in text)
    return ceil(size * (letters + 0.36 * (len(line) - 1)))


def _letter(character: str) -> float:
    """The width of a character in ems, about that of DejaVu Sans, the widest of the usual fonts."""
    if combining(character):
        return 0
    if east_asian_width(character) in "WF":
        return 1.1
    if character in "mwMWÆŒæœ@%—…":
        return 1.02
    return 0.86 if character.isupper() or not character.isalnum() else 0.62


def _spoken(line: Sequence[Word]) -> str:
    return " ".join("".join(text for text, _ in word) for word in line)


def _by_role(line: Sequence[Word]) -> Iterator[tuple[str, str]]:
    """Neighbours of one role as one text, the blank between two words with the first."""
    parts = []
    for number, word in enumerate(line):
        parts += [(role, text) for text, role in word]
        if number + 1 < len(line):
            parts.append((parts[-1][0], " "))
    for role, same in groupby(parts, key=lambda part: part[0]):
        yield role, "".join(text for _, text in same)


def _span(role: str, text: str) -> str:
    if role == STRONG:
        return f'<tspan font-weight="600">{_text(text)}</tspan>'
    if role in (NOTE, SILENCE):
        return f'<tspan fill="{_SOFT}" font-size="{_SMALL}">{_text(text)}</tspan>'
    return _text(text)


def _text(text: str) -> str:
    """Escaped, and without what no XML may hold."""
    return re.sub("[\ud800-\udfff\ufffe\uffff]", "\ufffd", escape(harmless(text)))
