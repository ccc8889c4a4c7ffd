"""Results to sheets: what people read, as titled rows of cells, each a few lines of runs with a role.

A sheet knows nothing of widths, colours or markup; `layout`, `formats` and `terminal` do.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from rusq.compare import Cell as ComparedCell
from rusq.compare import Column, Comparison
from rusq.model import BULLET, Actor, Hit, Match, Problem, Source, Statement, Topic
from rusq.wording import Wording, count

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
    with their heads where they must stand below one another.
    """

    title: str
    heads: tuple[Cell, ...]
    rows: tuple[SheetRow, ...]
    notes: tuple[str, ...] = ()
    main: int | None = None
    labelled: bool = False


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


def _said(statement: Statement, say: Wording, matches: Sequence[Match] = ()) -> list[Line]:
    """The quotation, after what it hangs on (its lead-in) and before who said it, as remarks."""
    lines = [note(statement.lead_in)] if statement.lead_in else []
    lines.append(quotation(statement, matches))
    if statement.speaker:
        lines.append(note(say("said by {speaker}", speaker=statement.speaker)))
    return lines


def kind_of(statement: Statement, say: Wording) -> str:
    return say("list item" if statement.kind == BULLET else "prose")


def search_sheet(query: str, hits: Sequence[Hit], *, found: int, explain: bool, say: Wording) -> Sheet:
    """Hits, best first: who and when, the words, and where they stand."""
    shown = count(say, found, "statement", "statements")
    title = say("{count} on «{query}»", count=shown, query=query)
    if len(hits) < found:
        title = say("the first {shown} of {count} on «{query}»", shown=len(hits), count=shown, query=query)
    rows = []
    for hit in hits:
        statement = hit.statement
        words = _said(statement, say, hit.matches)
        if explain:
            words.extend(_reasons(hit))
        rows.append(SheetRow((_who(statement, say), tuple(words), _where(statement, say))))
    heads = tuple(((Run(say(head), STRONG),),) for head in ("Actor", "Statement", "Source"))
    return Sheet(title, heads, tuple(rows), main=1)


def _who(statement: Statement, say: Wording) -> Cell:
    return ((Run(statement.actor, STRONG), Run(_year_after(statement, say))),)


def _year_after(spoken: Statement | Source, say: Wording) -> str:
    """« 2017» or «, year not stated», to stand after a name."""
    return f" {spoken.year}" if spoken.year is not None else f", {when(None, say)}"


def _where(statement: Statement, say: Wording) -> Cell:
    return ((Run(statement.id),), note(f"{place(statement, say)}, {kind_of(statement, say)}"))


def _reasons(hit: Hit) -> list[Line]:
    """One line a match: which word of the query met which of the text, how, and how well."""
    lines = [note(f"score {hit.score:.3f}")]
    for match in hit.matches:
        how = f"{match.why}: {match.note}" if match.note else match.why
        lines.append(
            (Run("  "), Run(match.term), Run(" → "), Run(match.word, MATCH), Run(f"  {how}, {match.weight:.2f}", NOTE))
        )
    return lines


def compare_sheet(comparison: Comparison, themes: Callable[[Topic], str], *, say: Wording) -> Sheet:
    """A row a topic, a column a voice; each statement whole, with its id and year; silence in words."""
    heads = tuple(_head(column, say) for column in comparison.columns)
    rows = [
        SheetRow(tuple(_compared(cell, say) for cell in row.cells), topic_title(row.topic), themes(row.topic))
        for row in comparison.rows
    ]
    names = f" {say('and')} ".join(dict.fromkeys(column.name for column in comparison.columns))
    notes = []
    if comparison.silent:
        silent = ", ".join(topic.name for topic in comparison.silent)
        phrase = "None of them mentions: {topics}." if len(heads) > 1 else "Nothing in these texts: {topics}."
        notes.append(say(phrase, topics=silent))
    return Sheet(say("{actors}, topic by topic", actors=names), heads, tuple(rows), tuple(notes))


def _head(column: Column, say: Wording) -> Cell:
    years = ", ".join(dict.fromkeys(when(year, say) for year in column.years))
    texts = count(say, column.texts, "text", "texts")
    rests = f"{texts}, {count(say, column.statements, 'statement', 'statements')}"
    label = column.id if column.id != column.actor else column.actor
    name = column.name if column.name == label else f"{column.name} ({label})"
    return ((Run(name, STRONG),), note(f"{years}: {rests}" if years else rests))


def topic_title(topic: Topic) -> Line:
    english = topic.names.get("en")
    return (Run(topic.name, STRONG), *((Run(f" — {english}", NOTE),) if english else ()))


def _compared(cell: ComparedCell, say: Wording) -> Cell:
    if not cell.statements:
        return ((Run(f"({say('not mentioned in these texts')})", SILENCE),),)
    lines: list[Line] = []
    if cell.prose:
        lines.append(note(f"({say('in prose only')})"))
    for number, statement in enumerate(cell.statements):
        if number:
            lines.append(())
        lines.append((*quotation(statement), Run("  "), Run(f"[{statement.id}, {when(statement.year, say)}]", NOTE)))
    return tuple(lines)


def topics_sheet(
    rows: Iterable[tuple[Topic, dict[str, int]]],
    actors: Sequence[str],
    themes: Callable[[Topic], str],
    *,
    say: Wording,
) -> Sheet:
    """Every topic with how many statements each actor has on it; a dash for none."""
    heads = tuple(((Run(head, STRONG),),) for head in (say("Topic"), *actors))
    shown = [
        SheetRow(
            (
                (topic_title(topic), note(topic.id)),
                *(((Run(str(counts[a])) if counts.get(a) else Run("–", NOTE),),) for a in actors),
            ),
            group=themes(topic),
        )
        for topic, counts in rows
    ]
    return Sheet(count(say, len(shown), "topic", "topics"), heads, tuple(shown), main=0, labelled=True)


def topic_sheet(
    topic: Topic, facts: Sequence[tuple[str, str]], cells: Sequence[tuple[Actor, ComparedCell]], *, say: Wording
) -> Sheet:
    """One topic: its names and relatives, then what each actor says on it."""
    rows = [SheetRow((((Run(say(label), STRONG),),), ((Run(text),),))) for label, text in facts]
    rows += [SheetRow((((Run(actor.name, STRONG),),), _compared(cell, say))) for actor, cell in cells]
    return Sheet(topic.name, (), tuple(rows), main=1)


def actors_sheet(rows: Iterable[tuple[Actor, int, int]], *, say: Wording) -> Sheet:
    """Actors with their names, and how many texts and statements there are of each."""
    heads = tuple(((Run(head, STRONG),),) for head in ("Id", say("Name"), say("Kind"), say("Texts"), say("Statements")))
    listed = [
        SheetRow(
            (
                ((Run(actor.id, STRONG),),),
                ((Run(actor.name),), *((note(", ".join(actor.aliases)),) if actor.aliases else ())),
                ((Run(say(actor.kind)),),),
                ((Run(str(texts)),),),
                ((Run(str(statements)),),),
            )
        )
        for actor, texts, statements in rows
    ]
    return Sheet("", heads, tuple(listed), main=1)


def sources_sheet(rows: Iterable[tuple[Source, Actor, int, int]], *, say: Wording) -> Sheet:
    """Sources with their actor, year and how it is known, and how many list items and sentences they hold."""
    heads = tuple(((Run(head, STRONG),),) for head in ("Id", say("Source"), say("Statements")))
    listed = []
    for source, actor, items, sentences in rows:
        who = (
            Run(actor.name, STRONG),
            Run(_year_after(source, say)),
            *((Run(f" «{source.title}»"),) if source.title else ()),
        )
        told = [who, note(source.file), *((note(source.dating),) if source.dating else ())]
        counts = (
            (Run(count(say, items, "list item", "list items")),),
            (Run(f"{sentences} {say('prose')}"),),
        )
        listed.append(SheetRow((((Run(source.id, STRONG),),), tuple(told), counts)))
    return Sheet("", heads, tuple(listed), main=1)


def show_sheet(shown: Sequence[tuple[Statement, str, str, str, Sequence[str]]], *, say: Wording) -> Sheet:
    """Statements in their context: (statement, before, after, citation, topic names) each."""
    rows = []
    for statement, before, after, citation, topics in shown:
        title = (Run(statement.id, STRONG), Run(f"  {place(statement, say)}, {kind_of(statement, say)}", NOTE))
        who = (Run(statement.actor, STRONG), Run(_year_after(statement, say)))
        rows.append(SheetRow(((who,), (quotation(statement),)), title))
        facts = [
            (say("Said by"), statement.speaker),
            (say("Lead-in"), statement.lead_in),
            (say("Before"), before),
            (say("After"), after),
            (say("Section"), statement.section),
            (say("Topics"), ", ".join(topics)),
            (say("Citation"), citation),
        ]
        rows += [SheetRow(((note(label),), (note(text),))) for label, text in facts if text]
    return Sheet("", (), tuple(rows), main=1)


def statements_sheet(statements: Sequence[Statement], *, say: Wording) -> Sheet:
    """Statements in the order of the texts."""
    rows = [SheetRow((_who(s, say), tuple(_said(s, say)), _where(s, say))) for s in statements]
    heads = tuple(((Run(say(head), STRONG),),) for head in ("Actor", "Statement", "Source"))
    return Sheet(count(say, len(rows), "statement", "statements"), heads, tuple(rows), main=1)


def problems_sheet(head: str, problems: Sequence[Problem]) -> Sheet:
    """One line a problem, as compilers print them."""
    rows = [SheetRow((((Run(f"{problem}{' (doubt)' if problem.doubt else ''}"),),),)) for problem in problems]
    return Sheet(head, (), tuple(rows), main=0)
