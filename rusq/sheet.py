"""What people read, before it has a width or a format: titled rows of cells, each a few lines of runs with a role.

A sheet knows nothing of widths, colours or markup; `layout`, `formats` and `terminal` do, and `views`
makes sheets of results.
"""

from collections.abc import Sequence
from typing import NamedTuple

from rusq.model import BULLET, Match, Source, Statement, Topic
from rusq.wording import Wording

# Roles of a run, the only thing a renderer knows of it.
QUOTE, MATCH, NOTE, STRONG, SILENCE = "quote", "match", "note", "strong", "silence"
FOR, AGAINST, QUALIFIED = "for", "against", "qualified"  # stances; a word and a sign stand with the colour


class Run(NamedTuple):
    """Some text and its role; the roles QUOTE and MATCH are a document's own words.

    `ref` on the first run of a quotation is the statement's id, for renderers that can link to it.
    """

    text: str
    role: str = ""
    ref: str = ""


Line = tuple[Run, ...]
Cell = tuple[Line, ...]


class SheetRow(NamedTuple):
    """Cells side by side, under a title of their own if they have one."""

    cells: tuple[Cell, ...]
    title: Line = ()
    group: str = ""


class Sheet(NamedTuple):
    """A title, column heads, rows in groups, and remarks below.

    `main` is the column that needs most room; None if all need the same. The others are `labelled`
    with their heads where they must stand below one another. `brief` says the same in less room,
    for where the columns do not fit.
    """

    title: str
    heads: tuple[Cell, ...]
    rows: tuple[SheetRow, ...]
    notes: tuple[str, ...] = ()
    main: int | None = None
    labelled: bool = False
    brief: "Sheet | None" = None


def note(text: str) -> Line:
    return (Run(text, NOTE),)


def when(year: int | None, say: Wording) -> str:
    return str(year) if year is not None else say("year not stated")


def place(statement: Statement, say: Wording) -> str:
    """«line 25», or page and line where the document has pages."""
    if statement.page is None:
        return say("line {line}", line=statement.line)
    return say("page {page}, line {line}", page=statement.page, line=statement.line)


def quotation(statement: Statement, matches: Sequence[Match] = ()) -> Line:
    """The statement's own words, what matched marked."""
    runs, at = [], 0
    for match in matches:
        runs.append(Run(statement.text[at : match.start], QUOTE))
        runs.append(Run(statement.text[match.start : match.end], MATCH))
        at = match.end
    runs.append(Run(statement.text[at:], QUOTE))
    first, *others = [run for run in runs if run.text]
    return (first._replace(ref=statement.id), *others)


def said(statement: Statement, say: Wording, matches: Sequence[Match] = ()) -> list[Line]:
    """The quotation, after what it hangs on (its lead-in) and before who said it, as remarks."""
    lines = [note(statement.lead_in)] if statement.lead_in else []
    lines.append(quotation(statement, matches))
    if statement.speaker:
        lines.append(note(say("said by {speaker}", speaker=statement.speaker)))
    return lines


def kind_of(statement: Statement, say: Wording) -> str:
    return say("list item" if statement.kind == BULLET else "prose")


def who(statement: Statement, say: Wording) -> Cell:
    return ((Run(statement.actor, STRONG), Run(year_after(statement, say))),)


def year_after(spoken: Statement | Source, say: Wording) -> str:
    """« 2017» or «, year not stated», to stand after a name."""
    return f" {spoken.year}" if spoken.year is not None else f", {when(None, say)}"


def where(statement: Statement, say: Wording) -> Cell:
    return ((Run(statement.id),), note(f"{place(statement, say)}, {kind_of(statement, say)}"))


def topic_title(topic: Topic, say: Wording) -> Line:
    """The topic's name, and for who does not read Norwegian the English one beside it."""
    english = topic.names.get("en") if say.language == "en" else None
    return (Run(topic.name, STRONG, topic.id), *((Run(f" — {english}", NOTE),) if english else ()))
