"""Topics, statements and actors joined both ways. A topic is a saved query plus what was read by hand."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cached_property

from rusq.expand import Expander
from rusq.index import AnyIndex, Index
from rusq.meaning import WEIGHTS, inverse_document_frequency
from rusq.model import Statement, Topic
from rusq.query import PHRASE, Clause, parse_query

SOME = 20  # statements are looked at by themselves where an index holds so many times as many


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
        self._looked_at: dict[str, tuple[str, ...]] = {}

    def topics_of(self, statement: Statement) -> tuple[str, ...]:
        """The ids of the topics it speaks on, most central first."""
        read = self._occurrences.get(statement.id)
        if read is not None:
            return tuple(read)
        known = self._looked_at.get(statement.id)
        return known if known is not None else self._found.get(statement.id, ())

    def with_themes(self, statement: Statement) -> tuple[str, ...]:
        """Its topics and the themes they belong to: a theme has what its topics have."""
        return self._and_themes(self.topics_of(statement))

    def _and_themes(self, topics: Sequence[str]) -> tuple[str, ...]:
        themes = (self.topics[topic].parent for topic in topics)
        return (*topics, *dict.fromkeys(theme for theme in themes if theme))

    @cached_property
    def statements_by_topic(self) -> Mapping[str, tuple[Statement, ...]]:
        """Topic id, themes included -> its statements in the order of the texts."""
        found: dict[str, list[Statement]] = {topic: [] for topic in self.topics}
        for statement in self._index.statements:
            for topic in self.with_themes(statement):
                found[topic].append(statement)
        return {topic: tuple(statements) for topic, statements in found.items()}

    def numbers_on(self, topics: Collection[str]) -> set[int]:
        """The numbers of the statements that speak on any of these topics and themes; only their queries are run."""
        found: set[int] = set()
        if len(self._read) < len(self._index.statements):
            terms = (term for topic in topics for term in self.topics[topic].terms)
            found.update(*(self.holding(term) for term in terms))
            found.difference_update(self._read)
        for number, read in self._read.items():
            if not set(topics).isdisjoint(self._and_themes(read)):
                found.add(number)
        return found

    @cached_property
    def _read(self) -> Mapping[int, Sequence[str]]:
        """Statement number -> its topics, for those that were read by hand."""
        numbered = ((self._index.number(statement), topics) for statement, topics in self._occurrences.items())
        return {number: topics for number, topics in numbered if number is not None}

    def knows(self, statement: Statement) -> bool:
        """Whether its topics have been found already."""
        return statement.id in self._occurrences or statement.id in self._looked_at or "_found" in self.__dict__

    def look_at(self, statements: Sequence[Statement]) -> None:
        """Find the topics of a few statements of a large index, without running the queries over all of it.

        They are run over these alone, as if they were all there is; only how rare a term is, on which the
        order rests, is asked of the whole.
        """
        unread = list({s.id: s for s in statements if not self.knows(s)}.values())
        if unread and SOME * len(unread) < len(self._index.statements):
            few = Index(unread, self._index.language, like=self._index)
            found = TopicMap(self.topics, {}, few, self._expander.over(few)).by_queries(
                set(range(len(unread))), self._weight
            )
            self._looked_at.update({statement.id: found.get(statement.id, ()) for statement in unread})

    @cached_property
    def _found(self) -> Mapping[str, tuple[str, ...]]:
        """Statement id -> topics by the saved queries, for statements that were not read by hand."""
        unread = set(range(len(self._index.statements))).difference(self._read)
        return self.by_queries(unread) if unread else {}

    def by_queries(self, numbers: set[int], weigh: Callable[[str], float] | None = None) -> dict[str, tuple[str, ...]]:
        """Statement id -> topics whose saved queries meet it, for the statements numbered `numbers`.

        A topic is the more central, the more and the rarer terms of it the statement has; `weigh` says how
        rare a term is, if not these statements do.
        """
        weigh = weigh or self._weight
        scores: dict[int, dict[str, float]] = {}
        for topic in self.topics.values():
            for term in topic.terms:
                held = self.holding(term) & numbers
                weight = weigh(term) if held else 0.0
                for number in held:
                    by_topic = scores.setdefault(number, {})
                    by_topic[topic.id] = by_topic.get(topic.id, 0.0) + weight
        statements = self._index.statements
        return {
            statements[number].id: tuple(sorted(by_topic, key=lambda topic: -by_topic[topic]))
            for number, by_topic in scores.items()
        }

    def _weight(self, term: str) -> float:
        """How rare a term is among all statements, in nats."""
        query = parse_query(term)
        plain = not query.unwanted and not any(self._is_phrase(clause) for group in query.wanted for clause in group)
        if plain:
            groups = [{word for clause in group for word in self._words(clause)} for group in query.wanted]
            held = self._index.holding_all(groups)
        else:
            held = len(self.holding(term))
        return inverse_document_frequency(held, len(self._index.statements))

    def idle_terms(self, topic: Topic) -> list[str]:
        """The terms of a topic that no statement meets."""
        return [term for term in topic.terms if not self.holding(term)]

    def holding(self, term: str) -> set[int]:
        """The statements that a term meets: all its words, in any form or compound, and none it excludes."""
        query = parse_query(term)
        wanted = [set().union(*(self._meeting(clause) for clause in group)) for group in query.wanted]
        held = set.intersection(*wanted)
        for clause in query.unwanted:
            held -= self._meeting(clause)
        return held

    def _meeting(self, clause: Clause) -> set[int]:
        if self._is_phrase(clause):
            held = set.intersection(*(set(self._index.postings(word)) for word in clause.words))
            return {number for number in held if self._reads(number, clause.words)}
        key = (clause.kind, clause.words[0])
        if key not in self._met:
            self._met[key] = {number for word in self._words(clause) for number in self._index.postings(word)}
        return self._met[key]

    @staticmethod
    def _is_phrase(clause: Clause) -> bool:
        return clause.kind == PHRASE and len(clause.words) > 1

    def _words(self, clause: Clause) -> Iterator[str]:
        """The words of the texts that meet a clause of one word."""
        word = clause.words[0]
        if clause.kind == PHRASE:
            yield word
        elif clause.kind == "prefix":
            yield from self._index.starting(word)
        else:
            forms = self._expander.forms(word)
            yield from (form for form, way in forms.items() if way.weight >= WEIGHTS["modifier"])

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
