"""A sheet to Markdown tables (GitHub's), one for each group; a document's words never become markup."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rusq.harmless import harmless
from rusq.sheet import MATCH, NOTE, SILENCE, STRONG, Cell, Line, Run, Sheet, SheetRow

_MARKUP = re.compile(r"([\\`*_\[\]<>|~#&])")
_LISTING = re.compile(r"^(\s*)([-+]|\d+[.)])(?=\s)")


def to_markdown(sheet: Sheet) -> str:
    """Title, tables and notes. Rows with titles have them as a first column."""
    blocks = [f"# {_escaped(sheet.title)}"] if sheet.title else []
    group: str | None = None
    table: list[SheetRow] = []
    for row in sheet.rows:
        if table and row.group != group:
            blocks.extend(_block(sheet, group, table))
            table = []
        group = row.group
        table.append(row)
    if table:
        blocks.extend(_block(sheet, group, table))
    blocks.extend(_escaped(note) for note in sheet.notes)
    return "\n\n".join(blocks) + "\n"


def _block(sheet: Sheet, group: str | None, rows: list[SheetRow]) -> Iterator[str]:
    if group:
        yield f"## {_escaped(group)}"
    titled = any(row.title for row in rows)
    heads = [_cell(head) for head in sheet.heads] or [""] * len(rows[0].cells)
    lines = [_row([""] * titled + heads), "|" + " --- |" * (len(heads) + titled)]
    for row in rows:
        cells = [_cell((row.title,))] if titled else []
        lines.append(_row(cells + [_cell(cell) for cell in row.cells]))
    yield "\n".join(lines)


def _row(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _cell(cell: Cell) -> str:
    return "<br>".join(_line(line) for line in cell)


def _line(line: Line) -> str:
    return "".join(_run(run) for run in line).strip()


def _run(run: Run) -> str:
    text = _escaped(run.text)
    bare = text.strip()
    if not bare:
        return text
    before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    if run.role in (MATCH, STRONG):
        return f"{before}**{bare}**{after}"
    if run.role in (NOTE, SILENCE):
        return f"{before}<small>{bare}</small>{after}"
    return text


def _escaped(text: str) -> str:
    text = _MARKUP.sub(r"\\\1", harmless(text.replace("\r\n", "\n"))).replace("\n", "<br>")
    return _LISTING.sub(lambda found: f"{found[1]}{found[2][:-1]}\\{found[2][-1]}", text)
