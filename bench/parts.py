"""`python -m bench.parts`: what each part of the search adds, nDCG@10 over the judged sets with the part switched off.

A part is a weight of `rusq.meaning` or a constant of the ranking, set to what leaves it without effect.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from typing import Any
from unittest.mock import patch

from bench.quality import SETS
from rusq import expand, meaning, ranking, slips
from rusq.library import Library
from rusq.norwegian.language import Language
from tests.quality import scorer
from tests.quality.scorer import Judged

Switch = Callable[[], contextlib.AbstractContextManager[Any]]


def _weight(*names: str) -> Switch:
    return lambda: patch.dict(meaning.WEIGHTS, dict.fromkeys(names, 0.0))


def _constant(module: Any, name: str, value: float) -> Switch:
    return lambda: patch.object(module, name, value)


def _nothing(owner: Any, method: str, given: Any) -> Switch:
    return lambda: patch.object(owner, method, lambda *_, **__: given)


PARTS: dict[str, Switch] = {
    "the same by another name": _weight("same"),
    "inflection": _weight("inflection"),
    "heads of compounds": _weight("head"),
    "first parts of compounds": _weight("modifier"),
    "near in meaning": _weight("near", "far"),
    "misspellings": _nothing(slips.Slips, "meant", []),
    "nynorsk": _nothing(expand.Expander, "other_spellings", {}),
    "kin by derivation": _weight("root"),
    "part of an asked compound": _weight("part"),
    "compounds written apart": _weight("split", "apart"),
    "light words": lambda: patch.object(Language, "light", frozenset()),
    "nearness": _constant(ranking, "NEARNESS", 0.0),
    "list items first": _constant(ranking, "LIST_ITEM", 0.0),
    "one voice a paragraph": _constant(ranking, "SAME_PARAGRAPH", 1.0),
}


def ndcg(judged: Sequence[Judged]) -> float:
    """The mean over the queries that have an answer, asked of a library made anew."""
    library = Library.open()
    verdicts = (scorer.judge(scorer.answer(library, query), query.grades) for query in judged if query.grades)
    return scorer.averages(verdicts)["ndcg"]


def rows(sets: Sequence[Sequence[Judged]]) -> Iterator[tuple[str, list[float]]]:
    yield "nothing", [ndcg(judged) for judged in sets]
    found = []
    for name, switch in PARTS.items():
        with switch():
            found.append((name, [ndcg(judged) for judged in sets]))
    yield from sorted(found, key=lambda row: sum(row[1]))


def main() -> None:
    """Print a line a part, those that add most first."""
    sets = [scorer.read_queries(scorer.HERE / f"{name}.json") for name in SETS]
    print("| switched off |", " | ".join(SETS), "|")
    print("|---|" + "---|" * len(SETS))
    for name, figures in rows(sets):
        print(f"| {name} |", " | ".join(f"{figure:.3f}" for figure in figures), "|")


if __name__ == "__main__":
    main()
