"""Comparisons to sheets: actors side by side, the map of all topics, the page of one."""

from collections.abc import Callable, Iterator, Sequence

from rusq.compare import AGREE, ALONE, CONFLICT, DIFFER, Column, Comparison, Row
from rusq.compare import Cell as ComparedCell
from rusq.model import Actor, Stance, Statement, Topic
from rusq.sheet import (
    AGAINST,
    FOR,
    NOTE,
    QUALIFIED,
    SILENCE,
    STRONG,
    Cell,
    Line,
    Run,
    Sheet,
    SheetRow,
    note,
    quotation,
    topic_title,
    when,
)
from rusq.wording import Wording, count

Alike = Callable[[Statement, Statement], bool]

# A sign and a word for each stance and verdict; colour only comes on top.
_STANCES = {
    "for": ("+", FOR),
    "against": ("−", AGAINST),
    "trial": ("~", QUALIFIED),
    "consider": ("?", QUALIFIED),
    "conditional": ("±", QUALIFIED),
}
_VERDICTS = {AGREE: ("=", FOR), DIFFER: ("~", QUALIFIED), CONFLICT: ("≠", AGAINST), ALONE: ("○", NOTE)}
# What the same verdicts say of one actor's texts over the years; other points in another year are no change.
_OVER_TIME = {AGREE: "kept", DIFFER: "differ", CONFLICT: "turned around"}


def compare_sheet(comparison: Comparison, themes: Callable[[Topic], str], *, alike: Alike, say: Wording) -> Sheet:
    """A row a topic, a column a voice; each statement whole, with its id and year; silence in words.

    Statements that are `alike` stand side by side, on a row of their own under the topic.
    """
    heads = tuple(_head(column, say) for column in comparison.columns)
    rows: list[SheetRow] = []
    for row in comparison.rows:
        title = (*topic_title(row.topic, say), *_verdict(row, comparison.columns, say))
        for number, cells in enumerate(_bands(row, alike)):
            shown = tuple(
                _compared(
                    cell,
                    say,
                    silent=number == 0 and not whole.statements,
                    heard=column.texts > 0,
                    at_odds=row.verdict == CONFLICT,
                )
                for cell, whole, column in zip(cells, row.cells, comparison.columns, strict=True)
            )
            rows.append(SheetRow(shown, title if number == 0 else (), themes(row.topic)))
    *others, last = dict.fromkeys(column.name for column in comparison.columns)
    names = f"{', '.join(others)} {say('and')} {last}" if others else last
    return Sheet(say("{actors}, topic by topic", actors=names), heads, tuple(rows), _silence(comparison, say))


def _silence(comparison: Comparison, say: Wording) -> tuple[str, ...]:
    """The topics that none of the columns speaks on, as a remark."""
    stances = any(cell.stances for row in comparison.rows for cell in row.cells)
    read = (say("Stances and verdicts are our readings; each stands with the statement that shows it."),) * stances
    if not comparison.silent:
        return read
    phrase = "None of them mentions: {topics}." if len(comparison.columns) > 1 else "Nothing in these texts: {topics}."
    return (say(phrase, topics=", ".join(topic.name for topic in comparison.silent)), *read)


def _head(column: Column, say: Wording) -> Cell:
    years = ", ".join(dict.fromkeys(when(year, say) for year in column.years))
    texts = count(say, column.texts, "text", "texts")
    rests = f"{texts}, {count(say, column.statements, 'statement', 'statements')}"
    label = column.id if column.id != column.actor else column.actor
    name = column.name if column.name == label else f"{column.name} ({label})"
    return ((Run(name, STRONG),), note(f"{years}: {rests}" if years else rests))


def _verdict(row: Row, columns: Sequence[Column], say: Wording) -> Line:
    """What the stances amount to, as a sign and a word; of one actor's texts, what has become of it."""
    if len(columns) < 2:
        return ()
    if row.verdict is None:
        return (Run(f"   [{say('not assessed')}]", NOTE),)
    sign, role = _VERDICTS[row.verdict]
    word = row.verdict
    if len({column.actor for column in columns}) == 1:
        word = _OVER_TIME.get(row.verdict, "") or ("dropped" if row.cells[0].total else "added")
    return (Run("   "), Run(f"[{sign}\u00a0{say(word)}]".replace(" ", "\u00a0"), role))


def _bands(row: Row, alike: Alike) -> Iterator[tuple[ComparedCell, ...]]:
    """The cells of a topic in bands: first what some say alike, each such group by itself, then the rest."""
    left = [list(cell.statements) for cell in row.cells]
    for column, statements in enumerate(left):
        for statement in list(statements):
            group = [[s for s in others if other > column and alike(statement, s)] for other, others in enumerate(left)]
            if not any(group):
                continue
            group[column] = [statement]
            for others, taken in zip(left, group, strict=True):
                others[:] = [s for s in others if s not in taken]
            yield tuple(_of(cell, taken) for cell, taken in zip(row.cells, group, strict=True))
    if any(left):
        yield tuple(_of(cell, rest) for cell, rest in zip(row.cells, left, strict=True))


def _of(cell: ComparedCell, statements: list[Statement]) -> ComparedCell:
    return cell._replace(statements=tuple(statements))


def _compared(
    cell: ComparedCell, say: Wording, *, silent: bool, heard: bool = True, at_odds: bool = False, more: int = 0
) -> Cell:
    """What one voice says. Where voices are `at_odds`, why each stance is set stands with it; `more` are not given."""
    if not cell.statements:
        words = say("not mentioned in these texts" if heard else "no text here")
        if cell.total:
            words = say("{count} on this topic, not asked for", count=count(say, cell.total, "statement", "statements"))
        return ((Run(f"({words})", SILENCE),),) if silent else ()
    lines: list[Line] = []
    if cell.prose:
        lines.append(note(f"({say('in prose only')})"))
    for number, statement in enumerate(cell.statements):
        if number:
            lines.append(())
        lines.append((*quotation(statement), Run("  "), Run(_reference(statement, say), NOTE)))
        for stance in cell.stances:
            if stance.statement == statement.id:
                lines.append(stance_line(stance, say))
                why = stance.why_nb if say.language == "nb" else stance.why
                lines += [note(f"({why})")] if why and at_odds else []
    if more:
        lines += [(), note(say("(and {count} more in prose)", count=more))]
    return tuple(lines)


def _reference(statement: Statement, say: Wording) -> str:
    """«[h2017-b06, 2017]», in one piece: its blanks do not break a line."""
    return f"[{statement.id}, {when(statement.year, say)}]".replace(" ", "\u00a0")


def stance_line(stance: Stance, say: Wording) -> Line:
    """«+ for: naloxone nationwide»: a position as a sign, a word, and the point it is about."""
    sign, role = _STANCES[stance.stance]
    point = stance.on_nb if say.language == "nb" and stance.on_nb else stance.on
    return (Run(f"{sign} {say(stance.stance)}{f': {point}' if point else ''}", role),)


def map_sheet(comparison: Comparison, themes: Callable[[Topic], str], *, say: Wording) -> Sheet:
    """Topics by voices: stances and how many statements, a dot for silence; verdicts last.

    Where that is too wide, the stances are signs alone, and the legend below has their words.
    """
    legend = ", ".join(f"{sign} {say(stance)}" for stance, (sign, _) in _STANCES.items())
    notes = (say("Figures are statements; {legend}; · silent.", legend=legend),)
    title = say("Where they stand, topic by topic")
    heads = tuple(((Run(head, STRONG),),) for head in _map_heads(comparison, say))
    brief, full = (
        Sheet(title, heads, tuple(_map_rows(comparison, themes, say, words=words)), notes, main=0, labelled=True)
        for words in (False, True)
    )
    return full._replace(brief=brief)


def _map_heads(comparison: Comparison, say: Wording) -> list[str]:
    heads = [say("Topic"), *(column.id for column in comparison.columns)]
    return [*heads, say("Verdict")] if len(comparison.columns) > 1 else heads


def _map_rows(
    comparison: Comparison, themes: Callable[[Topic], str], say: Wording, *, words: bool
) -> Iterator[SheetRow]:
    columns = comparison.columns
    rows = {row.topic.id: row for row in comparison.rows}
    for topic in comparison.topics:
        row = rows.get(topic.id) or Row(topic, (ComparedCell(),) * len(columns))
        cells: list[Cell] = [((Run(topic.name),),), *(_mapped(cell, say, words=words) for cell in row.cells)]
        if len(columns) > 1:
            judged = _verdict(row, columns, say) if topic.id in rows else ()
            cells.append((tuple(Run(run.text.strip(" []"), run.role) for run in judged if run.text.strip()),))
        yield SheetRow(tuple(cells), group=themes(topic))


def _mapped(cell: ComparedCell, say: Wording, *, words: bool) -> Cell:
    if not cell.total:
        return ((Run("·", SILENCE),),)
    runs = [Run(f"{cell.total} ")]
    for number, stance in enumerate(dict.fromkeys(stance.stance for stance in cell.stances)):
        sign, role = _STANCES[stance]
        runs += [Run(" " * (number > 0 and words)), Run(f"{sign} {say(stance)}" if words else sign, role)]
    return (tuple(run for run in runs if run.text),)


def topic_sheet(
    topic: Topic,
    facts: Sequence[tuple[str, str]],
    cells: Sequence[tuple[Actor, ComparedCell]],
    pairs: Sequence[tuple[Statement, Statement]],
    *,
    say: Wording,
) -> Sheet:
    """One topic: its names and relatives, what each actor says on it, and pairs of statements that say the same."""
    rows = [SheetRow((((Run(say(label), STRONG),),), ((Run(text),),)), group=topic.name) for label, text in facts]
    for actor, cell in cells:
        who: Cell = ((Run(actor.name, STRONG),),)
        rows.append(
            SheetRow(
                (who, _compared(cell, say, silent=True, more=cell.total - len(cell.statements))),
                group=say("Who says what"),
            )
        )
    for one, other in pairs:
        both: Cell = ((Run(f"{one.id} ≈"),), (Run(other.id),))
        words = (quotation(one), (), quotation(other))
        rows.append(SheetRow((both, words), group=say("Nearest to one another")))
    return Sheet("", (), tuple(rows), main=1)
