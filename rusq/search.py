"""A query and an index to what is asked for, and that to hits, each saying why."""

import math
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from types import MappingProxyType

from rusq.errors import QueryError
from rusq.expand import Expander
from rusq.index import AnyIndex
from rusq.lexicon import Lexicon, Name
from rusq.meaning import EXACT, PHRASE, WEIGHTS, Meaning, Several, Way, inverse_document_frequency
from rusq.model import Hit
from rusq.norwegian.inflection import bases
from rusq.norwegian.tokens import ascii_spelling, fold
from rusq.query import PHRASE as PHRASE_CLAUSE
from rusq.query import PREFIX as PREFIX_CLAUSE
from rusq.query import Clause, Query
from rusq.ranking import ENOUGH, Asked, Candidate, enough_of, met_in, numbers_of, ranked
from rusq.select import Selection

UNMET = 1.05  # what a word that meets nothing counts, of the mean of those that do
LIGHT = 0.15  # what a word that says little counts, beside others
ALL_LIGHT = 0.1  # what all such words together count at most, of those that say more
TELLING = 12  # words by which a statement is told from others, the rarest


class Found:
    """The hits asked for, best first; how many statements answer, and whether that is `all_told` or there are more."""

    __slots__ = ("all_told", "hits", "total")

    def __init__(self, hits: list[Hit], total: int, all_told: bool = True) -> None:
        self.hits = hits
        self.total = total
        self.all_told = all_told


class Searcher:
    """Answers queries about one index.

    `actors` maps the folded names of actors to their ids; `speaking` are the ids of those with a text.
    """

    def __init__(
        self,
        index: AnyIndex,
        lexicon: Lexicon,
        actors: Mapping[str, str] = MappingProxyType({}),
        speaking: Collection[str] = (),
    ) -> None:
        self.index = index
        self._lexicon = lexicon
        self._actors = actors
        self._speaking = speaking
        self.expander = Expander(index, lexicon)
        self._understood: dict[tuple[Query, bool], Asked] = {}

    def search(
        self,
        query: Query,
        *,
        exact: bool = False,
        selection: Selection | None = None,
        allowed: Callable[[int], bool] | None = None,
        limit: int | None = None,
    ) -> Found:
        """The best `limit` hits (all for None), best first, among the statements whose numbers are `allowed`.

        `selection` says the same of them, as far as it goes, in words that an index on disk understands.
        """
        asked = self.understand(query, exact=exact)
        found, all_told = self._candidates(asked, selection, allowed, limit)
        return Found(ranked(found, asked, self.index, limit), len(found), all_told)

    def _candidates(
        self,
        asked: Asked,
        selection: Selection | None,  # noqa: ARG002
        allowed: Callable[[int], bool] | None,
        limit: int | None,  # noqa: ARG002
    ) -> tuple[list[Candidate], bool]:
        """What may answer, best first, of equals the earlier, and whether that is all there is."""
        shares = enough_of(met_in(asked, self.index), asked)
        for meaning in asked.unwanted:
            for number in numbers_of(meaning, self.index):
                shares.pop(number, None)
        taken = [number for number in shares if allowed is None or allowed(number)]
        return [(n, shares[n]) for n in sorted(taken, key=lambda n: (-shares[n], n))], True

    def near_to(self, text: str, limit: int, allowed: Callable[[int], bool] | None = None) -> list[int]:
        """The numbers of at most `limit` statements that say most of what `text` says in its rarest words."""
        language, index = self.index.language, self.index
        said = {token.word for token in index.tokens(text)}
        telling = sorted(said - language.asking - language.light, key=lambda word: (index.frequency(word), word))
        meanings = [Meaning(word, self.expander.forms(word)) for word in telling[:TELLING]]
        asked = Asked(self._weighted([meaning for meaning in meanings if meaning.words]), ())
        found, _ = self._candidates(asked, None, allowed, limit) if meanings else ([], True)
        return [number for number, _ in found[:limit]]

    def understand(self, query: Query, *, exact: bool = False) -> Asked:
        """What the query means in these texts. QueryError if it holds only words that ask."""
        known = self._understood.get((query, exact))
        if known is None:
            known = self._understood[query, exact] = self._asked(query, exact)
        return known

    def _asked(self, query: Query, exact: bool) -> Asked:
        meanings = self._meanings(query, exact)
        named = {meaning.actor for meaning in meanings if meaning.actor}
        about = [meaning for meaning in meanings if not meaning.actor] or meanings
        unwanted = tuple(self.expander.literally(word) if c.kind != PHRASE_CLAUSE and exact else self._unwanted(c)
                         for c in query.unwanted for word in c.words[:1])  # fmt: skip
        weighted = self._weighted(about)
        actor = named.pop() if len(named) == 1 and len(about) < len(meanings) else None
        return Asked(weighted, unwanted, actor, _in_a_row(query))

    def _weighted(self, meanings: Sequence[Meaning]) -> tuple[tuple[Meaning, float], ...]:
        """Each meaning with its weight. One that meets nothing weighs a little more than the mean of the others.

        So a single word in vain does not silence a whole question, and half a query does. A word that says
        little and meets nothing counts for nothing.
        """
        if len(meanings) == 1:
            return ((meanings[0], 1.0),)
        total = len(self.index.statements)
        found = [(m, inverse_document_frequency(min(total, self._holding(m)), total)) for m in meanings]
        met = [w for m, w in found if m.strength >= ENOUGH and not m.light]
        unmet = UNMET * sum(met) / len(met) if met else math.inf
        carried = sum(w if m.strength >= ENOUGH else min(w, unmet) for m, w in found if not m.light)
        light = sum(w for m, w in found if m.light and m.strength >= ENOUGH)
        lightness = min(LIGHT, ALL_LIGHT * carried / light) if carried and light else LIGHT

        def weight(m: Meaning, w: float) -> float:
            if m.strength >= ENOUGH:
                return w * lightness if m.light else w
            return 0.0 if m.light and carried else min(w, unmet)

        return tuple((m, weight(m, w)) for m, w in found)

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
        said = asking | self.index.language.light  # «skjer» is not «skjær»
        words = [word if word in said else self._in_norwegian_letters(word) for word in typed]
        at = 0
        while at < len(words):
            meant = words
            names = self._lexicon.names_at(words, at)
            if len(words) > 1 and not (names and names[0].length > 1):
                meant, longer = self._despite_slips(words, at)
                names = longer or names
            if words[at] in asking:
                names = [name for name in names if name.length > 1]
            length = names[0].length if names else 1
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
        if language.in_other_standard(word, bases(word, language)):
            return word  # «verkar» is nynorsk, not «værkår»
        for base in bases(word, language):
            spelt = self._in_letters(base) if len(base) > 2 else None
            if spelt:
                return spelt
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
        return self._in_letters(piece) or (self._in_letters(bare) or bare) + piece[len(bare) :]

    def _in_letters(self, spelling: str) -> str | None:
        """The word with æ, ø or å that is spelt so in ASCII: of the texts, else of the lexicon or the language."""
        key = ascii_spelling(spelling)
        rare = self.index.is_rare
        found = [word for word in self.index.spelt_in_ascii(key) if not (word.isascii() or rare(word))]
        return found[-1] if found else self._listed_in_letters.get(key)

    @cached_property
    def _listed_in_letters(self) -> dict[str, str]:
        known = (*sorted(self.index.language.parts), *sorted(self._lexicon.words))
        return {ascii_spelling(word): word for word in known if not word.isascii()}

    def _despite_slips(self, words: list[str], at: int) -> tuple[list[str], list[Name]]:
        """The words mended, and the name of several words that they then are: «psykisk hlese»; else as they are."""
        for slip in range(at, min(at + 3, len(words))):
            if self._is_known(words[slip]) or any(
                base in self.index for base in bases(words[slip], self.index.language)
            ):
                continue
            slips = (spelling for spelling, _ in self.expander.slips.meant(words[slip]))
            for spelling in (*self.expander.other_spellings(words[slip]), *slips):
                mended = [*words[:slip], spelling, *words[slip + 1 :]]
                found = [name for name in self._lexicon.names_at(mended, at) if name.length > max(1, slip - at)]
                if found:
                    return mended, found
        return words, []

    def _joined(self, words: list[str]) -> list[str]:
        """The same words, those that make one known word written together: «heroin assistert» -> heroinassistert."""
        found: list[str] = []
        at = 0
        while at < len(words):
            for length in (3, 2):
                pieces = words[at : at + length]
                joined = "".join(pieces)
                # «opp trappingsplan», but not «om den», «til tak», nor «for bruk»: a word that is one by itself stays.
                binding = [word for word in pieces if word in self.index.language.asking]
                carrying = len(binding) < len(pieces) and not (
                    binding and any(word in self.index for word in pieces if word not in binding)
                )
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

    def _holding(self, meaning: Meaning) -> int:
        """In how many statements the word itself stands, in any form; what is merely near does not make it common."""
        if meaning.strength < ENOUGH:
            return 0
        well = min(WEIGHTS["modifier"], 0.9 * meaning.strength)
        direct = [word for word, way in meaning.words.items() if way.weight >= well]
        return self.index.holding(direct) or min(
            (min(sum(map(self.index.frequency, part)) for part in s.parts) for s in meaning.several), default=0
        )


def _in_a_row(query: Query) -> tuple[str, ...]:
    """The bare words of a query of nothing else, small words too; () for any other."""
    plain = all(len(group) == 1 and group[0].kind == "word" for group in query.wanted)
    return tuple(word for group in query.wanted for word in group[0].words) if plain else ()


def _either(meanings: Sequence[Meaning]) -> Meaning:
    """Alternatives as one meaning: each as strong as it is by itself."""
    if len(meanings) == 1:
        return meanings[0]
    both = Meaning(" OR ".join(meaning.label for meaning in meanings))
    for meaning in meanings:
        both.add_scaled(meaning)
    return both


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
