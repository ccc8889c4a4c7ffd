"""The text of a table to its records, each with the line it begins on. Knows delimiters, quotes and JSON; no meanings.

Python's own csv module takes the quotes out of «"Ja" sa han», and reads on to the end of the file where a
quote is never closed: a cell is quoted here only if its quote closes right before a delimiter.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from rusq.errors import RusqError
from rusq.model import Problem

_DELIMITERS = ";\t,|"
_NONE = "\0"  # the delimiter of a table of one column: what no text holds
_SAMPLE = 65_536
_TABULAR = 0.6  # of the rows below a title have equally many cells
LONGEST = 1_000_000  # characters of a line: more is no row, and what is beyond it is not looked at
_MOST_LINES = 500  # of one cell
_DEEPEST = 4


class Record(NamedTuple):
    """The cells of a row as they are written, quotes taken off, and the 1-based line it begins on."""

    line: int
    cells: list[str]


class Cells(NamedTuple):
    """A table's records and the lines that are none; `head` are names known to be such, () where it may have some."""

    records: list[Record]
    problems: list[Problem]
    head: tuple[str, ...] = ()
    delimiter: str = ""


def read_cells(text: str, name: str) -> Cells:
    """The records of a table called `name`: of JSON Lines if it is that, else of delimited text."""
    first = text[:LONGEST].lstrip()[:1]
    if name.lower().endswith((".jsonl", ".ndjson")) or first == "{":
        return _json_cells(text, name)
    delimiter, start = delimiter_of(text, name)
    records: list[Record] = []
    problems: list[Problem] = []
    for found in delimited_records(text, delimiter, name):
        if isinstance(found, Problem):
            problems.append(found)
        elif found.line >= start:
            records.append(found)
    if problems and (not records or problems[0].line < records[0].line):
        raise RusqError(f"{problems[0]}; a table is expected to begin with the names of its columns")
    return Cells(records, problems, delimiter=delimiter)


# -- Delimited text


def delimiter_of(text: str, name: str) -> tuple[str, int]:
    """What parts the cells, and the line on which the table begins.

    The sign that gives most rows equally many cells, if the first has several too; a title may stand above them, but
    commas are in texts of one column as well. A sign that a line `sep=;` names goes before.
    """
    said = re.match(r"\"?sep=([;,\t|])\"?[ ;,]*\n", text)
    if said:
        return said[1], 2
    sample = text[:_SAMPLE]
    best, most = _NONE, 0.0
    for sign in _DELIMITERS:
        widths = [len(r.cells) for r in delimited_records(sample, sign, name) if isinstance(r, Record)][:100]
        several = Counter(width for width in widths if width > 1)
        share = max(several.values()) / len(widths) if several else 0.0
        if share and (widths[0] > 1 or (sign != "," and share > _TABULAR)):
            share += sign == "\t" and name.lower().endswith((".tsv", ".tab"))
            if share > most:
                best, most = sign, share
    return best, 1


def delimited_records(text: str, delimiter: str, name: str) -> Iterator[Record | Problem]:
    """The records of delimited text; blank lines are none. A line that is too long is a problem."""
    pattern = re.compile(rf' *"((?:[^"]|"")*+)" *(?={re.escape(delimiter)}|\Z)|([^{re.escape(delimiter)}]*)')
    lines = text.split("\n")
    at = 0
    while at < len(lines):
        line, taken = lines[at], 1
        if len(line) > LONGEST:
            yield Problem(name, at + 1, f"a line of {len(line)} characters is no row of a table")
        elif line and not line.isspace():
            cells = line.split(delimiter)
            if '"' in line:
                cells, taken = _quoted(lines, at, delimiter, pattern)
            yield Record(at + 1, cells)
        at += taken


def _quoted(lines: list[str], at: int, delimiter: str, pattern: re.Pattern[str]) -> tuple[list[str], int]:
    """The cells of the record that begins at `lines[at]`, and how many lines it takes.

    A quote that is open at the end of the line is closed by one on a later line, or is a stray one.
    """
    literal = lines[at].split(delimiter)
    odd = lines[at].count('"') % 2 == 1 and any(cell.lstrip(" ").startswith('"') for cell in literal)
    taken, size = 1, len(lines[at])
    if odd:
        while odd and at + taken < len(lines) and taken < _MOST_LINES and size < LONGEST:
            odd = odd != (lines[at + taken].count('"') % 2 == 1)
            size += len(lines[at + taken])
            taken += 1
        joined = None if odd else _unquoted("\n".join(lines[at : at + taken]), pattern)
        if joined is not None:
            return joined, taken
    return _unquoted(lines[at], pattern) or literal, 1


def _unquoted(record: str, pattern: re.Pattern[str]) -> list[str] | None:
    """The cells of a record; None if it breaks a line outside quotes."""
    cells: list[str] = []
    at = 0
    while True:
        found = pattern.match(record, at)
        if found is None:
            return None
        quoted, bare = found[1], found[2]
        if quoted is None and "\n" in bare:
            return None
        cells.append(bare if quoted is None else quoted.replace('""', '"'))
        at = found.end() + 1
        if at > len(record):
            return cells


def filled(cells: list[str]) -> list[str]:
    """The cells up to the last one that holds anything."""
    return cells[: next((at for at in range(len(cells), 0, -1) if cells[at - 1].strip()), 0)]


# -- JSON Lines


def _json_cells(text: str, name: str) -> Cells:
    found: list[tuple[int, dict[str, str]]] = []
    problems: list[Problem] = []
    head: dict[str, None] = {}
    for number, line in enumerate(text.split("\n"), 1):
        if not line or line.isspace():
            continue
        if len(line) > LONGEST:
            problems.append(Problem(name, number, f"a line of {len(line)} characters is no row of a table"))
            continue
        try:
            value = json.loads(line)
        except (ValueError, RecursionError) as error:
            what = getattr(error, "msg", "") or "nested too deeply, or a number that is too long"
            problems.append(Problem(name, number, f"not JSON: {what}"))
            continue
        if not isinstance(value, dict):
            problems.append(Problem(name, number, "a JSON value, but not an object with a name for each value"))
            continue
        cells = dict(_flat(value))
        found.append((number, cells))
        head.update(dict.fromkeys(cells))
    if not found:
        raise RusqError(f"{problems[0] if problems else name}: no line is a JSON object with a name for each value")
    names = tuple(head)
    records = [Record(number, [cells.get(key, "") for key in names]) for number, cells in found]
    return Cells(records, problems, names)


def _flat(value: Mapping[str, object], prefix: str = "", depth: int = 0) -> Iterator[tuple[str, str]]:
    """The values of an object as text, those of an object within it under «outer.inner»; a list is one text."""
    for key, inner in value.items():
        if isinstance(inner, dict) and depth < _DEEPEST:
            yield from _flat(inner, f"{prefix}{key}.", depth + 1)
        elif isinstance(inner, list):
            yield prefix + key, ", ".join(_text(one) for one in inner if not isinstance(one, dict | list))
        elif not isinstance(inner, dict):
            yield prefix + key, _text(inner)


def _text(value: object) -> str:
    if value is None or isinstance(value, bool):
        return "" if value is None else str(value).lower()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
