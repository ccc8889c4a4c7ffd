"""Statements that may answer a query to hits in order. The formula stands in DESIGN.md, "Ranking"."""

from collections.abc import Sequence

from rusq.index import AnyIndex
from rusq.matching import matches_of, may_stand, nearest, nearness, places_of, stands_in, weigh, without_overlaps
from rusq.meaning import Meaning, Several
from rusq.model import BULLET, Hit, Statement
from rusq.norwegian.tokens import Token

CANDIDATES = 100  # the best by words alone, ranked again with what stands near what
ENOUGH = 0.5  # share of what was asked that the best hit must meet
ENOUGH_OF_MANY = 0.4  # the same of a query of three things or more: a question says much that no text repeats
KNOWN = 0.8  # weight at which the texts have a thing, under its own name or another
WELL = 0.25  # weight at which some word of a hit must be met
BESIDE_THE_BEST = 0.3  # share of what the best hit meets that any other must meet
NEARNESS = 0.12  # added at most for words of the query that stand together
VERBATIM = 0.04  # added where the whole query stands as it was typed, small words and all
LIST_ITEM = 0.03  # added for a list item: a promise before its reasons
SAME_PARAGRAPH = 0.88  # a further sentence of a paragraph already given, times this
OTHERS_WORDS = 0.6  # a statement by another actor than the one the query names, times this


# A statement that meets something: the weight of what it meets, and the highest at which a meaning that tells is met.
Met = tuple[float, float]
# A statement by number, and the share of what was asked that it meets, 0..1.
Candidate = tuple[int, float]


class Asked:
    """A query as meanings, each with its weight; `unwanted` are left out whatever else they hold.

    `actor` is the one that the query names, if it does; `typed` its words, if it is nothing but words.
    (No named tuple: that takes ten times as long to define.)
    """

    __slots__ = ("actor", "meanings", "typed", "unwanted")

    def __init__(
        self,
        meanings: Sequence[tuple[Meaning, float]],
        unwanted: Sequence[Meaning] = (),
        actor: str | None = None,
        typed: Sequence[str] = (),
    ) -> None:
        self.meanings = meanings
        self.unwanted = unwanted
        self.actor = actor
        self.typed = typed

    @property
    def whole(self) -> float:
        """The weight of all that was asked."""
        return sum(weight for _, weight in self.meanings)

    @property
    def enough(self) -> float:
        """The weight that the best hit must meet.

        Of things that the texts have, only never together, the weightiest will do: it is what they lack that silences.
        """
        share = ENOUGH if self._carrying < 3 else ENOUGH_OF_MANY
        known = [weight for meaning, weight in self.meanings if self.tells(meaning) and meaning.strength >= KNOWN]
        return share * (self.whole - sum(known) + max(known, default=0.0))

    @property
    def _carrying(self) -> int:
        return sum(not meaning.light for meaning, _ in self.meanings)

    def tells(self, meaning: Meaning) -> bool:
        """Whether a meaning is an answer by itself: a word that says little is none beside others that say more."""
        return not (meaning.light and self._carrying)


def met_in(asked: Asked, index: AnyIndex) -> dict[int, Met]:
    """Statement number -> what it meets, for all that meet anything."""
    weights: dict[int, float] = {}
    strongest: dict[int, float] = {}
    for meaning, weight in asked.meanings:
        tells = asked.tells(meaning)
        for number, met in numbers_of(meaning, index).items():
            weights[number] = weights.get(number, 0.0) + weight * met
            if tells and met > strongest.get(number, 0.0):
                strongest[number] = met
    return {number: (weight, strongest.get(number, 0.0)) for number, weight in weights.items()}


def met_by(asked: Asked, tokens: Sequence[Token]) -> Met:
    """What one statement meets, by its tokens: the same figures as `met_in` gives."""
    words = {token.word for token in tokens}
    whole = strongest = 0.0
    for meaning, weight in asked.meanings:
        met = max([meaning.words[word].weight for word in meaning.words.keys() & words], default=0.0)
        for several in meaning.several:
            if may_stand(words, several):
                met = max(met, _weight_of(several, tokens))
        if met:
            whole += weight * met
            if asked.tells(meaning) and met > strongest:
                strongest = met
    return whole, strongest


def numbers_of(meaning: Meaning, index: AnyIndex) -> dict[int, float]:
    """The statements that meet the meaning, by number, each with the best weight it is met at."""
    found: dict[int, float] = {}
    for word, way in sorted(meaning.words.items(), key=lambda item: item[1].weight):
        found.update(dict.fromkeys(index.postings(word), way.weight))
    for several in meaning.several:
        held = [{number for word in part for number in index.postings(word)} for part in several.parts]
        for number in set.intersection(*held):
            weight = _weight_of(several, index.tokens(index.statements[number].text))
            if weight > found.get(number, 0.0):
                found[number] = weight
    return found


def _weight_of(several: Several, tokens: Sequence[Token]) -> float:
    best = nearest(tokens, several)
    return 0.0 if best is None else weigh(best, several)


def enough_of(met: dict[int, Met], asked: Asked) -> dict[int, float]:
    """Statement number -> share of what was asked, of those that meet enough to be an answer."""
    best = max([weight for weight, _ in met.values()], default=0.0)
    if best < asked.enough:
        return {}
    least, whole = BESIDE_THE_BEST * best, asked.whole
    return {n: weight / whole for n, (weight, strongest) in met.items() if weight >= least and strongest >= WELL}


def ranked(candidates: Sequence[Candidate], asked: Asked, index: AnyIndex, limit: int | None = None) -> list[Hit]:
    """The best `limit` hits (all for None): the first CANDIDATES ranked with what stands near what, the rest as given.

    Ties: list items before prose, then in the order of the texts.
    """
    rated = [_rated(index.statements[n], share, asked, index) for n, share in candidates[:CANDIDATES]]
    rated = _spread(sorted(rated, key=_order))
    if limit is None or limit > len(rated):
        rest = candidates[CANDIDATES:limit]
        rated += [_rated(index.statements[n], share, asked, index) for n, share in rest]
    return [_with_matches(hit, asked, index) for hit in rated[:limit]]


def _rated(statement: Statement, share: float, asked: Asked, index: AnyIndex) -> Hit:
    """A hit with its score, and without its matches: most are never shown."""
    score = share
    if len(asked.typed) > 1 or len(asked.meanings) > 1:
        tokens = index.tokens(statement.text)
        if len(asked.typed) > 1 and stands_in(tokens, asked.typed):
            score += VERBATIM
        if len(asked.meanings) > 1:
            words = {token.word for token in tokens}
            places = [places for meaning, _ in asked.meanings if (places := places_of(tokens, words, meaning))]
            score += NEARNESS * nearness(places, len(asked.meanings))
    if statement.kind == BULLET:
        score += LIST_ITEM
    if asked.actor and statement.actor != asked.actor:
        score *= OTHERS_WORDS
    return Hit(statement, round(score, 4), ())


def _with_matches(hit: Hit, asked: Asked, index: AnyIndex) -> Hit:
    text = hit.statement.text
    tokens = index.tokens(text)
    found = [match for meaning, _ in asked.meanings for match in matches_of(tokens, meaning, text)]
    return hit._replace(matches=tuple(without_overlaps(found)))


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
    return sorted(lowered, key=_order)


def _order(hit: Hit) -> tuple[float, str, str, int]:
    return -hit.score, hit.statement.kind, hit.statement.source, hit.statement.start
