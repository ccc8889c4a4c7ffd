"""A sheet and a width to lines of runs: columns side by side where they fit, below one another where not.

No word is ever cut: text breaks at white space only, and a column is never narrower than its longest
word. Joining the lines of a cell with spaces gives its text back.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from rusq.sheet import NOTE, STRONG, Cell, Line, Run, Sheet, SheetRow

GAP = 3  # blanks between columns
TIGHT = 2  # between columns of figures
INDENT = 2
_BREAKING = " \t\n\r\f\v\u2003\u2009"  # white space that a line may break at: not the no-break space
_WORD = re.compile(rf"[^{_BREAKING}]+")
_BLANKS = {ord("\t"): " ", ord("\n"): " "}  # either would put a column out of line
_NARROW = frozenset("–—‘’“”„•…›→−≈≠─·○")  # signs of one column that are common in texts and in our own output
NARROWEST = 24  # a column of text narrower than this is hard to read


def width_of(text: str) -> int:
    """Columns that `text` takes on a terminal."""
    if text.isascii() or _is_latin(text) or all(sign < "\u0300" or sign in _NARROW for sign in text):
        return len(text)
    from rich.cells import cell_len  # knows wide and combining signs

    return cell_len(text)


def _is_latin(text: str) -> bool:
    """Whether all signs are among the first 256, which are one column each: the quickest way to know."""
    try:
        text.encode("latin-1")
    except UnicodeEncodeError:
        return False
    return True


def lay_out(sheet: Sheet, width: int) -> Iterator[Line]:
    """The lines of a sheet, none wider than `width` unless a single word is."""
    columns = _columns(sheet, width)
    if not columns and sheet.brief is not None:
        yield from lay_out(sheet.brief, width)
        return
    if sheet.title:
        yield from wrap((Run(sheet.title, STRONG),), width)
        yield ()
    draw = _side_by_side if columns else _stacked
    titled = any(row.title for row in sheet.rows)
    apart = not titled and (not columns or _is_prose(sheet))
    group = None
    for number, row in enumerate(sheet.rows):
        if row.group != group or number == 0:
            group = row.group
            yield from _group(sheet, group, columns, width, first=number == 0)
        elif apart or ((titled or row.title) and number):
            yield ()
        if row.title:
            yield from wrap(row.title, width)
        yield from draw(sheet, row, columns or [width])
    for text in sheet.notes:
        yield ()
        yield from wrap((Run(text, NOTE),), width)


def _group(sheet: Sheet, group: str, columns: Sequence[int], width: int, *, first: bool) -> Iterator[Line]:
    """The heading of a group and the heads of the columns."""
    if group:
        if not first:
            yield ()
        yield (Run("── ", NOTE), Run(group.upper(), STRONG), Run(" " + "─" * max(0, width - len(group) - 4), NOTE))
    if sheet.heads and columns and (first or any(row.title for row in sheet.rows)):
        yield from _beside(
            [wrap_cell(head, room) for head, room in zip(sheet.heads, columns, strict=True)], columns, gap_of(sheet)
        )
        yield from _beside([[(Run("─" * room, NOTE),)] for room in columns], columns, gap_of(sheet))
    elif sheet.heads and first and not columns and any(row.title for row in sheet.rows):
        for head in sheet.heads:  # stacked: what each voice rests on, once
            yield from wrap(tuple(run for line in head for run in (*line, Run(" "))), width)
        yield ()


def _is_prose(sheet: Sheet) -> bool:
    """Whether rows are texts of several lines, which want a blank line between them."""
    return (
        bool(sheet.heads)
        and sheet.main is not None
        and any(len(row.cells[sheet.main]) > 1 or len(_flat(row.cells[sheet.main])) > 60 for row in sheet.rows)
    )


def gap_of(sheet: Sheet) -> int:
    """Blanks between the columns: fewer where they hold figures."""
    return TIGHT if sheet.labelled else GAP


def _columns(sheet: Sheet, width: int) -> list[int]:
    """The widths of the columns, or [] where they must be stacked."""
    count = max((len(row.cells) for row in sheet.rows), default=len(sheet.heads))
    if count == 0:
        return []
    gap = gap_of(sheet)
    if sheet.main is None:
        room = (width - gap * (count - 1)) // count
        cells = [cell for row in sheet.rows for cell in row.cells]
        longest = max((_longest(cell) for cell in (*sheet.heads, *cells)), default=0)
        return [room] * count if room >= max(NARROWEST, longest) else []
    needs = [max((_needed(row.cells[at]) for row in sheet.rows), default=0) for at in range(count)]
    for at, head in enumerate(sheet.heads):
        needs[at] = max(needs[at], _needed(head))
    rest = width - gap * (count - 1) - sum(need for at, need in enumerate(needs) if at != sheet.main)
    longest = max(
        (_longest(cells[sheet.main]) for cells in (*(row.cells for row in sheet.rows), sheet.heads) if cells), default=0
    )
    wanted = min(needs[sheet.main], max(NARROWEST + 10, longest))
    if rest < max(wanted, longest):
        return []
    needs[sheet.main] = min(rest, needs[sheet.main])
    return needs


def _needed(cell: Cell) -> int:
    return max((width_of("".join(run.text for run in line)) for line in cell), default=0)


def _longest(cell: Cell) -> int:
    words = [word for line in cell for word in "".join([run.text for run in line]).split()]
    longest = max(map(len, words), default=0)
    return longest if all(map(_is_latin, words)) else max(map(width_of, words), default=0)


def _flat(cell: Cell) -> str:
    return " ".join("".join(run.text for run in line) for line in cell)


def _side_by_side(sheet: Sheet, row: SheetRow, columns: Sequence[int]) -> Iterator[Line]:
    cells = [wrap_cell(cell, room) for cell, room in zip(row.cells, columns, strict=True)]
    yield from _beside(cells, columns, gap_of(sheet))


def _beside(cells: Sequence[Sequence[Line]], columns: Sequence[int], gap: int) -> Iterator[Line]:
    """Wrapped cells next to one another, padded to the widths of their columns."""
    for at in range(max((len(lines) for lines in cells), default=0)):
        runs: list[Run] = []
        room = 0
        for lines, width in zip(cells, columns, strict=True):
            line = lines[at] if at < len(lines) else ()
            if line:
                taken = sum(width_of(run.text) for run in runs)
                runs.append(Run(" " * (room - taken)))
                runs.extend(line)
            room += width + gap
        yield tuple(run for run in runs if run.text)


def _stacked(sheet: Sheet, row: SheetRow, columns: Sequence[int]) -> Iterator[Line]:
    """The cells of a row below one another. With a title, each under its column's head; else the main one last."""
    width = columns[0]
    if sheet.main is not None:
        order = [at for at in range(len(row.cells)) if at != sheet.main]
        lines = [
            ((Run(f"{head_of(sheet, at)} ", NOTE), *line) if sheet.labelled else line)
            for at in order
            for line in row.cells[at]
        ]
        yield from wrap(tuple(_joined(lines)), width)
        yield from _indented(row.cells[sheet.main], width)
        return
    for head, cell in zip(sheet.heads, row.cells, strict=True):
        if not cell:
            continue
        yield from _indented(head[:1], width)
        yield from _indented(cell, width, INDENT * 2)


def head_of(sheet: Sheet, column: int) -> str:
    return "".join(run.text for line in sheet.heads[column][:1] for run in line)


def _joined(lines: Iterable[Line]) -> Iterator[Run]:
    for number, line in enumerate(lines):
        if number:
            yield Run(" · ", NOTE)
        yield from line


def _indented(cell: Cell, width: int, by: int = INDENT) -> Iterator[Line]:
    for line in wrap_cell(cell, max(width - by, 1)):
        yield (Run(" " * by), *line)


def wrap_cell(cell: Cell, width: int) -> list[Line]:
    return [line for part in cell for line in (wrap(part, width) if part else ((),))]


def wrap(line: Line, width: int) -> Iterator[Line]:
    """One line as several of at most `width` columns, broken at white space; white space at a break is dropped."""
    text = "".join([run.text for run in line])
    if not text.isprintable():
        text = text.translate(_BLANKS)
        line = tuple(run._replace(text=run.text.translate(_BLANKS)) for run in line)
    narrow = _is_latin(text)  # a column a character
    if (len(text) if narrow else width_of(text)) <= width:
        if text and not text.isspace():
            yield line
        return
    start, end = 0, 0
    for word in _WORD.finditer(text):
        taken = word.end() - start if narrow else width_of(text[start : word.end()])
        if end and taken > width:
            yield _cut(line, start, end)
            start = word.start()
        end = word.end()
    if end:
        yield _cut(line, start, end)


def _cut(line: Line, start: int, end: int) -> Line:
    """The characters `start` to `end` of a line, with the roles they have."""
    runs, at = [], 0
    for run in line:
        size = len(run.text)
        if at < end and at + size > start:
            runs.append(Run(run.text[max(0, start - at) : end - at], run.role, run.ref))
        at += size
    return tuple(runs)
