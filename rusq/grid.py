"""Results to plain values for programs: the JSON records of the contract, and long tables for CSV and TSV."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from rusq.model import Actor, Hit, Match, Source, Stance, Standing, Statement, Topic

if TYPE_CHECKING:
    from rusq.compare import Comparison
    from rusq.similar import Relative

Value = str | int | float | None
Record = dict[str, Any]
TopicsOf = Callable[[Statement], Sequence[str]]


class Grid(NamedTuple):
    """A long table: one row a fact, every row with all columns."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]


def statement_record(statement: Statement, topics: Sequence[str]) -> Record:
    """STATEMENT of the contract, and after its fields those that it does not name."""
    return {
        "id": statement.id,
        "actor": statement.actor,
        "source": statement.source,
        "year": statement.year,
        "kind": statement.kind,
        "line": statement.line,
        "page": statement.page,
        "start": statement.start,
        "end": statement.end,
        "text": statement.text,
        "topics": list(topics),
        "section": statement.section,
        "lead_in": statement.lead_in,
        "speaker": statement.speaker,
    }


def match_record(match: Match) -> Record:
    return {
        "start": match.start,
        "end": match.end,
        "term": match.term,
        "why": match.why,
        "word": match.word,
        "weight": match.weight,
        "note": match.note,
    }


def hit_record(hit: Hit, topics_of: TopicsOf) -> Record:
    record = statement_record(hit.statement, topics_of(hit.statement))
    return {**record, "score": hit.score, "matches": [match_record(match) for match in hit.matches]}


def stance_record(stance: Stance) -> Record:
    return {"stance": stance.stance, "statement": stance.statement, "on": stance.on or None, "why": stance.why}


def topic_record(topic: Topic) -> Record:
    return {
        "id": topic.id,
        "name": topic.name,
        "parent": topic.parent,
        "names": topic.names,
        "aliases": {language: list(names) for language, names in topic.aliases.items()},
        "scope": topic.scope,
        "related": list(topic.related),
        "terms": list(topic.terms),
    }


def actor_record(actor: Actor) -> Record:
    return {"id": actor.id, "name": actor.name, "kind": actor.kind, "aliases": list(actor.aliases)}


def source_record(source: Source) -> Record:
    return {
        "id": source.id,
        "actor": source.actor,
        "title": source.title,
        "year": source.year,
        "dating": source.dating,
        "file": source.file,
        "sha256": source.sha256,
    }


def comparison_record(comparison: "Comparison", topics_of: TopicsOf) -> Record:
    columns = comparison.columns
    rows = []
    for row in comparison.rows:
        cells = zip(columns, row.cells, strict=True)
        said = {column.id: [statement_record(s, topics_of(s)) for s in cell.statements] for column, cell in cells}
        stances = {c.id: [stance_record(s) for s in cell.stances] for c, cell in zip(columns, row.cells, strict=True)}
        rows.append({"topic": row.topic.id, "cells": said, "stances": stances, "verdict": row.verdict})
    return {"actors": [column.id for column in columns], "rows": rows}


def search_grid(hits: Iterable[Hit], topics_of: TopicsOf) -> Grid:
    columns = (
        "rank", "id", "actor", "year", "kind", "source", "page", "line", "text", "matched", "topics", "score",
        "speaker", "lead_in",
    )  # fmt: skip
    rows = []
    for rank, hit in enumerate(hits, 1):
        s = hit.statement
        matched = ", ".join(dict.fromkeys(match.word for match in hit.matches))
        topics = " ".join(topics_of(s))
        rows.append(
            (
                rank,
                s.id,
                s.actor,
                s.year,
                s.kind,
                s.source,
                s.page,
                s.line,
                s.text,
                matched,
                topics,
                hit.score,
                s.speaker,
                s.lead_in,
            )
        )
    return Grid(columns, tuple(rows))


def statements_grid(statements: Iterable[Statement], topics_of: TopicsOf) -> Grid:
    columns = (
        "id",
        "actor",
        "source",
        "year",
        "kind",
        "page",
        "line",
        "start",
        "end",
        "text",
        "topics",
        "section",
        "lead_in",
        "speaker",
    )
    return Grid(
        columns,
        tuple(
            (s.id, s.actor, s.source, s.year, s.kind, s.page, s.line, s.start, s.end, s.text,
             " ".join(topics_of(s)), s.section, s.lead_in, s.speaker)
            for s in statements
        ),
    )  # fmt: skip


def comparison_grid(comparison: "Comparison") -> Grid:
    """A row a statement; a column that is silent on a topic has one row that says so."""
    columns = (
        "topic",
        "topic_name",
        "voice",
        "said",
        "id",
        "year",
        "kind",
        "stance",
        "verdict",
        "text",
        "speaker",
        "lead_in",
    )
    rows: list[tuple[Value, ...]] = []
    for row in comparison.rows:
        for column, cell in zip(comparison.columns, row.cells, strict=True):
            stances = {stance.statement: stance.stance for stance in cell.stances}
            head = (row.topic.id, row.topic.name, column.id)
            for s in cell.statements:
                rows.append(
                    (*head, "yes", s.id, s.year, s.kind, stances.get(s.id), row.verdict, s.text, s.speaker, s.lead_in)
                )
            if not cell.statements:
                said = "not mentioned in these texts" if not cell.total else "not asked for"
                rows.append((*head, said, None, None, None, None, row.verdict, None, None, None))
    return Grid(columns, tuple(rows))


def topics_grid(rows: Iterable[tuple[Topic, Mapping[str, int]]], actors: Sequence[str]) -> Grid:
    return Grid(
        ("id", "name", "name_nn", "name_en", "parent", *actors),
        tuple(
            (t.id, t.name, t.names.get("nn"), t.names.get("en"), t.parent, *(counts.get(actor, 0) for actor in actors))
            for t, counts in rows
        ),
    )


def actors_grid(rows: Iterable[tuple[Actor, int, int]]) -> Grid:
    return Grid(
        ("id", "name", "kind", "aliases", "texts", "statements"),
        tuple((a.id, a.name, a.kind, "; ".join(a.aliases), texts, statements) for a, texts, statements in rows),
    )


def standing_record(standing: Standing) -> Record:
    """A source and how it stands; the years are those of its statements."""
    first, last = standing.years or (None, None)
    return {
        **source_record(standing.source),
        "original": standing.source.original,
        "list_items": standing.items,
        "sentences": standing.sentences,
        "pages": standing.pages,
        "first_year": first,
        "last_year": last,
        "doubts": standing.doubts,
    }


def sources_grid(standings: Iterable[Standing]) -> Grid:
    columns = (
        "id", "actor", "year", "title", "file", "list_items", "sentences", "dating", "sha256", "original", "pages",
        "first_year", "last_year", "doubts",
    )  # fmt: skip
    records = [standing_record(standing) for standing in standings]
    return Grid(columns, tuple(tuple(record[column] for column in columns) for record in records))


def added_grid(rows: Iterable[tuple[Source, Actor, str, Sequence[Statement], tuple[int, int, int]]]) -> Grid:
    """A row a source: what became of it, and how many of its statements are as before, new and gone."""
    return Grid(
        ("id", "actor", "year", "title", "file", "original", "status", "statements", "kept", "new", "gone", "dating"),
        tuple(
            (s.id, s.actor, s.year, s.title, s.file, s.original, status, len(statements), *counts, s.dating)
            for s, _, status, statements, counts in rows
        ),
    )


def map_record(comparison: "Comparison") -> Record:
    """Topic by topic how much each voice says and which stances it takes; silence is a cell with 0 statements."""
    topics = []
    for row in comparison.rows:
        cells = {
            column.id: {"statements": cell.total, "stances": [stance_record(stance) for stance in cell.stances]}
            for column, cell in zip(comparison.columns, row.cells, strict=True)
        }
        topics.append({"topic": row.topic.id, "theme": row.topic.parent, "cells": cells, "verdict": row.verdict})
    for topic in comparison.silent:
        cells = {column.id: {"statements": 0, "stances": []} for column in comparison.columns}
        topics.append({"topic": topic.id, "theme": topic.parent, "cells": cells, "verdict": None})
    return {"actors": [column.id for column in comparison.columns], "topics": topics}


def map_grid(comparison: "Comparison") -> Grid:
    """A row a topic and voice."""
    columns = ("topic", "topic_name", "theme", "voice", "statements", "stances", "on", "verdict")
    rows: list[tuple[Value, ...]] = []
    for row in comparison.rows:
        for column, cell in zip(comparison.columns, row.cells, strict=True):
            stances = " ".join(dict.fromkeys(stance.stance for stance in cell.stances))
            points = "; ".join(dict.fromkeys(stance.on for stance in cell.stances if stance.on))
            head = (row.topic.id, row.topic.name, row.topic.parent, column.id)
            rows.append((*head, cell.total, stances, points, row.verdict))
    for topic in comparison.silent:
        rows += [(topic.id, topic.name, topic.parent, column.id, 0, "", "", None) for column in comparison.columns]
    return Grid(columns, tuple(rows))


def similar_grid(near: "Iterable[Relative]", topics_of: TopicsOf) -> Grid:
    columns = ("rank", "id", "actor", "year", "kind", "source", "page", "line", "text", "shared", "topics", "score")
    rows = []
    for rank, one in enumerate(near, 1):
        s = one.statement
        shared, topics = ", ".join(one.shared), " ".join(topics_of(s))
        rows.append((rank, s.id, s.actor, s.year, s.kind, s.source, s.page, s.line, s.text, shared, topics, one.score))
    return Grid(columns, tuple(rows))
