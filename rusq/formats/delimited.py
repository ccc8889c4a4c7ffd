"""A long table to CSV (RFC 4180) and TSV. A cell never runs as a formula, and never holds a control character."""

from __future__ import annotations

from collections.abc import Iterator

from rusq.grid import Grid, Value
from rusq.harmless import harmless

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_QUOTED = ('"', ",", "\r", "\n")
_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def csv_lines(grid: Grid) -> Iterator[str]:
    """Row by row: comma separated, CRLF, quoted where needed; line breaks in a cell are kept."""
    yield ",".join(grid.columns) + "\r\n"
    for row in grid.rows:
        yield ",".join([_quoted(_text(value)) for value in row]) + "\r\n"


def tsv_lines(grid: Grid) -> Iterator[str]:
    r"""Row by row: tab separated; tab, line break and backslash stand as \t, \n and \\ (as in PostgreSQL's COPY)."""
    yield "\t".join(grid.columns) + "\n"
    for row in grid.rows:
        yield "\t".join([_text(value).translate(_ESCAPES) for value in row]) + "\n"


def _text(value: Value) -> str:
    """The cell's text. One that a spreadsheet would take for a formula gets an apostrophe before it."""
    if value is None:
        return ""
    if not isinstance(value, str):
        return str(value)
    value = harmless(value)
    return "'" + value if value.startswith(_FORMULA) else value


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if any(sign in text for sign in _QUOTED) else text
