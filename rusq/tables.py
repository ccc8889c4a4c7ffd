"""The tables of a corpus to records: which keys each has and what must hold between them. Opens no files.

The keys are explained in `data/README.md`.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping, Sequence

from rusq.lexicon import Erratum, Lexicon, all_sound, parse_concept
from rusq.model import Actor, Source, Stance, Statement, Topic
from rusq.norwegian.language import Language, Lines
from rusq.norwegian.tokens import ascii_spelling, fold
from rusq.records import Schema, TomlFile

STANCES = ("for", "against", "trial", "consider", "conditional")

_ACTOR = Schema({"id": "text", "name": "text"}, {"kind": "text", "aliases": "texts"})
_SOURCE = Schema(
    {"id": "text", "actor": "text", "file": "text"},
    {"title": "text", "year": "number", "dating": "text", "sha256": "text", "original": "text", "numbers": "text",
     "withdrawn": "text"},
)  # fmt: skip
_TOPIC = Schema(
    {"id": "text", "nb": "text"},
    {"nn": "text", "en": "text", "parent": "text", "scope": "text", "aliases": "texts by language",
     "related": "texts", "terms": "texts"},
)  # fmt: skip
_STANCE = Schema(
    {"actor": "text", "topic": "text", "stance": "text", "statement": "text", "why": "text"},
    {"on": "text", "on_nb": "text", "why_nb": "text"},
)
_ERRATUM = Schema({"statement": "text", "reads": "text", "meant": "text", "why": "text"})

_ID_SIGNS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.")


def is_id(string: str) -> bool:
    """Letters, digits, hyphen: an id goes through shells, completions (zsh splits at «:») and file names."""
    return bool(string) and _ID_SIGNS.issuperset(string) and string[0] not in "-."


_LINE_OF_TWO = r"\S+ \S+"
_LINE_OF_SOME = r"\S+(?: \S+)+"
# Table -> key -> what each line is; "" for words with any white space between.
_LANGUAGE = {
    "stop": {"ask": "", "function": "", "light": "", "english": ""},
    "acronyms": {"words": ""},
    "inflection": {"irregular": _LINE_OF_SOME, "apart": _LINE_OF_TWO, "agents": "", "adjectives": ""},
    "nynorsk": {"words": _LINE_OF_TWO},
    "compounds": {"parts": "", "linkless": "", "whole": "", "never": ""},
    "real": {"words": ""},
}


def read_actors(file: TomlFile) -> dict[str, Actor]:
    """Actor id -> actor. No two may share a name or an alias."""
    file.expect_tables("actor")
    found: dict[str, Actor] = {}
    owners: dict[str, str] = {}
    for number, row in file.records("actor", _ACTOR):
        actor = Actor(row["id"], row["name"], row.get("kind", "party"), tuple(row.get("aliases", ())))
        if actor.id in found:
            file.problem(file.line("actor", number, "id"), f"two actors have the id '{actor.id}'")
        for name in (actor.id, actor.name, *actor.aliases):
            owner = owners.setdefault(ascii_spelling(fold(name)), actor.id)
            if owner != actor.id:
                file.problem(file.line("actor", number), f"'{name}' is a name of both {owner} and {actor.id}")
        if not is_id(actor.id.replace("ø", "o").replace("å", "a").replace("æ", "e")):
            file.problem(file.line("actor", number, "id"), f"'{actor.id}' is no id: letters, digits and hyphens only")
        found[actor.id] = actor
    return found


def read_sources(file: TomlFile, actors: Container[str]) -> Iterator[tuple[int, Source]]:
    """The sources in order, each with its number in the file."""
    file.expect_tables("source")
    for number, row in file.records("source", _SOURCE):
        if row["actor"] not in actors:
            file.problem(file.line("source", number, "actor"), f"no actor '{row['actor']}' in actors.toml")
        if not is_id(row["id"]):
            file.problem(file.line("source", number, "id"), f"'{row['id']}' is no id: letters, digits and hyphens only")
        if {"/", "\\"} & set(row.get("original", "")):
            file.problem(
                file.line("source", number, "original"), "'original' should be the name of a file in originals/"
            )
        if "numbers" in row or "withdrawn" in row:
            from rusq.numbers import number_faults  # only a text that was replaced has them

            for key, what in number_faults(row.get("numbers", ""), row.get("withdrawn", "")):
                file.problem(file.line("source", number, key), what)
                row[key] = ""
        yield (
            number,
            Source(
                id=row["id"],
                actor=row["actor"],
                file=row["file"],
                title=row.get("title", ""),
                year=row.get("year"),
                dating=row.get("dating", ""),
                sha256=row.get("sha256", ""),
                original=row.get("original", ""),
                numbers=row.get("numbers", ""),
                withdrawn=row.get("withdrawn", ""),
            ),
        )


def read_topics(file: TomlFile) -> dict[str, Topic]:
    """Topic id -> topic, themes among them."""
    file.expect_tables("topic")
    found: dict[str, Topic] = {}
    for number, row in file.records("topic", _TOPIC):
        if row["id"] in found:
            file.problem(file.line("topic", number, "id"), f"two topics have the id '{row['id']}'")
        if not is_id(row["id"]):
            file.problem(file.line("topic", number, "id"), f"'{row['id']}' is no id: letters, digits and hyphens only")
        found[row["id"]] = Topic(
            id=row["id"],
            names={language: row[language] for language in ("nb", "nn", "en") if language in row},
            parent=row.get("parent"),
            scope=row.get("scope", ""),
            aliases={language: tuple(names) for language, names in row.get("aliases", {}).items()},
            terms=tuple(row.get("terms", ())),
            related=tuple(row.get("related", ())),
        )
    return found


def check_topics(file: TomlFile, topics: Mapping[str, Topic], known: Container[str]) -> None:
    """Report parents and relatives that do not exist, and parents that are no themes."""
    for number, row in enumerate(file.data.get("topic", ())):
        topic = topics.get(row.get("id", "")) if isinstance(row, dict) else None
        if topic is None:
            continue
        if topic.parent is not None and topic.parent not in known:
            what = f"no topic '{topic.parent}' to be the parent of '{topic.id}'"
            file.problem(file.line("topic", number, "parent"), what)
        elif topic.parent is not None and topic.parent in topics and topics[topic.parent].parent is not None:
            file.problem(file.line("topic", number, "parent"), f"'{topic.parent}' has a parent itself: two levels only")
        for other in topic.related:
            if other not in known:
                file.problem(file.line("topic", number, "related"), f"no topic '{other}' to be related to '{topic.id}'")


def read_occurrences(file: TomlFile, statements: Container[str]) -> dict[str, tuple[str, ...]]:
    """Statement id -> topic ids, most central first."""
    file.expect_tables("statements")
    found = {}
    for statement, ids in file.strings("statements", "texts").items():
        if statement not in statements:
            file.problem(file.line_of_key(statement), f"no statement '{statement}'")
        if len(set(ids)) < len(ids):
            file.problem(file.line_of_key(statement), f"a topic stands twice for '{statement}'")
        found[statement] = tuple(ids)
    return found


def check_occurrences(file: TomlFile, topics: Container[str]) -> None:
    """Report topics that do not exist."""
    for statement, ids in file.strings("statements", "texts").items():
        for topic in ids:
            if topic not in topics:
                file.problem(file.line_of_key(statement), f"no topic '{topic}'")


def read_stances(
    file: TomlFile, topics: Container[str], statements: Mapping[str, Statement], known: Container[str]
) -> Iterator[Stance]:
    """The stances in order. Each rests on a statement of the actor's own."""
    file.expect_tables("stance")
    for number, row in file.records("stance", _STANCE):
        stance = Stance(
            row["actor"],
            row["topic"],
            row["stance"],
            row["statement"],
            row["why"],
            row.get("on", ""),
            row.get("on_nb", ""),
            row.get("why_nb", ""),
        )
        statement = statements.get(stance.statement)
        if stance.stance not in STANCES:
            file.problem(
                file.line("stance", number, "stance"), f"'{stance.stance}' is no stance; known: {', '.join(STANCES)}"
            )
        if stance.topic not in topics:
            file.problem(file.line("stance", number, "topic"), f"no topic '{stance.topic}'")
        if statement is None:
            if stance.statement not in known:
                file.problem(file.line("stance", number, "statement"), f"no statement '{stance.statement}'")
        elif statement.actor != stance.actor:
            what = f"'{stance.statement}' is {statement.actor}'s, not {stance.actor}'s"
            file.problem(file.line("stance", number, "statement"), what)
        else:
            yield stance


def read_lexicon(files: Sequence[TomlFile], language: Language) -> Lexicon:
    """The concepts and errata of all files together; a later file's line for a term replaces an earlier one's."""
    lines: dict[str, str] = {}
    errata = []
    plain = True
    for file in files:
        file.expect_tables("words", "errata")
        written = file.strings("words", "text")
        if all_sound(written.values()):
            lines.update(written)
            written = {}
        plain = plain and not written
        for term, line in written.items():
            try:
                parse_concept(term, line)
            except ValueError as error:
                file.problem(file.line_of_key(term), f"{term}: {error}")
            else:
                lines[term] = line
        for _, row in file.records("errata", _ERRATUM):
            errata.append(Erratum(row["statement"], row["reads"], row["meant"], row["why"]))
    return Lexicon(lines, errata, language, plain=plain)


def read_language(files: Sequence[TomlFile]) -> Language:
    """All that the files say of the language, as one record."""
    words: dict[str, str] = {}
    for file in files:
        file.expect_tables(*_LANGUAGE)
        for table, keys in _LANGUAGE.items():
            for key, text in file.strings(table, "text").items():
                pattern = keys.get(key)
                if pattern is None:
                    file.problem(file.line_of_key(key), f"unknown key '{key}' in [{table}]; known: {', '.join(keys)}")
                    continue
                if pattern:
                    _check_lines(file, key, text, pattern)
                words[f"{table}.{key}"] = f"{words.get(f'{table}.{key}', '')}\n{text.strip()}"

    def listed(*names: str) -> frozenset[str]:
        return frozenset(word for name in names for word in words.get(name, "").lower().split())

    return Language(
        asking=listed("stop.ask", "stop.function", "stop.english"),
        light=listed("stop.light"),
        acronyms=listed("acronyms.words"),
        irregular=Lines(words.get("inflection.irregular", "")),
        apart=Lines(words.get("inflection.apart", "")),
        nynorsk=Lines(words.get("nynorsk.words", "")),
        agents=listed("inflection.agents"),
        adjectives=listed("inflection.adjectives"),
        parts=listed("compounds.parts", "compounds.linkless"),
        short_parts=listed("compounds.linkless"),
        whole=listed("compounds.whole"),
        no_parts=listed("compounds.never"),
        real=listed("real.words"),
    )


def _check_lines(file: TomlFile, key: str, text: str, pattern: str) -> None:
    """Report the lines of a text that are not words as `pattern` says."""
    if re.fullmatch(rf"\s*(?:{pattern}\n)*{pattern}\s*", text):
        return
    head = file.line_of_key(key)
    opens_below = file.text.split("\n")[head - 1].rstrip().endswith('"""')  # TOML leaves out a line break right after
    for number, line in enumerate(text.split("\n"), int(opens_below)):
        if line and not re.fullmatch(pattern, line):
            file.problem(head + number, f"'{line.strip()}' is not a line of words as [{key}] has them")
