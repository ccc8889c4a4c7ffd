"""The tables of a corpus to records: which keys each has and what must hold between them. Opens no files.

The keys are explained in `data/README.md`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet

from rusq.lexicon import Erratum, Lexicon, parse_concept
from rusq.model import Actor, Source, Stance, Statement, Topic
from rusq.norwegian.language import Language
from rusq.norwegian.tokens import fold
from rusq.records import Schema, TomlFile

STANCES = ("for", "against", "trial", "consider", "conditional")

_ACTOR = Schema({"id": "text", "name": "text"}, {"kind": "text", "aliases": "texts"})
_SOURCE = Schema(
    {"id": "text", "actor": "text", "file": "text"},
    {"title": "text", "year": "number", "dating": "text", "sha256": "text", "original": "text"},
)
_TOPIC = Schema(
    {"id": "text", "nb": "text"},
    {"nn": "text", "en": "text", "parent": "text", "scope": "text", "aliases": "texts by language",
     "related": "texts", "terms": "texts"},
)  # fmt: skip
_STANCE = Schema({"actor": "text", "topic": "text", "stance": "text", "statement": "text", "why": "text"})
_ERRATUM = Schema({"statement": "text", "reads": "text", "meant": "text", "why": "text"})

_ID_SIGNS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.")


def _is_id(string: str) -> bool:
    """Letters, digits, hyphen: an id goes through shells, completions (zsh splits at «:») and file names."""
    return bool(string) and _ID_SIGNS.issuperset(string) and string[0] not in "-."


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
            owner = owners.setdefault(fold(name), actor.id)
            if owner != actor.id:
                file.problem(file.line("actor", number), f"'{name}' is a name of both {owner} and {actor.id}")
        if not _is_id(actor.id.replace("ø", "o").replace("å", "a").replace("æ", "e")):
            file.problem(file.line("actor", number, "id"), f"'{actor.id}' is no id: letters, digits and hyphens only")
        found[actor.id] = actor
    return found


def read_sources(file: TomlFile, actors: Mapping[str, Actor]) -> Iterator[tuple[int, Source]]:
    """The sources in order, each with its number in the file."""
    file.expect_tables("source")
    for number, row in file.records("source", _SOURCE):
        if row["actor"] not in actors:
            file.problem(file.line("source", number, "actor"), f"no actor '{row['actor']}' in actors.toml")
        if not _is_id(row["id"]):
            file.problem(file.line("source", number, "id"), f"'{row['id']}' is no id: letters, digits and hyphens only")
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
            ),
        )


def read_topics(file: TomlFile) -> dict[str, Topic]:
    """Topic id -> topic, themes among them."""
    file.expect_tables("topic")
    found: dict[str, Topic] = {}
    for number, row in file.records("topic", _TOPIC):
        if row["id"] in found:
            file.problem(file.line("topic", number, "id"), f"two topics have the id '{row['id']}'")
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


def check_topics(file: TomlFile, topics: dict[str, Topic]) -> None:
    """Report parents and relatives that do not exist, parents that are no themes, and terms of themes."""
    for number, row in enumerate(file.data.get("topic", ())):
        topic = topics.get(row.get("id", "")) if isinstance(row, dict) else None
        if topic is None:
            continue
        if topic.parent is not None and topic.parent not in topics:
            file.problem(
                file.line("topic", number, "parent"), f"no topic '{topic.parent}' to be the parent of '{topic.id}'"
            )
        elif topic.parent is not None and topics[topic.parent].parent is not None:
            file.problem(file.line("topic", number, "parent"), f"'{topic.parent}' has a parent itself: two levels only")
        for other in topic.related:
            if other not in topics:
                file.problem(file.line("topic", number, "related"), f"no topic '{other}' to be related to '{topic.id}'")


def read_occurrences(
    file: TomlFile, topics: Mapping[str, Topic], statements: AbstractSet[str]
) -> dict[str, tuple[str, ...]]:
    """Statement id -> topic ids, most central first."""
    file.expect_tables("statements")
    found = {}
    for statement, ids in file.strings("statements", "texts").items():
        line = file.line_of_key(statement)
        if statement not in statements:
            file.problem(line, f"no statement '{statement}'")
        for topic in ids:
            if topic not in topics:
                file.problem(line, f"no topic '{topic}'")
        if len(set(ids)) < len(ids):
            file.problem(line, f"a topic stands twice for '{statement}'")
        found[statement] = tuple(ids)
    return found


def read_stances(file: TomlFile, topics: Mapping[str, Topic], statements: Mapping[str, Statement]) -> Iterator[Stance]:
    """The stances in order. Each rests on a statement of the actor's own."""
    file.expect_tables("stance")
    for number, row in file.records("stance", _STANCE):
        stance = Stance(row["actor"], row["topic"], row["stance"], row["statement"], row["why"])
        statement = statements.get(stance.statement)
        if stance.stance not in STANCES:
            file.problem(
                file.line("stance", number, "stance"), f"'{stance.stance}' is no stance; known: {', '.join(STANCES)}"
            )
        if stance.topic not in topics:
            file.problem(file.line("stance", number, "topic"), f"no topic '{stance.topic}'")
        if statement is None:
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
    for file in files:
        file.expect_tables("words", "errata")
        for term, line in file.strings("words", "text").items():
            try:
                parse_concept(term, line)
            except ValueError as error:
                file.problem(file.line_of_key(term), f"{term}: {error}")
            else:
                lines[term] = line
        for _, row in file.records("errata", _ERRATUM):
            errata.append(Erratum(row["statement"], row["reads"], row["meant"], row["why"]))
    return Lexicon(lines, errata, language)


def read_language(files: Sequence[TomlFile]) -> Language:
    """All that the files say of the language, as one record."""
    words: dict[str, dict[str, str]] = {"stop": {}, "acronyms": {}, "compounds": {}, "real": {}, "inflection": {}}
    irregular: dict[str, tuple[str, ...]] = {}
    nynorsk: dict[str, str] = {}
    apart: dict[str, set[str]] = {}
    for file in files:
        file.expect_tables("stop", "acronyms", "inflection", "nynorsk", "compounds", "real")
        for table, lists in words.items():
            for key, value in file.strings(table, "text").items():
                lists[key] = f"{lists.get(key, '')} {value}"
        for base, *forms in _lines(file, "irregular", at_least=2):
            irregular[base] = tuple(forms)
        for one, other in _lines(file, "nynorsk", at_least=2, at_most=2):
            nynorsk[one] = other
        for one, other in _lines(file, "apart", at_least=2, at_most=2):
            apart.setdefault(one, set()).add(other)
            apart.setdefault(other, set()).add(one)
    return _language(words, irregular, nynorsk, apart)


def _language(
    words: Mapping[str, Mapping[str, str]],
    irregular: Mapping[str, tuple[str, ...]],
    nynorsk: Mapping[str, str],
    apart: Mapping[str, set[str]],
) -> Language:
    def listed(table: str, *keys: str) -> frozenset[str]:
        return frozenset(word for key in keys for word in _words(words[table].get(key, "")))

    bases: dict[str, tuple[str, ...]] = {}
    for base, forms in irregular.items():
        for form in forms:
            bases[form] = (*bases.get(form, ()), base)
    bokmaal: dict[str, tuple[str, ...]] = {}
    for one, other in nynorsk.items():
        bokmaal[other] = (*bokmaal.get(other, ()), one)
    return Language(
        asking=listed("stop", "ask", "function", "english"),
        light=listed("stop", "light"),
        acronyms=listed("acronyms", "words"),
        irregular=bases,
        forms=irregular,
        apart={word: frozenset(others) for word, others in apart.items()},
        nynorsk=nynorsk,
        bokmaal=bokmaal,
        agents=listed("inflection", "agents"),
        adjectives=listed("inflection", "adjectives"),
        parts=listed("compounds", "parts", "linkless"),
        short_parts=listed("compounds", "linkless"),
        no_parts=listed("compounds", "never"),
        real=listed("real", "words"),
    )


def _lines(file: TomlFile, table: str, *, at_least: int, at_most: int = 99) -> Iterator[list[str]]:
    """The lines of a text that holds some words each, folded; a line with too few or too many is reported."""
    key = "words" if table == "nynorsk" else table
    text = file.strings("nynorsk" if table == "nynorsk" else "inflection", "text").get(key, "")
    for number, line in enumerate(text.lower().split("\n")):
        words = line.split()
        if not words:
            continue
        if at_least <= len(words) <= at_most:
            yield words
        else:
            file.problem(file.line_of_key(key) + number, f"'{line.strip()}' should be {at_least} words")


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.lower().split())
