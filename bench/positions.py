"""Judged stances and divergences, beside data/stances.toml and what `compare` makes of it. For bench.quality.

The set and how it was judged: tests/quality/README.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations

from rusq.library import Library
from rusq.select import Selection
from tests.quality import scorer
from tests.quality.scorer import HERE

SET = HERE / "stances.json"
KINDS = ("flat", "soft")


def figures(library: Library) -> dict[str, dict[str, float]]:
    """Shares of judged stances that are held, and of judged divergences that are seen; how many there are of each.

    `usual` is the share of all pairs with stances on a topic that are told apart, judged or not: what a
    `compare` that tells every pair apart would have as 1.
    """
    stances, divergences = scorer.read_positions(SET)
    held = [scorer.stance_held(position, scorer.comparable(library, position)) for position in stances]
    seen = {kind: [_seen(library, of) for of in divergences if of.kind == kind] for kind in KINDS}
    usual = [verdict in scorer.DIVERGING for verdict in _verdicts(library)]
    return {
        "stances": {name: scorer.mean([of[name] for of in held]) for name in ("exact", "direction", "statement")},
        "divergences": {**{kind: scorer.mean(of) for kind, of in seen.items()}, "usual": scorer.mean(usual)},
        "judged": {"stances": len(stances), **{kind: len(of) for kind, of in seen.items()}, "usual": len(usual)},
    }


def _seen(library: Library, divergence: scorer.Divergence) -> float:
    return float(scorer.verdict_on(library, divergence) in scorer.DIVERGING)


def _verdicts(library: Library) -> Iterator[str]:
    """The verdict on every topic of every two actors that both have a stance on it."""
    for pair in combinations([actor.id for actor in library.actors_with_texts()], 2):
        for row in library.compare(Selection(pair)).rows:
            if row.verdict and all(cell.stances for cell in row.cells):
                yield row.verdict


def lines(of: Mapping[str, Mapping[str, float]]) -> Iterator[str]:
    """The figures for people."""
    stances, divergences, judged = of["stances"], of["divergences"], of["judged"]
    yield f"stances: of {judged['stances']} read blind, those the data has (tests/quality/stances.json):"
    yield (
        f"  exact {stances['exact']:.3f}   direction {stances['direction']:.3f}"
        f"   direction and statement {stances['statement']:.3f}"
    )
    yield "divergences read blind that compare calls conflict or differ, and all pairs with stances that it does:"
    yield (
        f"  flat {divergences['flat']:.3f} ({judged['flat']})   soft {divergences['soft']:.3f} ({judged['soft']})"
        f"   all pairs {divergences['usual']:.3f} ({judged['usual']})"
    )


def shortcomings(library: Library) -> Iterator[str]:
    """The stances that the data has otherwise or not, and the divergences that compare does not see."""
    stances, divergences = scorer.read_positions(SET)
    yield "stances: not held, held otherwise, or held by another statement"
    for position in stances:
        held = scorer.comparable(library, position)
        if min(scorer.stance_held(position, held).values()) < 1:
            has = ", ".join(f"{s.stance} {s.statement}" + (f" on {s.on}" if s.on else "") for s in held) or "nothing"
            yield f"  {position.actor} {position.topic}: {position.stance} {position.statement}   the data: {has}"
    yield "divergences: not seen, or flat and not a conflict"
    for divergence in divergences:
        verdict = scorer.verdict_on(library, divergence)
        if verdict not in scorer.DIVERGING or (divergence.kind == "flat" and verdict != scorer.CONFLICT):
            named = f"{divergence.a} {divergence.b} {divergence.topic}"
            yield f"  {divergence.kind}: {named}   compare: {verdict or 'nothing'}"
