"""The search in a large index: what a search in memory finds, without a look at every statement that meets a word."""

from __future__ import annotations

from bisect import insort
from collections.abc import Callable, Collection, Iterable

from rusq.engine.postings import Bound, bound_of
from rusq.engine.stored import StoredIndex
from rusq.model import BULLET
from rusq.ranking import BESIDE_THE_BEST, CANDIDATES, WELL, Asked, Candidate, Met, met_by, numbers_of
from rusq.search import Searcher
from rusq.select import Selection

_ROUNDING = 1e-5  # the engine reckons with 32-bit numbers
_DIGITS = 4  # to which two of its numbers must agree to be taken for one


class LargeSearcher(Searcher):
    """Answers queries about an index on disk as `Searcher` does about one in memory."""

    index: StoredIndex

    def _candidates(
        self,
        asked: Asked,
        selection: Selection | None,
        allowed: Callable[[int], bool] | None,
        limit: int | None,
    ) -> tuple[list[Candidate], bool]:
        if not any(meaning.strength for meaning, _ in asked.meanings):
            return [], True
        wanted = len(self.index.statements) if limit is None else max(limit, CANDIDATES)
        places = self._places(selection)
        filtered = places is not None or allowed is not None or bool(asked.unwanted)
        # What the best hit meets is that of all statements, whichever are asked for.
        best = self._best(asked, self.index.engine.best_first(asked.meanings), 1) if filtered else None
        least = asked.enough
        if best is not None:
            if not best or best[0][1][0] < asked.enough:
                return [], True
            least = BESIDE_THE_BEST * best[0][1][0]
        refuse = self._refusal(asked, allowed) if filtered else None
        met = self._best(asked, self.index.engine.best_first(asked.meanings, places), wanted, least, refuse)
        if not met:
            return [], True
        highest = best[0][1][0] if best else met[0][1][0]
        if highest < asked.enough:
            return [], True
        whole = asked.whole
        found = [(n, weight / whole) for n, (weight, _) in met if weight >= BESIDE_THE_BEST * highest]
        return found[:wanted], len(found) <= wanted

    def _best(
        self,
        asked: Asked,
        bounds: Iterable[Bound],
        wanted: int,
        least: float = 0.0,
        refuse: Callable[[int], bool] | None = None,
    ) -> list[tuple[int, Met]]:
        """The `wanted` statements that meet most, and one more if there is one; of equals the earlier first.

        `bounds` come with the greatest first, so what is worth less than the last of those wanted ends it
        (Fagin's threshold algorithm). What meets less than `least` of the query is of no use, nor is what
        `refuse` says of.
        """
        exact = not any(meaning.several for meaning, _ in asked.meanings)
        certain = _certain(asked)
        tells = 0.0 if wanted == 1 and refuse is None else WELL
        keys: list[tuple[float, int]] = []
        found: dict[int, Met] = {}
        for bound in bounds:
            full = len(keys) > wanted
            if full and (exact or bound.most <= -keys[wanted][0] + _ROUNDING):
                break
            if keys and bound.most < BESIDE_THE_BEST * max(-keys[0][0], 0.0) - _ROUNDING:
                break
            if bound.most < least - _ROUNDING and not keys:
                break
            if refuse is not None and refuse(bound.number):
                continue
            met = certain(bound) or self._met(asked, bound)
            weight, strongest = met
            if strongest >= tells and weight:
                found[bound.number] = met
                key = (-weight, bound.number)
                insort(keys, key) if keys and key < keys[-1] else keys.append(key)
        return [(number, found[number]) for _, number in keys[: wanted + 1]]

    def _met(self, asked: Asked, bound: Bound) -> Met:
        return met_by(asked, self.index.tokens(self.index.stored.text(bound.number)))

    def _refusal(self, asked: Asked, allowed: Callable[[int], bool] | None) -> Callable[[int], bool]:
        """Whether a statement is not to be given, though it answers."""
        unwanted = {number for meaning in asked.unwanted for number in numbers_of(meaning, self.index)}
        return lambda number: number in unwanted or (allowed is not None and not allowed(number))

    def _places(self, selection: Selection | None) -> Collection[int] | None:
        """Where the engine may look: every source twice, for its prose and its list items; None for everywhere."""
        if selection is None or not (selection.actors or selection.sources or selection.kind):
            return None
        chosen = [
            2 * place
            for place, column in enumerate(self.index.stored.columns)
            if (not selection.actors or column.actor in selection.actors)
            and (not selection.sources or column.id in selection.sources)
        ]
        items = (1,) if selection.kind == BULLET else (0,) if selection.kind else (0, 1)
        return [place + item for place in chosen for item in items]


def _certain(asked: Asked) -> Callable[[Bound], Met | None]:
    """What a statement meets, told by its bound alone: of one thing asked for, if only a single word is worth that."""
    if len(asked.meanings) > 1:
        return lambda _: None
    (meaning, weight), *_ = asked.meanings
    most = max((bound_of(several) for several in meaning.several), default=0.0)
    weights = {way.weight for way in meaning.words.values() if weight * way.weight > weight * most + 10**-_DIGITS}
    single = {round(weight * met, _DIGITS): (weight * met, met if asked.tells(meaning) else 0.0) for met in weights}
    if len(single) < len(weights):
        return lambda _: None  # two that rounding makes one
    return lambda bound: single.get(round(bound.most, _DIGITS))
