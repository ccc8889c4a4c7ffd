"""Which statements hold which words, and the best of them for a query. The one module that knows Tantivy.

Two indexes lie side by side: one of all statements but those with a suspended compound («rus- og …»), and a
small one of these, which can only be read when the words of the others are known. Each has one segment in
the order of the statements, so that of equals the earlier comes first, as in memory.
"""

from __future__ import annotations

import heapq
import re
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from rusq.meaning import Meaning, Several

if TYPE_CHECKING:
    import tantivy

MAIN, LATE = "main", "late"
_WORDS, _PLACE, _NUMBER = "words", "place", "number"
_FIRST_BATCH = 128
_FEW = 100  # words that are looked up one by one
_MARGIN = 1e-5  # the engine reckons with 32-bit numbers
# The tokenizer keeps letters and digits together; a sign within a word («2,4») is written as letters.
_OPEN, _CLOSE = "\ua4fc", "\ua4fd"
_WRITTEN = re.compile(f"{_OPEN}([0-9a-f]+){_CLOSE}")


def as_term(word: str, acronyms: Collection[str]) -> str:
    """A folded word as it is stored: signs within it as letters, and an acronym apart from the word it looks like."""
    if not word.isalnum():
        word = "".join(sign if sign.isalnum() else f"{_OPEN}{ord(sign):x}{_CLOSE}" for sign in word)
    return word + _CLOSE if word in acronyms else word


def as_word(term: str, acronyms: Collection[str]) -> str | None:
    """The word that `as_term` stored; None for what looks like an acronym in small letters, and is not one."""
    if _CLOSE not in term:
        return None if term in acronyms else term
    if term[:-1] in acronyms:
        return term[:-1]
    return _WRITTEN.sub(lambda sign: chr(int(sign[1], 16)), term)


def bound_of(several: Several) -> float:
    """The most that words which must stand near one another can be worth."""
    best = [max(way.weight for way in part.values()) for part in several.parts]
    return several.way.weight * sum(best) / len(best)


def _worths(meaning: Meaning) -> Iterator[float]:
    """What a statement can have of a meaning, by each way to meet it."""
    yield from (way.weight for way in meaning.words.values())
    yield from map(bound_of, meaning.several)


class Bound(NamedTuple):
    """A statement that may answer a query, and the most it can be worth."""

    most: float
    number: int


class Postings:
    """The indexes in a folder that `Writer` filled. `acronyms` are those of the language."""

    def __init__(self, folder: Path, acronyms: Collection[str]) -> None:
        import tantivy  # a large library, for large corpora only

        self._tantivy = tantivy
        self._acronyms = acronyms
        self._opened: list[tuple[Any, Any]] = []  # Tantivy's schema and searcher; its types lack what it has
        for name in (MAIN, LATE):
            index = tantivy.Index.open(str(folder / name))
            searcher = index.searcher()
            if searcher.num_docs:  # looking up words in an empty one takes as long as in another
                self._opened.append((index.schema, searcher))

    def numbers(self, word: str) -> list[int]:
        """The numbers of the statements that hold the word, ascending."""
        found: list[int] = []
        for schema, searcher in self._opened:
            query = self._terms(schema, [word])
            holding = searcher.search(query, limit=1, count=True).count
            if holding:
                hits = searcher.search(query, limit=holding, count=False).hits
                found += searcher.fast_field_values(_NUMBER, [address for _, address in hits])
        return sorted(found)

    def holding(self, words: Collection[str]) -> int:
        """In how many statements at least one of the words stands."""
        return sum(
            searcher.search(self._terms(schema, words), limit=1, count=True).count for schema, searcher in self._opened
        )

    def holding_all(self, groups: Sequence[Collection[str]]) -> int:
        """In how many statements at least one word of each group stands."""
        must, count = self._tantivy.Occur.Must, 0
        for schema, searcher in self._opened:
            query = self._tantivy.Query.boolean_query([(must, self._terms(schema, words)) for words in groups])
            count += searcher.search(query, limit=1, count=True).count
        return count

    def best_first(
        self, meanings: Sequence[tuple[Meaning, float]], places: Collection[int] | None = None
    ) -> Iterator[Bound]:
        """The statements that meet any meaning, those that can be worth most first, of equals the earlier one.

        A single word is worth exactly its weight times its meaning's; words that must stand near one another
        are worth at most that much. `places` limits them to some places (see `Writer.add`).
        """
        streams = [self._staged(schema, searcher, meanings, places) for schema, searcher in self._opened]
        return heapq.merge(*streams, key=lambda bound: (-bound.most, bound.number))

    def _staged(
        self,
        schema: tantivy.Schema,
        searcher: Any,
        meanings: Sequence[tuple[Meaning, float]],
        places: Collection[int] | None,
    ) -> Iterator[Bound]:
        """The same of one index. What only the best statements can hold is asked for first: it is sooner read."""
        tops = [weight * max(_worths(meaning), default=0.0) for meaning, weight in meanings]
        most = sum(tops)
        stages = (most, 0.6 * most, 0.0) if len(meanings) == 1 else (0.8 * most, 0.0)
        seen: set[int] = set()
        for stage in stages:
            query = self._query(schema, meanings, [stage - (most - top) for top in tops])
            if places is not None:
                only = self._tantivy.Query.term_set_query(schema, _PLACE, sorted(places))
                only = self._tantivy.Query.const_score_query(only, 0.0)
                must = self._tantivy.Occur.Must
                query = self._tantivy.Query.boolean_query([(must, query), (must, only)])
            for bound in _read_on(searcher, query, _FIRST_BATCH + len(seen)):
                if bound.most < stage - _MARGIN:
                    break
                if bound.number not in seen:
                    seen.add(bound.number)
                    yield bound

    def _query(
        self, schema: tantivy.Schema, meanings: Sequence[tuple[Meaning, float]], needs: Sequence[float]
    ) -> tantivy.Query:
        """The sum over the meanings of the best way each is met: BM25 and the like have no part in it.

        A meaning that something is needed of must be met, in a way that gives as much.
        """
        should, must = self._tantivy.Occur.Should, self._tantivy.Occur.Must
        wanted = [
            (must if need > 0 else should, self._meaning(schema, meaning, weight, need))
            for (meaning, weight), need in zip(meanings, needs, strict=True)
        ]
        return wanted[0][1] if len(wanted) == 1 else self._tantivy.Query.boolean_query(wanted)

    def _meaning(self, schema: tantivy.Schema, meaning: Meaning, weight: float, need: float) -> tantivy.Query:
        query = self._tantivy.Query
        least = need - _MARGIN
        by_weight: dict[float, list[str]] = {}
        for word, way in meaning.words.items():
            if weight * way.weight >= least:
                by_weight.setdefault(way.weight, []).append(word)
        ways = [
            query.const_score_query(self._terms(schema, words), weight * met)
            for met, words in sorted(by_weight.items())
        ]
        ways += [
            self._several(schema, several, weight) for several in meaning.several if weight * bound_of(several) >= least
        ]
        if len(ways) == 1:
            return ways[0]
        return query.disjunction_max_query(ways) if ways else query.empty_query()

    def _several(self, schema: tantivy.Schema, several: Several, weight: float) -> tantivy.Query:
        query, must = self._tantivy.Query, self._tantivy.Occur.Must
        parts = [(must, self._terms(schema, list(part))) for part in several.parts]
        return query.const_score_query(query.boolean_query(parts), weight * bound_of(several))

    def _terms(self, schema: tantivy.Schema, words: Collection[str]) -> tantivy.Query:
        terms = [as_term(word, self._acronyms) for word in words]
        if len(terms) == 1:
            return self._tantivy.Query.term_query(schema, _WORDS, terms[0], "basic")
        if len(terms) <= _FEW:  # a set is looked up in the whole list of words, which takes longer than some by some
            query = self._tantivy.Query
            return query.disjunction_max_query([query.term_query(schema, _WORDS, term, "basic") for term in terms])
        return self._tantivy.Query.term_set_query(schema, _WORDS, terms)


def _read_on(searcher: Any, query: tantivy.Query, size: int = _FIRST_BATCH) -> Iterator[Bound]:
    """The hits of one index, fetched in batches that grow."""
    at = 0
    while True:
        hits: Sequence[tuple[Any, Any]] = searcher.search(query, limit=size, offset=at, count=False).hits
        numbers = searcher.fast_field_values(_NUMBER, [address for _, address in hits])
        # Within one segment equals come in the order of the statements; in several (which only a corpus of many
        # millions has) this puts right those of one batch.
        yield from sorted(map(Bound, (score for score, _ in hits), numbers), key=lambda b: (-b.most, b.number))
        if len(hits) < size:
            return
        at += size
        size *= 4


class Writer:
    """Writes the postings of one index. `heap` in bytes: what it may gather in memory before it has to write.

    At the end of its `with` the engine writes no more, whether it was closed or something went wrong.
    """

    def __init__(self, folder: Path, heap: int) -> None:
        import tantivy

        schema = tantivy.SchemaBuilder()
        schema.add_text_field(_WORDS, stored=False, tokenizer_name="simple_words", index_option="basic")
        schema.add_integer_field(_PLACE, stored=False, indexed=True)
        schema.add_integer_field(_NUMBER, stored=False, fast=True)
        folder.mkdir()
        self._index = tantivy.Index(schema.build(), path=str(folder))
        simple = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple()).build()
        self._index.register_tokenizer("simple_words", simple)
        self._writer: Any = self._index.writer(heap_size=heap, num_threads=1)
        self._document = tantivy.Document

    def __enter__(self) -> Writer:
        return self

    def __exit__(self, *_: object) -> None:
        self._writer = None  # which waits for the engine's own threads

    def add(self, number: int, place: int, terms: str) -> None:
        """A statement by its terms, with signs that are no letters between; `place` says where it may be asked for."""
        document = self._document()
        document.add_text(_WORDS, terms)
        document.add_integer(_PLACE, place)
        document.add_integer(_NUMBER, number)
        self._writer.add_document(document)

    def close(self) -> None:
        self._writer.commit()
        self._writer.wait_merging_threads()
        self._index.reload()

    def frequencies(self, acronyms: Collection[str]) -> dict[str, int]:
        """Word -> in how many statements it stands; only after `close`."""
        terms = self._index.searcher().terms_with_prefix(_WORDS, "")
        words = ((as_word(term, acronyms), holding) for term, holding in terms)
        return {word: holding for word, holding in words if word is not None}
