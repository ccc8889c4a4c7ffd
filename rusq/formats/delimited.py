"""A long table to CSV (RFC 4180) and TSV. A cell never runs as a formula, and never holds a control character."""

from __future__ import annotations

from rusq.grid import Grid, Value
from rusq.harmless import harmless

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_QUOTED = ('"', ",", "\r", "\n")
_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def to_csv(grid: Grid) -> str:
    """Comma separated, CRLF, quoted where needed; line breaks in a cell are kept."""
    lines = [",".join(grid.columns)]
    for row in grid.rows:
        lines.append(",".join(_quoted(_text(value)) for value in row))
    return "\r\n".join(lines) + "\r\n"


def to_tsv(grid: Grid) -> str:
    r"""Tab separated; tab, line break and backslash in a cell stand as \t, \n and \\ (as in PostgreSQL's COPY)."""
    lines = ["\t".join(grid.columns)]
    for row in grid.rows:
        lines.append("\t".join(_text(value).translate(_ESCAPES) for value in row))
    return "\n".join(lines) + "\n"


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
