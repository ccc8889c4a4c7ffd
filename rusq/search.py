"""A query and an index to ranked hits, each saying why. The formula stands in DESIGN.md, "Ranking"."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from types import MappingProxyType
from typing import NamedTuple

from rusq.errors import QueryError
from rusq.expand import EXACT, PHRASE, WEIGHTS, Expander, Meaning, Several, Way, inverse_document_frequency
from rusq.index import Index
from rusq.lexicon import Lexicon, Name
from rusq.matching import matches_of, nearest, nearness, weigh, without_overlaps
from rusq.model import BULLET, Hit, Statement
from rusq.norwegian.inflection import bases
from rusq.norwegian.tokens import ascii_spelling, fold
from rusq.query import PHRASE as PHRASE_CLAUSE
from rusq.query import PREFIX as PREFIX_CLAUSE
from rusq.query import Clause, Query

CANDIDATES = 200  # the best by words alone, ranked again with what stands near what
ENOUGH = 0.5  # share of what was asked that the best hit must meet
ENOUGH_OF_MANY = 0.4  # the same of a query of three things or more: a question says much that no text repeats
WELL = 0.4  # weight at which some word of a hit must be met
BESIDE_THE_BEST = 0.3  # share of what the best hit meets that any other must meet
UNMET = 1.05  # what a word that meets nothing counts, of the mean of those that do
LIGHT = 0.15  # what a word that says little counts, beside others
NEARNESS = 0.12  # added at most for words of the query that stand together
LIST_ITEM = 0.04  # added for a list item: a promise before its reasons
SAME_PARAGRAPH = 0.88  # a further sentence of a paragraph already given, times this


class Asked(NamedTuple):
    """A query as meanings, each with its weight; `unwanted` are left out whatever else they hold."""

    meanings: tuple[tuple[Meaning, float], ...]
    unwanted: tuple[Meaning, ...]
    actor: str | None = None


class Searcher:
    """Answers queries about one index.

    `actors` maps the folded names of actors to their ids; `speaking` are the ids of those with a text.
    """

    def __init__(
        self,
        index: Index,
        lexicon: Lexicon,
        actors: Mapping[str, str] = MappingProxyType({}),
        speaking: Collection[str] = (),
    ) -> None:
        self.index = index
        self._lexicon = lexicon
        self._actors = actors
        self._speaking = speaking
        self.expander = Expander(index, lexicon, self._corrections)

    def search(
        self, query: Query, *, exact: bool = False, allowed: Callable[[Statement], bool] | None = None
    ) -> list[Hit]:
        """Every hit, best first; ties by list item before prose, then in the order of the texts."""
        asked = self.understand(query, exact=exact)
        scores = self._met(asked)
        for meaning in asked.unwanted:
            for number in self._numbers(meaning):
                scores.pop(number, None)
        statements = self.index.statements
        if allowed is not None:
            scores = {number: score for number, score in scores.items() if allowed(statements[number])}
        best = sorted(scores, key=lambda number: (-scores[number], number))
        first = [self._hit(statements[n], scores[n], asked) for n in best[:CANDIDATES]]
        first.sort(key=lambda hit: (-hit.score, hit.statement.kind, hit.statement.source, hit.statement.start))
        rest = [self._hit(statements[n], scores[n], asked) for n in best[CANDIDATES:]]
        return _spread(first) + rest

    def understand(self, query: Query, *, exact: bool = False) -> Asked:
        """What the query means in these texts. QueryError if it holds only words that ask."""
        meanings = self._meanings(query, exact)
        named = {meaning.actor for meaning in meanings if meaning.actor}
        about = [meaning for meaning in meanings if not meaning.actor] or meanings
        unwanted = tuple(self.expander.literally(word) if c.kind != PHRASE_CLAUSE and exact else self._unwanted(c)
                         for c in query.unwanted for word in c.words[:1])  # fmt: skip
        weighted = self._weighted(about)
        return Asked(weighted, unwanted, named.pop() if len(named) == 1 and len(about) < len(meanings) else None)

    def _weighted(self, meanings: Sequence[Meaning]) -> tuple[tuple[Meaning, float], ...]:
        """Each meaning with its weight. One that meets nothing weighs a little more than the mean of the others.

        So a single word in vain does not silence a whole question, and half a query does.
        """
        total = len(self.index.statements)
        weights = [inverse_document_frequency(min(total, self._holding(meaning)), total) for meaning in meanings]
        if len(meanings) > 1:
            weights = [w * (LIGHT if m.light else 1.0) for m, w in zip(meanings, weights, strict=True)]
        met = [w for m, w in zip(meanings, weights, strict=True) if m.strength >= ENOUGH and not m.light]
        if met:
            unmet = UNMET * sum(met) / len(met)
            weights = [
                w if m.strength >= ENOUGH else min(w, unmet * (LIGHT if m.light else 1.0))
                for m, w in zip(meanings, weights, strict=True)
            ]
        return tuple(zip(meanings, weights, strict=True))

    def _meanings(self, query: Query, exact: bool) -> list[Meaning]:
        found: list[Meaning] = []
        run: list[str] = []
        for group in query.wanted:
            clause = group[0]
            if len(group) == 1 and clause.kind == "word" and not exact:
                run.extend(clause.words)
                continue
            found.extend(self._run(run))
            run = []
            found.append(_either([self._clause(clause, exact) for clause in group]))
        found.extend(self._run(run))
        carrying = [meaning for meaning in found if not meaning.asks]
        if not carrying and not exact:
            words = " ".join(meaning.label for meaning in found)
            raise QueryError(f"'{words}' holds only words that ask or bind; add what it is about")
        return carrying or found

    def _run(self, typed: list[str]) -> Iterable[Meaning]:
        """Bare words in a row: the names in them, words written apart, and the rest one by one."""
        asking = self.index.language.asking
        typed = self._joined(typed)
        words = [self._in_norwegian_letters(word) for word in typed]
        at = 0
        while at < len(words):
            meant = words
            names = self._lexicon.names_at(words, at)
            if len(words) > 1 and not (names and len(names[0].words) > 1):
                meant, longer = self._despite_slips(words, at)
                names = longer or names
            if words[at] in asking:
                names = [name for name in names if len(name.words) > 1]
            length = len(names[0].words) if names else 1
            meaning = self.expander.meaning(meant[at : at + length], names)
            meaning.label = " ".join(typed[at : at + length])
            meaning.asks = length == 1 and words[at] in asking
            if length == 1:
                meaning.actor = self._actor(words[at])
            yield meaning
            at += length

    def _actor(self, word: str) -> str | None:
        """The actor that a word names; one without a text only if the word is nothing else («Helse» is a party too)."""
        actor = self._actors.get(word)
        if actor is None or actor in self._speaking:
            return actor
        return None if word in self.index.language.parts else actor

    def near(self, word: str) -> Iterator[str]:
        """The names near in meaning to a word of which the texts have all words."""
        for name in self._lexicon.names_at([word], 0):
            yield from (near for near in name.concept.near if all(map(self.occurs, near.lower().split())))

    def occurs(self, word: str) -> bool:
        """Whether the texts have the word in any form or compound."""
        return bool(self.expander.forms(word, typed=True))

    def _in_norwegian_letters(self, word: str) -> str:
        """A word in ASCII spelling as the word it stands for, if only that is known: dodsfall, forsoksprosjekt."""
        language = self.index.language
        if len(word) < 3 or not word.isascii() or self._is_known(word) or word in language.parts:
            return word
        for base in bases(word, language):
            if len(base) > 2 and ascii_spelling(base) in self._by_ascii_spelling:
                return self._by_ascii_spelling[ascii_spelling(base)]
        if self.index.splitter.parts(word):
            return word
        for at in range(3, len(word) - 2):
            first, last = self._spelt(word[:at]), self._spelt(word[at:])
            if first + last != word and self.index.splitter.parts(first + last):
                return first + last
        return word

    def _spelt(self, piece: str) -> str:
        """A piece of a compound in Norwegian letters, its linking s kept."""
        bare = piece[:-1] if piece.endswith("s") else piece
        spelt = self._by_ascii_spelling
        return spelt.get(ascii_spelling(piece)) or (spelt.get(ascii_spelling(bare), bare) + piece[len(bare) :])

    @cached_property
    def _by_ascii_spelling(self) -> dict[str, str]:
        """ASCII key -> a word with æ, ø or å that is spelt so without, of the texts, the lexicon and the language."""
        known = (*sorted(self.index.language.parts), *sorted(self._lexicon.words), *self.index.words)
        return {ascii_spelling(word): word for word in known if not word.isascii()}

    def _despite_slips(self, words: list[str], at: int) -> tuple[list[str], list[Name]]:
        """The words mended, and the name of several words that they then are: «psykisk hlese»; else as they are."""
        for slip in range(at, min(at + 3, len(words))):
            if self._is_known(words[slip]) or any(
                base in self.index for base in bases(words[slip], self.index.language)
            ):
                continue
            slips = (spelling for spelling, _ in self._corrections(words[slip]))
            for spelling in (*self.expander.other_spellings(words[slip]), *slips):
                mended = [*words[:slip], spelling, *words[slip + 1 :]]
                found = [name for name in self._lexicon.names_at(mended, at) if len(name.words) > max(1, slip - at)]
                if found:
                    return mended, found
        return words, []

    def _joined(self, words: list[str]) -> list[str]:
        """The same words, those that make one known word written together: «heroin assistert» -> heroinassistert."""
        found: list[str] = []
        at = 0
        while at < len(words):
            for length in (3, 2):
                joined = "".join(words[at : at + length])
                # «opp trappingsplan», but not «om den», «til tak»: one of them must carry the meaning.
                carrying = any(word not in self.index.language.asking for word in words[at : at + length])
                if at + length <= len(words) and carrying and self._is_known(joined):
                    found.append(joined)
                    at += length
                    break
            else:
                found.extend(self._parted(words[at]))
                at += 1
        return found

    def _parted(self, word: str) -> list[str]:
        """An acronym and the word that a hyphen joined it to, as two: «LAR-medisiner». Else the word as it is."""
        if len(word) > 5 and not self._is_known(word) and not self.index.splitter.parts(word):
            for at in range(2, 6):
                acronym, rest = word[:at], word[at:]
                if acronym in self._lexicon.abbreviations and len(rest) > 3 and self._is_known(rest):
                    return [acronym, rest]
        return [word]

    def _is_known(self, word: str) -> bool:
        if word in self.index or word in self._lexicon.words:
            return True
        return len(word) > 8 and any(
            base in self.index or base in self._lexicon.words for base in bases(word, self.index.language)
        )

    def _clause(self, clause: Clause, exact: bool) -> Meaning:
        if clause.kind == PREFIX_CLAUSE:
            return self.expander.prefixed(clause.words[0])
        if clause.kind == PHRASE_CLAUSE and len(clause.words) > 1:
            literal = [self._with_slips(word) for word in clause.words]
            meaning = Meaning(" ".join(clause.words))
            if all(literal):
                meaning.several.append(Several(tuple(literal), Way(WEIGHTS["exact"], PHRASE), window=-1))
            return meaning
        if exact or clause.kind == PHRASE_CLAUSE:
            return self.expander.literally(clause.words[0])
        return next(iter(self._run(list(clause.words))))

    def _unwanted(self, clause: Clause) -> Meaning:
        """What to leave out: the word in any form or compound, not what merely means the same."""
        if clause.kind == "word":
            return Meaning(clause.words[0], self.expander.forms(clause.words[0]))
        return self._clause(clause, exact=False)

    def _with_slips(self, word: str) -> dict[str, Way]:
        found = {slip: Way(WEIGHTS["slip"], EXACT) for slip in self._lexicon.slips.get(word, ()) if slip in self.index}
        return {**found, word: Way(WEIGHTS["exact"], EXACT)} if word in self.index else found

    def _corrections(self, word: str) -> list[tuple[str, float]]:
        language = self.index.language
        if any(base in language.parts or base in language.real for base in (word, *bases(word, language))):
            return []
        if self.index.splitter.parts(word):
            return []  # well put together, only not in these texts
        from rusq.spelling import corrections  # only for a word that is not known

        words = [*self.index.words, *sorted(self._lexicon.words.difference(self.index.words))]
        return corrections(word, words, self.index.frequency)

    def _holding(self, meaning: Meaning) -> int:
        """In how many statements the word itself stands, in any form; what is merely near does not make it common."""
        if meaning.strength < ENOUGH:
            return 0
        well = min(WEIGHTS["modifier"], 0.9 * meaning.strength)
        direct = [word for word, way in meaning.words.items() if way.weight >= well]
        single = len({number for word in direct for number in self.index.postings(word)})
        return single or min(
            (min(sum(map(self.index.frequency, part)) for part in s.parts) for s in meaning.several), default=0
        )

    def _numbers(self, meaning: Meaning) -> dict[int, float]:
        """The statements that meet the meaning, by number, each with the best weight it is met at."""
        found: dict[int, float] = {}
        for word, way in sorted(meaning.words.items(), key=lambda item: item[1].weight):
            found.update(dict.fromkeys(self.index.postings(word), way.weight))
        for several in meaning.several:
            for number in self._together(several):
                weight = self._weight_of(several, number)
                if weight > found.get(number, 0.0):
                    found[number] = weight
        return found

    def _together(self, several: Several) -> set[int]:
        held = [{number for word in part for number in self.index.postings(word)} for part in several.parts]
        return set.intersection(*held)

    def _weight_of(self, several: Several, number: int) -> float:
        tokens = self.index.tokens(self.index.statements[number].text)
        best = nearest(tokens, several)
        return 0.0 if best is None else weigh(best, several)

    def _met(self, asked: Asked) -> dict[int, float]:
        """Statement number -> share of what was asked that it meets, weighted by rarity; those with enough."""
        scores: dict[int, float] = {}
        strongest: dict[int, float] = {}
        whole = sum(weight for _, weight in asked.meanings)
        carrying = sum(not meaning.light for meaning, _ in asked.meanings)
        for meaning, weight in asked.meanings:
            for number, met in self._numbers(meaning).items():
                scores[number] = scores.get(number, 0.0) + weight * met
                if not (meaning.light and carrying):  # a word that says little is no answer by itself
                    strongest[number] = max(strongest.get(number, 0.0), met)
        best = max(scores.values(), default=0.0)
        if best < (ENOUGH if carrying < 3 else ENOUGH_OF_MANY) * whole:
            return {}
        least = BESIDE_THE_BEST * best
        return {n: score / whole for n, score in scores.items() if score >= least and strongest.get(n, 0.0) >= WELL}

    def _hit(self, statement: Statement, met: float, asked: Asked) -> Hit:
        tokens = self.index.tokens(statement.text)
        matches, places = [], []
        for meaning, _ in asked.meanings:
            found = matches_of(tokens, meaning, statement.text)
            matches.extend(found)
            if found:
                starts = {match.start for match in found}
                places.append([token.position for token in tokens if token.start in starts])
        score = met + NEARNESS * nearness(places, len(asked.meanings))
        score += LIST_ITEM if statement.kind == BULLET else 0.0
        if asked.actor and statement.actor != asked.actor:
            score *= 0.6
        return Hit(statement, round(score, 4), tuple(without_overlaps(matches)))


def _either(meanings: Sequence[Meaning]) -> Meaning:
    """Alternatives as one meaning: each as strong as it is by itself."""
    if len(meanings) == 1:
        return meanings[0]
    both = Meaning(" OR ".join(meaning.label for meaning in meanings))
    for meaning in meanings:
        both.add_all(meaning.words, 1.0)
        both.several.extend(meaning.several)
    return both


def _spread(hits: Sequence[Hit]) -> list[Hit]:
    """The same hits, a further sentence of a paragraph a little lower: one paragraph does not fill the page."""
    seen: dict[tuple[str, int], int] = {}
    lowered = []
    for hit in hits:
        place = (hit.statement.source, hit.statement.line)
        times = seen.get(place, 0)
        seen[place] = times + 1
        score = hit.score * SAME_PARAGRAPH**times
        lowered.append(Hit(hit.statement, round(score, 4), hit.matches) if times else hit)
    return sorted(lowered, key=lambda hit: (-hit.score, hit.statement.kind, hit.statement.source, hit.statement.start))


def did_you_mean(words: Sequence[str], searcher: Searcher, limit: int = 3) -> list[str]:
    """What does occur in the texts and is near in meaning to words asked for in vain, part of them or like them."""
    from rusq.spelling import corrections

    found: dict[str, None] = {}
    for word in words:
        for near in searcher.near(word):
            found[near] = None
        for part in reversed(searcher.index.splitter.parts(fold(word))):
            if part.word in searcher.index:
                found[part.word] = None
        for spelling, _ in corrections(word, searcher.index.words, searcher.index.frequency, limit=limit, slack=1.0):
            found[spelling] = None
    return list(found)[:limit]
