"""A statement and its source to a citation. Says nothing that the corpus does not: no date, title or address is made up."""

from __future__ import annotations

from rusq.model import Actor, Source, Statement
from rusq.sheet import place
from rusq.wording import Wording


def citation(statement: Statement, source: Source, actor: Actor, say: Wording) -> str:
    """«Høyre (2017): Rusomsorg. hoyre-2017.txt, line 16 [h2017-b06].»"""
    year = str(source.year) if source.year is not None else say("year not stated")
    title = f" {source.title}." if source.title else ""
    said = f" ({say('said by {speaker}', speaker=statement.speaker)})" if statement.speaker else ""
    return f"{actor.name} ({year}):{title} {source.file}, {place(statement, say)} [{statement.id}]{said}."
