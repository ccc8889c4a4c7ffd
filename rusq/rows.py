"""A table of statements as a corpus keeps it: rows to text, and the text to the statements of its sources.

The kept text is plain: the names of the columns, then a statement a line, cells parted by tabs, nothing quoted
and nothing escaped. People can read and mend it, and a million rows are read in seconds.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter
from typing import NamedTuple

from rusq.model import BULLET, Problem, Source, Statement
from rusq.parse import Parsed

COLUMNS = ("actor", "date", "page", "section", "lead_in", "speaker", "text")
_NEEDED = ("actor", "text")

# Tabs and line breaks are layout and become a space; what else a terminal might obey is no letter, and goes.
_CONTROLS = dict.fromkeys(
    [*range(0x20), *range(0x7F, 0xA0), 0x61C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF]
)
_HALVES = re.compile("[\ud800-\udfff]")
_DATE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")


class Row(NamedTuple):
    """One statement of a table. `actor` is an id; `date` is "", a year, or an ISO date."""

    actor: str
    text: str
    date: str = ""
    page: int | None = None
    section: str = ""
    lead_in: str = ""
    speaker: str = ""


class Placed(NamedTuple):
    """A row where it stands: its 1-based line, and the `start` and `end` of its text in the kept text."""

    row: Row
    line: int
    start: int
    end: int


class ParsedRows(NamedTuple):
    """The statements of each source by its id, and the rows that are none."""

    documents: dict[str, Parsed]
    problems: tuple[Problem, ...]


def cell(text: str) -> str:
    """`text` as a cell holds it: single spaces, nothing around it, no control character, no half of a letter."""
    if not text.isprintable():
        text = _HALVES.sub("\ufffd", " ".join(text.split()).translate(_CONTROLS))
    return " ".join(text.split())


def kept_rows(rows: Iterable[Row]) -> str:
    """The rows as the text that a corpus keeps; columns that no row fills are left out.

    `read_rows` reads the same rows back, their cells made plain by `cell`.
    """
    tidy = [[cell("" if value is None else str(value)) for value in _in_order(row)] for row in rows]
    used = [at for at, name in enumerate(COLUMNS) if name in _NEEDED or any(cells[at] for cells in tidy)]
    lines = ["\t".join(COLUMNS[at] for at in used)]
    lines += ["\t".join([cells[at] for at in used]) for cells in tidy]
    return "\n".join(lines) + "\n"


def _in_order(row: Row) -> tuple[str | int | None, ...]:
    return row.actor, row.date, row.page, row.section, row.lead_in, row.speaker, row.text


def read_rows(text: str, name: str) -> Iterator[Placed | Problem]:
    """The rows of a kept text in order, and in the place of each that cannot be read what is wrong with it.

    `name` is what the text is called in problems. `text[start:end]` is the row's own text.
    """
    for found in _read(text, name):
        if isinstance(found, Problem):
            yield found
        else:
            actor, date, page, section, lead_in, speaker, words, line, start = found
            row = Row(actor, words, date, int(page) if page else None, section, lead_in, speaker)
            yield Placed(row, line, start, start + len(words))


# The cells in the order of COLUMNS, the line, and where the text begins.
_Cells = tuple[str, str, str, str, str, str, str, int, int]


def _read(text: str, name: str) -> Iterator[_Cells | Problem]:
    """What `read_rows` gives, as plain tuples: making a million records twice takes seconds."""
    head, _, _ = text.partition("\n")
    columns = head.strip("\ufeff\r").split("\t")
    wrong = _fault_of_head(columns)
    if wrong:
        yield Problem(name, 1, wrong)
        return
    # After the cells of each row stands an empty one, which columns that are not there are read from.
    pick = itemgetter(*(columns.index(name) if name in columns else -1 for name in COLUMNS))
    wide, text_at = len(columns), columns.index("text")
    end = len(head)
    for number, line in enumerate(text.split("\n")[1:], 2):
        start = end + 1
        end = start + len(line)
        cells = line.split("\t")
        if len(cells) != wide:
            if line.strip():
                yield Problem(name, number, f"{len(cells)} cells in a row of a table of {wide} columns")
            continue
        if text_at:
            start = end - len(cells[-1]) if text_at == wide - 1 else start + len("\t".join(cells[:text_at])) + 1
        if " \t" in line or "\t " in line or line[:1] == " " or line[-1:] in (" ", "\r"):
            start += len(cells[text_at]) - len(cells[text_at].lstrip())
            cells = [cell.strip() for cell in cells]
        cells.append("")
        actor, date, page, section, lead_in, speaker, words = pick(cells)
        if date or page or not words:
            wrong = _fault(words, page, date)
            if wrong:
                yield Problem(name, number, wrong)
                continue
        yield actor, date, page, section, lead_in, speaker, words, number, start


def _fault_of_head(columns: Sequence[str]) -> str:
    """What is wrong with the names of the columns; "" for nothing."""
    missing = [name for name in _NEEDED if name not in columns]
    if missing:
        return f"no column '{missing[0]}'; the first line names the columns, of {', '.join(COLUMNS)}"
    unknown = [name for name in columns if name not in COLUMNS]
    if unknown:
        return f"unknown column '{unknown[0]}'; known: {', '.join(COLUMNS)}"
    twice = [name for at, name in enumerate(columns) if name in columns[:at]]
    return f"two columns '{twice[0]}'" if twice else ""


def _fault(text: str, page: str, date: str) -> str:
    """What is wrong with the cells of a row; "" for nothing."""
    if not text:
        return "a row without text"
    if page and not (page.isascii() and page.isdigit() and len(page) < 10):
        return f"the page '{page}' should be a whole number"
    if date and not _DATE.fullmatch(date):
        return f"the date '{date}' should be a year, or like 2025-09-08"
    return ""


def parse_rows(text: str, sources: Sequence[Source], name: str = "") -> ParsedRows:
    """The statements of a kept text, each row's with the one of `sources` that is by its actor.

    They are list items, `<source>-b01` and on, counted within their source; for each of them
    `text[start:end] == statement.text`. The year is the row's own, or else the source's. A row whose actor has no
    source is a problem. `name` is what the text is called in problems: the file of the sources, unless it says else.
    """
    name = name or (sources[0].file if sources else "")
    problems: list[Problem] = []
    found: dict[str, list[Statement]] = {source.id: [] for source in sources}
    by_actor: dict[str, tuple[Source, list[Statement]]] = {}
    for source in sources:
        taken = by_actor.setdefault(source.actor, (source, found[source.id]))[0]
        if taken is not source:
            problems.append(Problem(name, 1, f"the rows of {source.actor} are of '{taken.id}' and of '{source.id}'"))
    for cells in _read(text, name):
        if isinstance(cells, Problem):
            problems.append(cells)
            continue
        actor, date, page, section, lead_in, speaker, words, line, start = cells
        home = by_actor.get(actor)
        if home is None:
            problems.append(Problem(name, line, f"no source of this table is by '{actor}'"))
            continue
        source, statements = home
        statements.append(
            Statement(
                f"{source.id}-b{len(statements) + 1:02d}",
                actor,
                source.id,
                int(date[:4]) if date else source.year,
                BULLET,
                line,
                int(page) if page else None,
                start,
                start + len(words),
                words,
                section,
                lead_in or None,
                speaker or None,
            )
        )
    return ParsedRows({source: Parsed(tuple(statements), ()) for source, statements in found.items()}, tuple(problems))
