"""A statement and its source to a citation: plain, BibTeX, CSL-JSON. No date, title or address is made up."""

from __future__ import annotations

import re

from rusq.harmless import harmless
from rusq.model import Actor, Source, Statement
from rusq.sheet import place
from rusq.wording import Wording

# BibTeX counts braces even behind a backslash: one «\{» of the text would swallow the entries after it.
_TEX = str.maketrans(
    {
        **{sign: f"\\{sign}" for sign in "&%$#_"},
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        "\\": r"\textbackslash{}",
    }
)
_LINE_BREAK = re.compile(r"[ \t]*[\r\n]\s*")


def citation(statement: Statement, source: Source, actor: Actor, say: Wording) -> str:
    """«Høyre (2017): Rusomsorg. hoyre-2017.txt, line 16 [h2017-b06].»"""
    year = _year(statement, source) or say("year not stated")
    title = f" {source.title.rstrip('.')}." if source.title else ""
    said = f" ({say('said by {speaker}', speaker=statement.speaker)})" if statement.speaker else ""
    return f"{actor.name} ({year}):{title} {source.file}, {place(statement, say)} [{statement.id}]{said}."


def bibtex(statement: Statement, source: Source, actor: Actor) -> str:
    r"""An `@misc` entry keyed by the statement's id, UTF-8, with a line break at its end.

    The actor is a corporate author and, like the title, in braces of its own, so that no style takes
    the name apart or changes a capital. Title and year only where the source has them; quotation,
    file, place and id are the note. Signs that TeX would obey are escaped, braces as
    `\textbraceleft{}` and `\textbraceright{}`.
    """
    fields = {"author": f"{{{_tex(actor.name)}}}"}
    if source.title:
        fields["title"] = f"{{{_tex(source.title)}}}"
    if year := _year(statement, source):
        fields["year"] = year
    fields["note"] = _tex(_note(statement, source))
    lines = [f"  {name} = {{{value}}},\n" for name, value in fields.items()]
    return f"@misc{{{statement.id},\n{''.join(lines)}}}\n"


def csl_json(statement: Statement, source: Source, actor: Actor) -> dict[str, object]:
    """One item of a CSL-JSON list, to be written as JSON: type `document`, since no text says what it is.

    `title` and `issued` only where the source has them. `note` is for people; `custom` has the same
    place for programs, `page` only where the document has pages. Not `locator`: in an item it has no
    label, and styles take what has none for a page.
    Source: the schema csl-data.json of the Citation Style Language, 1.0.2.
    """
    item: dict[str, object] = {"id": statement.id, "type": "document", "author": [{"literal": actor.name}]}
    if source.title:
        item["title"] = source.title
    if year := _year(statement, source):
        item["issued"] = {"date-parts": [[int(year)]]}
    item["note"] = _note(statement, source)
    where: dict[str, object] = {"file": source.file, "line": statement.line}
    if statement.page is not None:
        where["page"] = statement.page
    item["custom"] = where
    return item


def _year(statement: Statement, source: Source) -> str:
    """The year of a row of a table, or that of the text; "" if neither is known."""
    year = source.year if statement.year is None else statement.year
    return "" if year is None else str(year)


def _note(statement: Statement, source: Source) -> str:
    """«quotation», who said it, file and place [id]; that the year is not stated. English: data never vary."""
    say = Wording("en")
    parts = [f"«{statement.text}»"]
    if statement.speaker:
        parts.append(say("said by {speaker}", speaker=statement.speaker))
    parts.append(f"{source.file}, {place(statement, say)} [{statement.id}]")
    return ", ".join(parts) + ("" if _year(statement, source) else f"; {say('year not stated')}")


def _tex(text: str) -> str:
    """`text` on one line, nothing in it obeyed by TeX or by a terminal."""
    return harmless(_LINE_BREAK.sub(" ", text)).translate(_TEX)
