"""A table of statements, CSV, TSV or JSON Lines, to rows with the actor as written. Opens no file.

Every row that has a text and an actor is taken; every other is told with its line and why.
"""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from rusq.errors import RusqError
from rusq.importing.cells import Record, filled, read_cells
from rusq.importing.columns import head_of, places_of
from rusq.importing.encodings import decoded
from rusq.importing.mend import mended
from rusq.model import Actor, Problem
from rusq.rows import Row
from rusq.select import actor_names

Progress = Callable[[int, int], None]

_LONGEST = 100_000  # characters of a text: more is no statement
_EVERY = 10_000  # rows between two calls of `progress`
_MOST_LINES = 20  # that a text without quotes is taken to go on for
# Signs of Windows-1252 that were carried into Unicode by their number: no text has these control characters.
_LEFT_OVER = re.compile("[\x80-\x9f]")
# Signs that nothing is to be mended in: most cells hold no others, and a look is a third of the work of mending.
_SOUND = re.compile("[ -~æøåÆØÅéèêóòôäöüÉÄÖÜ§«»–—’“”…\n]*")
_ISO_DATE = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)(?:[T ].*)?")
_NORWEGIAN_DATE = re.compile(r"(\d{1,2})\. ?(\d{1,2})\. ?(\d{4})(?:[ ,].*)?")
_YEAR = re.compile(r"(?<!\d)(?:1[89]|20)\d\d(?!\d)")
_PAGE = re.compile(r"\D{0,6}(\d{1,5})(?!\d)")


class Columns(NamedTuple):
    """The columns as the user names them, by name or by number from 1; None is guessed from the header."""

    text: str | None = None
    actor: str | None = None
    date: str | None = None
    page: str | None = None
    section: str | None = None
    speaker: str | None = None


class ActorRow(NamedTuple):
    """A row as read: the actor as written, and the 1-based line it begins on. `date` as in `rusq.rows.Row`."""

    actor: str
    text: str
    line: int
    date: str = ""
    page: int | None = None
    section: str = ""
    speaker: str = ""


class Table(NamedTuple):
    """What a table holds.

    `columns` says which column was taken for what, `guessed` the same of those that the user did not name.
    `problems` are the rows that are left out, and as doubts those that were mended or lost a date.
    """

    rows: tuple[ActorRow, ...]
    columns: Mapping[str, str]
    guessed: Mapping[str, str]
    problems: tuple[Problem, ...]
    encoding: str


class _Usual(NamedTuple):
    """What the rows of a table are like that have as many cells as most: what tells where a cell belongs."""

    width: int  # cells of most rows
    values: tuple[frozenset[str], ...]  # column -> its values, folded
    numeric: tuple[bool, ...]  # column -> whether it holds numbers

    def takes(self, column: int, value: str) -> bool:
        """Whether a value is like those of the column."""
        value = value.strip().lower()
        return value in self.values[column] or (self.numeric[column] and value.isdigit())

    def likeness(self, cells: Sequence[str], text_at: int) -> int:
        """How many cells, of those that hold anything and are not the text, are like those of their columns."""
        return sum(cell.strip() != "" and self.takes(at, cell) for at, cell in enumerate(cells) if at != text_at)


def read_table(
    raw: bytes, name: str, columns: Columns | None = None, progress: Progress | None = None, *, actor: str = ""
) -> Table:
    """The rows of a file called `name`; RusqError if it is no table or its columns cannot be told.

    `actor` is who speaks where a row names nobody. `progress(done, total)` is called now and then, in rows.
    """
    text, encoding = decoded(raw, name)
    cells = read_cells(_LEFT_OVER.sub(_windows_sign, text), name)
    if not cells.records:
        raise RusqError(f"'{name}' is empty; expected a table with a statement a row")
    named = {what: column for what, column in (columns or Columns())._asdict().items() if column is not None}
    head, above = (cells.head, 0) if cells.head else head_of(cells.records, named)
    records = cells.records[above:]
    names = head or tuple(str(number) for number in range(1, len(cells.records[0].cells) + 1))
    places, guessed = places_of(names, records, named, name, one_actor=bool(actor))
    fitted, problems = _fitted(records, len(names), places, cells.delimiter, name)
    problems += [Problem(name, record.line, "above the header") for record in cells.records[: max(0, above - 1)]]
    rows: list[ActorRow] = []
    for done, record in enumerate(fitted):
        if progress is not None and done % _EVERY == 0:
            progress(done, len(fitted))
        row, wrong = _row(record, places, actor)
        if row is not None:
            rows.append(row)
        if wrong:
            problems.append(Problem(name, record.line, wrong, doubt=row is not None))
    problems = sorted([*cells.problems, *problems], key=lambda problem: problem.line)
    if not rows:
        first = f"; {problems[0]}" if problems else ""
        raise RusqError(f"no row of '{name}' has both a text and an actor{first}")
    if progress is not None:
        progress(len(fitted), len(fitted))
    taken = {what: names[at] for what, at in places.items()}
    return Table(tuple(rows), taken, {what: taken[what] for what in guessed}, tuple(problems), encoding)


def resolved(table: Table, actors: Mapping[str, Actor]) -> tuple[list[Row], dict[str, list[int]]]:
    """The rows with the ids of their actors, and the names that are nobody's with the lines they stand on."""
    known = actor_names(actors.values())
    rows: list[Row] = []
    unknown: dict[str, list[int]] = {}
    ids: dict[str, str] = {}
    for row in table.rows:
        if row.actor not in ids:
            ids[row.actor] = _id_of(row.actor, known)
        if ids[row.actor]:
            rows.append(Row(ids[row.actor], row.text, row.date, row.page, row.section, "", row.speaker))
        else:
            unknown.setdefault(row.actor, []).append(row.line)
    return rows, unknown


def _id_of(name: str, known: Mapping[str, str]) -> str:
    """The id of the actor that a name stands for; of «Høyre (H)» both must stand for one. "" for nobody."""
    both = re.fullmatch(r"(.+?) ?[(\[]([^()\[\]]+)[)\]]", name)
    for names in [(name,), *([both.groups()] if both else [])]:
        # As an actor's own name each is spelt the way that names are compared.
        found = {known.get(key, "") for key in actor_names(Actor(one, one) for one in names)}
        if len(found) == 1 and found != {""}:
            return found.pop()
    return ""


def _windows_sign(found: re.Match[str]) -> str:
    return found.group().encode("latin-1").decode("cp1252", "ignore")


# -- Rows of another width than the header


def _fitted(
    records: Sequence[Record], width: int, places: Mapping[str, int], delimiter: str, name: str
) -> tuple[list[Record], list[Problem]]:
    """The records with as many cells as there are columns, and those of which that cannot be made."""
    if all(len(record.cells) == width for record in records):
        return list(records), []
    usual = _usual(records, width)
    fitted: list[Record] = []
    problems: list[Problem] = []
    at = 0
    while at < len(records):
        record = records[at]
        cells, taken = _with_rest(records, at, usual, places)
        at += taken
        if taken > 1:
            what = f"the text goes on in line {records[at - 1].line} without quotes; joined"
            problems.append(Problem(name, record.line, what, doubt=True))
        if len(filled(cells)) > width:
            cells, what = _narrowed(cells, width, places["text"], usual, delimiter)
            problems.append(Problem(name, record.line, what, doubt=bool(cells)))
            if not cells:
                continue
        fitted.append(Record(record.line, [*cells, *[""] * (width - len(cells))][:width]))
    return fitted, problems


def _usual(records: Sequence[Record], width: int) -> _Usual:
    """What most rows are like: those with the most frequent number of cells, or with one for each column."""
    most = Counter(min(len(record.cells), width) for record in records).most_common(1)[0][0]
    values: list[Counter[str]] = [Counter() for _ in range(width)]
    for record in records:
        if len(record.cells) in (most, width):
            for column, cell in enumerate(record.cells):
                values[column][cell.strip().lower()] += 1
    numeric = []
    for counted in values:
        del counted[""]
        numeric.append(2 * sum(n for value, n in counted.items() if value.isdigit()) > counted.total())
    return _Usual(most, tuple(map(frozenset, values)), tuple(numeric))


def _with_rest(records: Sequence[Record], at: int, usual: _Usual, places: Mapping[str, int]) -> tuple[list[str], int]:
    """The cells of the row that begins with `records[at]`, and how many records it takes.

    More than one where a text holds a line break and no quotes: the first part then ends with the text, the last
    fills the row up and is less like a row by itself, and none but the first has an actor that other rows have.
    """
    cells, text_at, actor_at = list(records[at].cells), places["text"], places.get("actor", usual.width)
    if len(cells) != text_at + 1 or usual.width <= len(cells):
        return cells, 1
    joined = cells
    for number in range(at + 1, min(at + _MOST_LINES, len(records))):
        line, following = records[number]
        if line != records[number - 1].line + 1:
            break
        if actor_at < min(text_at, len(following)) and usual.takes(actor_at, following[actor_at]):
            break
        joined = [*joined[:-1], f"{joined[-1]} {following[0]}", *following[1:]]
        if len(following) > 1:
            whole = len(joined) == usual.width
            better = whole and usual.likeness(joined, text_at) > usual.likeness(following, text_at)
            return (joined, number - at + 1) if better else (cells, 1)
    return cells, 1


def _narrowed(cells: list[str], width: int, text_at: int, usual: _Usual, delimiter: str) -> tuple[list[str], str]:
    """A row with more cells than columns made as wide as they are, and what was done; [] if there is no telling.

    Either the text holds delimiters and no quotes, or something stands behind the last column: whichever leaves the
    other cells more like those of other rows.
    """
    cells = filled(cells)
    more = len(cells) - width
    joined = [*cells[:text_at], delimiter.join(cells[text_at : text_at + more + 1]), *cells[text_at + more + 1 :]]
    as_text, as_rest = usual.likeness(joined, text_at), usual.likeness(cells[:width], text_at)
    if as_text > as_rest or text_at == width - 1:
        return joined, f"the text holds '{delimiter}' without quotes; joined"
    if as_rest > as_text:
        return cells[:width], f"what stands behind the last column is left out: '{delimiter.join(cells[width:])[:40]}'"
    return [], f"{len(cells)} cells under {width} columns, and no telling which are the text; put it in quotes"


# -- Cells


def _row(record: Record, places: Mapping[str, int], actor: str) -> tuple[ActorRow | None, str]:
    """The row that a record is, or None, and what is wrong with it, or doubtful."""

    def cell(what: str) -> str:
        if what not in places:
            return ""
        words = record.cells[places[what]]
        return " ".join(words.split()) if _SOUND.fullmatch(words) else mended(words)

    text = cell("text")
    if not any(letter.isalnum() for letter in text):
        return None, "no text" if any(one.strip() for one in record.cells) else "an empty row"
    if len(text) > _LONGEST:
        return None, f"a text of {len(text)} characters is no statement"
    who = cell("actor") or actor
    if not who:
        return None, "no actor"
    said = cell("date")
    when = _date(said)
    row = ActorRow(who, text, record.line, when, _page(cell("page")), cell("section"), cell("speaker"))
    return row, f"the date '{said[:40]}' cannot be read" if said and not when else ""


def _date(said: str) -> str:
    """An ISO date, or the first year that is named; "" for neither."""
    iso, norwegian = _ISO_DATE.fullmatch(said), _NORWEGIAN_DATE.fullmatch(said)
    numbers = iso.groups() if iso else norwegian.groups()[::-1] if norwegian else ()
    if numbers:
        try:
            return date(*map(int, numbers)).isoformat()
        except ValueError:
            pass
    year = _YEAR.search(said)
    return year.group() if year else ""


def _page(said: str) -> int | None:
    """The first page that is named: of «s. 12» and «12–13» it is 12."""
    found = _PAGE.match(said)
    return int(found[1]) if found else None
