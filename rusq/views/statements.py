"""Statements to sheets: the hits of a search, a list, one in its context, the relatives of one."""

from collections.abc import Sequence

from rusq.model import Hit, Statement
from rusq.search import Found
from rusq.sheet import (
    MATCH,
    NOTE,
    STRONG,
    Line,
    Run,
    Sheet,
    SheetRow,
    kind_of,
    note,
    place,
    quotation,
    said,
    where,
    who,
    year_after,
)
from rusq.similar import Relative
from rusq.wording import Wording, count


def search_sheet(query: str, found: Found, *, explain: bool, say: Wording) -> Sheet:
    """Hits, best first: who and when, the words, and where they stand."""
    hits = found.hits
    shown = count(say, found.total, "statement", "statements")
    if not found.all_told:
        shown = say("more than {count}", count=shown)
    query = query if query[:1] in '«"' else f"«{query}»"
    title = say("{count} on {query}", count=shown, query=query)
    if len(hits) < found.total:
        title = say("The first {shown} of {count} on {query}", shown=len(hits), count=shown, query=query)
    rows = []
    for hit in hits:
        statement = hit.statement
        words = said(statement, say, hit.matches)
        if explain:
            words.extend(_reasons(hit))
        elif hit.matches and all(match.why in ("synonym", "typo") for match in hit.matches):
            words.append(note(say("by meaning: {note}", note=hit.matches[0].note)))
        rows.append(SheetRow((who(statement, say), tuple(words), where(statement, say))))
    heads = tuple(((Run(say(head), STRONG),),) for head in ("Actor", "Statement", "Source"))
    return Sheet(title, heads, tuple(rows), main=1)


def _reasons(hit: Hit) -> list[Line]:
    """One line a match: which word of the query met which of the text, how, and how well."""
    lines = [note(f"score {hit.score:.3f}")]
    for match in hit.matches:
        how = f"{match.why}: {match.note}" if match.note else match.why
        lines.append(
            (Run("  "), Run(match.term), Run(" → "), Run(match.word, MATCH), Run(f"  {how}, {match.weight:.2f}", NOTE))
        )
    return lines


Shown = tuple[Statement, str, str, str, Sequence[str], Sequence[Relative]]


def show_sheet(shown: Sequence[Shown], *, say: Wording) -> Sheet:
    """Statements in their context: (statement, before, after, citation, topic names, relatives) each."""
    rows = []
    for statement, before, after, citation, topics, related in shown:
        title = (Run(statement.id, STRONG), Run(f"  {place(statement, say)}, {kind_of(statement, say)}", NOTE))
        who = (Run(statement.actor, STRONG), Run(year_after(statement, say)))
        rows.append(SheetRow(((who,), (quotation(statement),)), title))
        facts = [
            (say("Said by"), statement.speaker),
            (say("Lead-in"), statement.lead_in),
            (say("Before"), before),
            (say("After"), after),
            (say("Section"), statement.section),
            (say("Topics"), ", ".join(topics)),
            (say("Nearest"), "; ".join(_named(one, say) for one in related)),
            (say("Citation"), citation),
        ]
        rows += [SheetRow(((note(label),), (note(text),))) for label, text in facts if text]
    return Sheet("", (), tuple(rows), main=1)


def _named(one: Relative, say: Wording) -> str:
    who = f"{one.statement.actor}{year_after(one.statement, say)}"
    return say("{id} ({who}, {share} alike)", id=one.statement.id, who=who, share=f"{one.score:.0%}")


def statements_sheet(statements: Sequence[Statement], *, say: Wording) -> Sheet:
    """Statements in the order of the texts."""
    rows = [SheetRow((who(s, say), tuple(said(s, say)), where(s, say))) for s in statements]
    heads = tuple(((Run(say(head), STRONG),),) for head in ("Actor", "Statement", "Source"))
    return Sheet(count(say, len(rows), "statement", "statements"), heads, tuple(rows), main=1)


def similar_sheet(given: Statement, near: Sequence[Relative], *, say: Wording) -> Sheet:
    """The relatives of a statement, nearest first, each with how near it is and the words it shares."""
    rows = []
    for one in near:
        shared = say("shares {words}", words=", ".join(one.shared))
        likeness = note(say("{share} alike", share=f"{one.score:.0%}"))
        rows.append(
            SheetRow(
                (
                    who(one.statement, say),
                    (*said(one.statement, say), note(shared)),
                    (*where(one.statement, say), likeness),
                )
            )
        )
    heads = tuple(((Run(say(head), STRONG),),) for head in ("Actor", "Statement", "Source"))
    title = say("Nearest to {id}: {text}", id=given.id, text=given.text)
    return Sheet(title, heads, tuple(rows), main=1)
