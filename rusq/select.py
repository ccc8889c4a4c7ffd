"""Which statements are asked for, by actor, topic, source, kind and year. Names to ids, with the nearest for a slip."""

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from rusq.errors import RusqError, UnknownName
from rusq.model import BULLET, PROSE, Actor, Source, Statement, Topic
from rusq.norwegian.tokens import ascii_spelling, fold

KINDS = (BULLET, PROSE)
_LISTED = 50_000  # ids at most that are gone through for one that is nearly what was typed


class Selection(NamedTuple):
    """What statements to take; empty or None takes all. Years are inclusive, and leave out what has no year."""

    actors: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    kind: str | None = None
    since: int | None = None
    until: int | None = None

    def takes(self, statement: Statement, topics: Collection[str] = ()) -> bool:
        """Whether it takes `statement`, which speaks on `topics` (needed only where `self.topics` is set)."""
        return (
            (not self.actors or statement.actor in self.actors)
            and (not self.sources or statement.source in self.sources)
            and (self.kind is None or statement.kind == self.kind)
            and self.takes_year(statement.year)
            and (not self.topics or not set(self.topics).isdisjoint(topics))
        )

    def takes_year(self, year: int | None) -> bool:
        if self.since is None and self.until is None:
            return True
        return year is not None and (self.since or year) <= year <= (self.until or year)


def check_kind(kind: str | None) -> str | None:
    """The kind itself; «list item» and «setning» are not asked of anyone."""
    if kind is not None and kind not in KINDS:
        raise RusqError(f"no kind '{kind}'; --kind takes {BULLET} or {PROSE}")
    return kind


def check_years(since: int | None, until: int | None) -> None:
    if since is not None and until is not None and since > until:
        raise RusqError(f"--since {since} comes after --until {until}; no year is between them")


def actor_names(actors: Iterable[Actor]) -> dict[str, str]:
    """Every name an actor goes by, as `_key`, to its id."""
    found: dict[str, str] = {}
    for actor in actors:
        for name in (actor.id, actor.name, *actor.aliases):
            found.setdefault(_key(name), actor.id)
    return found


def topic_names(topics: Iterable[Topic]) -> dict[str, str]:
    """Every name of a topic in any language, as `_key`, to its id; an id and a name go before an alias."""
    found: dict[str, str] = {}
    listed = list(topics)
    for topic in listed:
        found.setdefault(_key(topic.id), topic.id)
    for topic in listed:
        for name in topic.names.values():
            found.setdefault(_key(name), topic.id)
    for topic in listed:
        for names in topic.aliases.values():
            for name in names:
                found.setdefault(_key(name), topic.id)
    return found


def find_actors(names: Iterable[str], actors: Mapping[str, Actor]) -> tuple[str, ...]:
    """The ids of the actors named, each once, in the order given."""
    known = actor_names(actors.values())
    shown = {actor_id: f"{actor_id} ({actor.name})" for actor_id, actor in actors.items()}
    return tuple(dict.fromkeys(_find("actor", name, known, shown, "'rusq actors' lists them") for name in names))


def find_topics(names: Iterable[str], topics: Mapping[str, Topic]) -> tuple[str, ...]:
    """The ids of the topics named, each once; a theme stands for itself and its topics."""
    known = topic_names(topics.values())
    shown = {topic_id: topic_id for topic_id in topics}
    found: dict[str, None] = {}
    for name in names:
        topic = _find("topic", name, known, shown, "'rusq topics' lists them")
        found[topic] = None
        found.update(dict.fromkeys(child.id for child in topics.values() if child.parent == topic))
    return tuple(found)


def find_sources(names: Iterable[str], sources: Mapping[str, Source]) -> tuple[str, ...]:
    """The ids of the sources named by id or file name, each once."""
    known = {_key(source.id): source.id for source in sources.values()}
    for source in sources.values():
        known.setdefault(_key(source.file), source.id)
        known.setdefault(_key(source.file.rsplit(".", 1)[0]), source.id)
    shown = {source_id: source_id for source_id in sources}
    return tuple(dict.fromkeys(_find("source", name, known, shown, "'rusq sources' lists them") for name in names))


def find_statement(name: str, statements: Mapping[str, Statement]) -> Statement:
    """The statement with that id, any case."""
    folded = name.strip().lower()
    found = statements.get(name) or statements.get(folded)
    few = statements if len(statements) <= _LISTED else {}
    found = found or next((other for known, other in few.items() if known.lower() == folded), None)
    if found is None:
        nearest = _nearest(name.lower(), {statement_id.lower(): statement_id for statement_id in few})
        raise UnknownName("statement", name, nearest, "'rusq search WORD' shows ids")
    return found


def _key(name: str) -> str:
    """A name as it is compared: any case, ASCII spelling too, hyphens as spaces."""
    return ascii_spelling(fold(name.strip())).replace("-", " ").replace("_", " ")


def _find(what: str, name: str, known: Mapping[str, str], shown: Mapping[str, str], hint: str) -> str:
    key = _key(name)
    if key in known:
        return known[key]
    starting = dict.fromkeys(found for other, found in known.items() if len(key) > 2 and other.startswith(key))
    nearest = [shown[found] for found in (list(starting)[:3] or _nearest(key, known))]
    raise UnknownName(what, name, nearest, hint)


def _nearest(key: str, known: Mapping[str, str], limit: int = 2) -> list[str]:
    """What the known names most like `key` stand for, best first."""
    from rapidfuzz import fuzz, process  # heavy: loaded only to mend a slip

    near = process.extract(key, list(known), scorer=fuzz.ratio, score_cutoff=60, limit=6)
    return list(dict.fromkeys(known[name] for name, _, _ in near))[:limit]
