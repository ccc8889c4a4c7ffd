"""A corpus and all that is made of it, each part when first asked for: what commands, and other programs, call.

>>> from rusq.library import Library
>>> [hit.statement.id for hit in Library.open().search("nalokson")]
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from rusq.corpus import Corpus, builtin_folder, own_folder
from rusq.errors import RusqError
from rusq.index import AnyIndex, Index, Keeping
from rusq.model import PROSE, Actor, Hit, Statement, Topic
from rusq.norwegian.tokens import fold
from rusq.query import parse_query
from rusq.search import Found, Searcher, did_you_mean
from rusq.select import Selection

if TYPE_CHECKING:
    from rusq.compare import Comparison
    from rusq.engine.stored import StoredIndex
    from rusq.similar import Relative, Relatives
    from rusq.topics import TopicMap

FEW = 2000  # statements, up to which all are looked at to find the relatives of one
POOL = 300  # statements of a larger corpus that may be relatives of one, told by the words they share


class Library:
    """Search, topics and statements of one corpus."""

    def __init__(self, corpus: Corpus, keeping: Keeping | None = None) -> None:
        self.corpus = corpus
        self._keeping = keeping or Keeping()
        self._at_hand: Sequence[Statement] = ()  # what was given last, whose topics are then found together

    @classmethod
    def open(
        cls, folders: Sequence[str | os.PathLike[str]] = (), *, builtin: bool = True, keeping: Keeping | None = None
    ) -> Library:
        """The built-in texts, if `builtin`, and those in `folders`. RusqError if that is none, or one is no corpus."""
        own = [own_folder(Path(folder)) for folder in folders]
        if not builtin and not own:
            raise RusqError("--no-builtin leaves no texts; name a folder with -C DIR")
        return cls(Corpus([builtin_folder()._replace(left_out=not builtin), *own]), keeping)

    @cached_property
    def _stored(self) -> StoredIndex | None:
        """The ready index of a large corpus, from which its statements are then taken; None if memory can hold them."""
        if all(folder.builtin for folder in self.corpus.folders) and self._keeping.where != "disk":
            return None
        from rusq.engine.cache import is_large, ready_index  # only for texts of one's own, and many of them
        from rusq.engine.statements import ById

        index = ready_index(self.corpus, self._keeping) if is_large(self.corpus, self._keeping) else None
        if index is not None:
            self.corpus.take_from(index.stored, ById(index.stored))
        return index

    @cached_property
    def index(self) -> AnyIndex:
        return self._stored or Index(self.all_statements, self.corpus.language)

    @cached_property
    def searcher(self) -> Searcher:
        if self._stored is None or self._stored.is_plain:
            return Searcher(self.index, self.corpus.lexicon, self._actor_words, self._speaking)
        from rusq.engine.searching import LargeSearcher

        return LargeSearcher(self._stored, self.corpus.lexicon, self._actor_words, self._speaking)

    @property
    def all_statements(self) -> Sequence[Statement]:
        """Every statement, in the order of the sources and their texts."""
        return self.corpus.statements if self._stored is None else self._stored.statements

    @cached_property
    def _actor_words(self) -> dict[str, str]:
        """Single words that name an actor; «V» and «H» stand for too much else."""
        return {
            fold(name): actor.id
            for actor in self.corpus.actors.values()
            for name in (actor.id, actor.name, *actor.aliases)
            if len(name) > 1 and name.isalpha()
        }

    @cached_property
    def _speaking(self) -> frozenset[str]:
        if self._stored is not None:
            return frozenset(column.actor for column in self._stored.stored.columns)
        return frozenset(statement.actor for statement in self.all_statements)

    @cached_property
    def topic_map(self) -> TopicMap:
        from rusq.topics import TopicMap  # a search has no use for it

        corpus = self.corpus
        return TopicMap(corpus.topics, corpus.occurrences, self.index, self.searcher.expander)

    @cached_property
    def statements(self) -> Mapping[str, Statement]:
        self.all_statements  # noqa: B018  from where they are kept
        return self.corpus.by_id

    def search(self, query: str, selection: Selection | None = None, *, exact: bool = False) -> list[Hit]:
        """All statements that answer `query` among those selected, best first."""
        return self.find(query, selection, exact=exact).hits

    def find(
        self, query: str, selection: Selection | None = None, *, exact: bool = False, limit: int | None = None
    ) -> Found:
        """The best `limit` statements that answer `query` among those selected, and how many there are."""
        chosen = selection or Selection()
        found = self.searcher.search(
            parse_query(query), exact=exact, selection=chosen, allowed=self._allowed(chosen), limit=limit
        )
        self._at_hand = [hit.statement for hit in found.hits]
        return found

    def select(self, selection: Selection) -> list[Statement]:
        """The statements selected, in the order of the texts."""
        statements, allowed = self.all_statements, self._allowed(selection)
        chosen = [s for number, s in enumerate(statements) if allowed is None or allowed(number)]
        self._at_hand = chosen
        return chosen

    def _allowed(self, selection: Selection) -> Callable[[int], bool] | None:
        """Whether a selection takes the statement of a number; None if it takes all."""
        if selection == Selection():
            return None
        statements = self.all_statements
        if not selection.topics:
            return lambda number: selection.takes(statements[number])
        on, bare = self.topic_map.numbers_on(selection.topics), selection._replace(topics=())
        return lambda number: number in on and bare.takes(statements[number])

    def nearest(
        self, statement: Statement, selection: Selection | None = None, *, limit: int | None = 10, least: float = 0.1
    ) -> list[Relative]:
        """The statements selected that are nearest to `statement`, nearest first, each with what both share."""
        allowed = self._allowed(selection or Selection())
        statements = self.all_statements
        if len(statements) <= FEW:
            near = self._relatives.nearest(statement, limit=None if allowed else limit, least=least)
            number = self.index.number
            chosen = [one for one in near if allowed is None or allowed(number(one.statement.id) or 0)][:limit]
        else:
            numbers = sorted(self.searcher.near_to(statement.text, POOL, allowed))
            pool = [statement, *(statements[n] for n in numbers if statements[n].id != statement.id)]
            chosen = self._relatives_among(pool).nearest(statement, limit=limit, least=least)
        self._at_hand = [one.statement for one in chosen]
        return chosen

    @cached_property
    def _relatives(self) -> Relatives:
        from rusq.similar import Relatives  # not for a search

        return Relatives(self.index, self.corpus.lexicon)

    def _relatives_among(self, statements: Sequence[Statement]) -> Relatives:
        from rusq.similar import Relatives

        return Relatives(self.index, self.corpus.lexicon, statements)

    @cached_property
    def alike(self) -> Callable[[Statement, Statement], bool]:
        """Whether two statements say nearly the same in the same words."""
        from rusq.similar import Likeness

        return Likeness(self.index).alike

    def compare(self, selection: Selection, query: str = "", *, by: str = "actor", exact: bool = False) -> Comparison:
        """The actors selected, or all, side by side on the topics selected; a column an actor or, by source, a text.

        With a query, only what answers it counts, on the topics that are most central to an answer.
        """
        if by not in ("actor", "source"):
            raise RusqError(f"--by '{by}' is unknown; it takes actor or source")
        from rusq.compare import by_actor, by_source, compare

        corpus, topic_map = self.corpus, self.topic_map
        topics = [t for t in corpus.topics.values() if t.parent and (not selection.topics or t.id in selection.topics)]
        whole = Selection(selection.actors, sources=selection.sources, since=selection.since, until=selection.until)
        chosen = None
        if query or selection.kind:
            hits = self.search(query, selection, exact=exact) if query else ()
            found = [hit.statement for hit in hits] if query else self.select(selection)
            chosen = {statement.id for statement in found}
            if query:
                central = {topic_map.topics_of(statement)[:1] for statement in found}
                topics = [topic for topic in topics if (topic.id,) in central]
        rests_on = self.select(whole)
        ids = {statement.id for statement in rests_on}
        spoken = {t.id: [s for s in topic_map.statements_by_topic[t.id] if s.id in ids] for t in topics}
        actors = [corpus.actors[actor] for actor in selection.actors] or self.actors_with_texts()
        texts = {s.id: s for s in corpus.sources.values() if not selection.sources or s.id in selection.sources}
        columns = (by_actor if by == "actor" else by_source)(actors, texts, rests_on)
        return compare(columns, topics, spoken, corpus.stances, chosen)

    def pairs(self, statements: Sequence[Statement]) -> list[tuple[Statement, Statement]]:
        """Pairs of different voices or texts among `statements` that say nearly the same, nearest first.

        Of very many only the first FEW are looked at: each is held against each.
        """
        from rusq.similar import RELATED

        ids = {statement.id for statement in statements}
        found = []
        small = len(self.all_statements) <= FEW
        relatives = self._relatives if small else self._relatives_among(statements[:FEW])
        for one in statements if small else statements[:FEW]:
            for near in relatives.nearest(one, limit=8, least=RELATED):
                if near.statement.id in ids and near.statement.source > one.source:
                    found.append((near.score, one, near.statement))
        return [(one, other) for _, one, other in sorted(found, key=lambda pair: (-pair[0], pair[1].id, pair[2].id))]

    def absent(self, selection: Selection) -> list[str]:
        """A remark for each actor selected that has no text: who is not here is not silent."""
        names = (self.corpus.actors[actor].name for actor in selection.actors if actor not in self._speaking)
        return [f"there is no text by {name} here; 'rusq sources' lists the texts" for name in names]

    def remarks(self, query: str, selection: Selection, hits: Sequence[Hit]) -> list[str]:
        """What a reader of the hits should know: who was asked for in vain, and what was left out."""
        parsed, found = parse_query(query), []
        named = self.searcher.understand(parsed).actor if hits else None
        for actor in dict.fromkeys((*selection.actors, *((named,) if named else ()))):
            name = self.corpus.actors[actor].name
            if actor not in self._speaking:
                found.append(f"there is no text by {name} here; 'rusq sources' lists the texts")
            elif actor == named and not self._speaks(actor, query, selection, hits):
                found.append(f"{name} says nothing on this here; these are others' words")
        for clause in parsed.unwanted:
            if not any(self.searcher.occurs(word) for word in clause.words):
                found.append(f"-{' '.join(clause.words)} leaves nothing out: that does not occur in these texts")
        return found

    def _speaks(self, actor: str, query: str, selection: Selection, hits: Sequence[Hit]) -> bool:
        """Whether the actor has an answer among those selected, be it among `hits` or after them."""
        if any(hit.statement.actor == actor for hit in hits):
            return True
        if selection.actors and actor not in selection.actors:
            return False
        return bool(self.find(query, selection._replace(actors=(actor,)), limit=1).hits)

    def unknown_words(self, query: str) -> list[str]:
        """The words of a query that meet nothing at all in the texts, if others do."""
        asked = self.searcher.understand(parse_query(query))
        missing = [meaning.label for meaning, _ in asked.meanings if not meaning.strength]
        return missing if len(missing) < len(asked.meanings) else []

    def did_you_mean(self, query: str) -> list[str]:
        """Words that do occur, for a query that found nothing."""
        clauses = [clause for group in parse_query(query).wanted for clause in group]
        return did_you_mean([word for clause in clauses for word in clause.words], self.searcher)

    def actors_with_texts(self) -> list[Actor]:
        """The actors that a source is by, in the order of the sources."""
        speaking = dict.fromkeys(source.actor for source in self.corpus.sources.values())
        return [self.corpus.actors[actor] for actor in speaking]

    def topics_of(self, statement: Statement) -> tuple[str, ...]:
        """The ids of the topics of a statement, most central first."""
        read = self.corpus.occurrences_as_read.get(statement.id)
        if read is not None:
            return read
        if not self.topic_map.knows(statement):
            self.topic_map.look_at([*self._at_hand, statement])
        return self.topic_map.topics_of(statement)

    def theme_of(self, topic: Topic) -> str:
        """The name of the theme a topic belongs to; "" for a theme."""
        return self.corpus.topics[topic.parent].name if topic.parent else ""

    def context(self, statement: Statement) -> tuple[str, str]:
        """The text right before and after: of a sentence the rest of its paragraph, of a list item the items beside it.

        Both are the document's own characters, outer white space left off.
        """
        statements = self.all_statements
        at = statements.index(statement)
        if statement.kind == PROSE:
            sentences = [*self._beside(at, -1), statement, *self._beside(at, 1)]
            together = [s for s in sentences if s.line == statement.line]
            text = self.corpus.text_of(statement.source)
            start, end = min(s.start for s in together), max(s.end for s in together)
            return text[start : statement.start].strip(), text[statement.end : end].strip()
        items = (next(iter(self._beside(at, step)), None) for step in (-1, 1))
        before, after = (item.text if item and item.lead_in == statement.lead_in else "" for item in items)
        return before, after

    def _beside(self, at: int, step: int) -> Iterator[Statement]:
        """The statements of the same kind on one side of a statement, nearest first: in its text, or of its line."""
        statements = self.all_statements
        given = statements[at]
        while 0 <= (at := at + step) < len(statements) and statements[at].source == given.source:
            beside = statements[at]
            if beside.kind == given.kind:
                yield beside
            if given.kind == PROSE and beside.line != given.line:
                return
