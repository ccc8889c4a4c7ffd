"""Topics, statements and actors joined both ways. A topic is a saved query plus what was read by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

from rusq.expand import WEIGHTS, Expander, inverse_document_frequency
from rusq.index import AnyIndex
from rusq.model import Statement, Topic
from rusq.query import PHRASE, Clause, parse_query


class TopicMap:
    """What each statement is about. `occurrences` are read by hand and go before the topics' own queries.

    The queries are run only for statements that nobody has read, and only once.
    """

    def __init__(
        self,
        topics: Mapping[str, Topic],
        occurrences: Mapping[str, Sequence[str]],
        index: AnyIndex,
        expander: Expander,
    ) -> None:
        self.topics = topics
        self._occurrences = occurrences
        self._index = index
        self._expander = expander

    def topics_of(self, statement: Statement) -> tuple[str, ...]:
        """The ids of the topics it speaks on, most central first."""
        read = self._occurrences.get(statement.id)
        return tuple(read) if read is not None else self._found.get(statement.id, ())

    def with_themes(self, statement: Statement) -> tuple[str, ...]:
        """Its topics and the themes they belong to: a theme has what its topics have."""
        own = self.topics_of(statement)
        themes = (self.topics[topic].parent for topic in own)
        return (*own, *dict.fromkeys(theme for theme in themes if theme))

    @cached_property
    def statements_by_topic(self) -> Mapping[str, tuple[Statement, ...]]:
        """Topic id, themes included -> its statements in the order of the texts."""
        found: dict[str, list[Statement]] = {topic: [] for topic in self.topics}
        for statement in self._index.statements:
            for topic in self.with_themes(statement):
                found[topic].append(statement)
        return {topic: tuple(statements) for topic, statements in found.items()}

    @cached_property
    def _found(self) -> Mapping[str, tuple[str, ...]]:
        """Statement id -> topics by the saved queries, for statements that were not read by hand."""
        unread = {n for n, statement in enumerate(self._index.statements) if statement.id not in self._occurrences}
        return self.by_queries(unread) if unread else {}

    def by_queries(self, numbers: set[int]) -> dict[str, tuple[str, ...]]:
        """Statement id -> topics whose saved queries meet it, for the statements numbered `numbers`.

        A topic is the more central, the more and the rarer terms of it the statement has.
        """
        total = len(self._index.statements)
        scores: dict[int, dict[str, float]] = {}
        for topic in self.topics.values():
            for term in topic.terms:
                held = self._holding(term)
                weight = inverse_document_frequency(len(held), total)
                for number in held & numbers:
                    by_topic = scores.setdefault(number, {})
                    by_topic[topic.id] = by_topic.get(topic.id, 0.0) + weight
        statements = self._index.statements
        return {
            statements[number].id: tuple(sorted(by_topic, key=lambda topic: -by_topic[topic]))
            for number, by_topic in scores.items()
        }

    def idle_terms(self, topic: Topic) -> list[str]:
        """The terms of a topic that no statement meets."""
        return [term for term in topic.terms if not self._holding(term)]

    def _holding(self, term: str) -> set[int]:
        """The statements that a term meets: all its words, in any form or compound, and none it excludes."""
        query = parse_query(term)
        wanted = [set().union(*(self._meeting(clause) for clause in group)) for group in query.wanted]
        held = set.intersection(*wanted)
        for clause in query.unwanted:
            held -= self._meeting(clause)
        return held

    def _meeting(self, clause: Clause) -> set[int]:
        if clause.kind == PHRASE and len(clause.words) > 1:
            held = set.intersection(*(set(self._index.postings(word)) for word in clause.words))
            return {number for number in held if self._reads(number, clause.words)}
        key = (clause.kind, clause.words[0])
        if key not in self._met:
            if clause.kind == PHRASE:
                words = [clause.words[0]]
            elif clause.kind == "prefix":
                words = list(self._index.starting(clause.words[0]))
            else:
                forms = self._expander.forms(clause.words[0])
                words = [word for word, way in forms.items() if way.weight >= WEIGHTS["modifier"]]
            self._met[key] = {number for word in words for number in self._index.postings(word)}
        return self._met[key]

    @cached_property
    def _met(self) -> dict[tuple[str, str], set[int]]:
        return {}

    def _reads(self, number: int, words: tuple[str, ...]) -> bool:
        """Whether the statement has these words in this order, side by side."""
        tokens = self._index.tokens(self._index.statements[number].text)
        at = {(token.position, token.word) for token in tokens}
        return any(
            all((start + step, word) in at for step, word in enumerate(words)) for start, word in at if word == words[0]
        )
