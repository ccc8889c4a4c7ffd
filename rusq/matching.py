"""Where the meanings of a query meet the tokens of one statement: spans, reasons, and how near together they stand."""

from collections.abc import Collection, Iterable, Sequence, Set
from itertools import pairwise

from rusq.meaning import SYNONYM, Meaning, Several, Way
from rusq.model import Match
from rusq.norwegian.tokens import Token


def may_stand(words: Set[str], several: Several) -> bool:
    """Whether each part has one of the words: without that, none can stand near the others."""
    for part in several.parts:  # noqa: SIM110 (a generator takes twice as long, and this is asked most of all)
        if part.keys().isdisjoint(words):
            return False
    return True


def nearest(tokens: Sequence[Token], several: Several) -> tuple[Token, ...] | None:
    """The tokens that meet all parts nearest to one another, within the window; None if none do.

    A window below 0 asks for the parts in order, side by side; 0 for the same without the order.
    """
    places = []
    for part in several.parts:
        here = [token for token in tokens if token.word in part]
        if not here:
            return None
        places.append(here)
    best: tuple[int, float, tuple[Token, ...]] | None = None
    for first in places[0]:
        chosen = [first]
        for others in places[1:]:
            last = chosen[-1]
            if several.window < 0:
                others = [token for token in others if token.position == last.position + 1]
            free = [token for token in others if token not in chosen]
            if not free:
                break
            chosen.append(min(free, key=lambda token: abs(token.position - last.position)))
        else:
            positions = [token.position for token in chosen]
            gap = max(positions) - min(positions) - len(chosen) + 1
            if gap <= max(several.window, 0):
                rank = (gap, -weigh(tuple(chosen), several), tuple(chosen))
                best = min(best, rank) if best else rank
    return best[2] if best else None


def weigh(tokens: tuple[Token, ...], several: Several) -> float:
    """The alternative's own weight, less for parts that are met less well."""
    met = [part[token.word].weight for token, part in zip(tokens, several.parts, strict=True)]
    return several.way.weight * sum(met) / len(met)


def matches_of(tokens: Sequence[Token], meaning: Meaning, text: str) -> list[Match]:
    found = []
    for token in tokens:
        way = meaning.words.get(token.word)
        if way:
            found.append(_match(token, token, meaning, way, way.weight, text))
    words = {token.word for token in tokens}
    for several in meaning.several:
        met = nearest(tokens, several) if may_stand(words, several) else None
        if met is None:
            continue
        weight = weigh(met, several)
        if several.window < 0:
            found.append(_match(met[0], met[-1], meaning, several.way, weight, text))
        else:
            for token, part in zip(met, several.parts, strict=True):
                own = part[token.word]
                way = own if own.why == SYNONYM else several.way
                found.append(_match(token, token, meaning, way, weight, text))
    best = max((match.weight for match in found), default=0.0)
    return [match for match in found if match.weight >= 0.6 * best]


def places_of(tokens: Sequence[Token], words: Set[str], meaning: Meaning) -> list[int]:
    """The positions of the tokens that `matches_of` gives a match, without making it. `words` are the tokens'."""
    ways = meaning.words
    here = ways.keys() & words
    found = [(round(ways[token.word].weight, 3), token.start) for token in tokens if token.word in here] if here else []
    for several in meaning.several:
        met = nearest(tokens, several) if may_stand(words, several) else None
        if met is not None:
            weight = round(weigh(met, several), 3)
            found += [(weight, token.start) for token in (met[:1] if several.window < 0 else met)]
    if not found:
        return []
    least = 0.6 * max(found)[0]
    starts = {start for weight, start in found if weight >= least}
    return [token.position for token in tokens if token.start in starts]


def _match(first: Token, last: Token, meaning: Meaning, way: Way, weight: float, text: str) -> Match:
    return Match(
        first.start, last.end, meaning.label, way.why, text[first.start : last.end], round(weight, 3), way.note
    )


def without_overlaps(matches: Iterable[Match]) -> list[Match]:
    """In order of place; of those that overlap the weightiest, and of equals the longest."""
    kept: list[Match] = []
    for match in sorted(matches, key=lambda m: (-m.weight, m.start - m.end, m.start)):
        if all(match.end <= other.start or match.start >= other.end for other in kept):
            kept.append(match)
    return sorted(kept, key=lambda m: m.start)


def stands_in(tokens: Sequence[Token], words: Sequence[str]) -> bool:
    """Whether the words stand in the text in a row, just so."""
    at = {(token.position, token.word) for token in tokens}
    starts = [position for position, word in at if word == words[0]]
    return any(all((start + n, word) in at for n, word in enumerate(words)) for start in starts)


def nearness(places: Sequence[Collection[int]], asked: int) -> float:
    """0..1: how near together the things asked for stand, as a share of neighbouring pairs; 0 for a single one.

    A word that meets two things is near to nothing by that: it may answer one of them only.
    """
    if asked < 2 or len(places) < 2:
        return 0.0
    total = 0.0
    for one, other in pairwise(places):
        gap = min((abs(a - b) for a in one for b in other if a != b), default=None)
        total += 0 if gap is None else 1 / (1 + (gap - 1) / 3)
    return total / (asked - 1)
