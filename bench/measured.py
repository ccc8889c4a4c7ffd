"""`python -m bench.measured WHAT FOLDER`: one measurement in a process of its own, printed as JSON. For bench.large.

The folder holds, after `corpus`, all that the others need:

    corpus/        the texts as rusq reads them      tokens.txt     a statement a line, words parted by spaces
    asked.json     what is asked of every engine     tantivy/ fts5/ the peers' indexes
    cache/         rusq's index, where a user has it in the cache folder
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import shutil
import sqlite3
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import quantiles
from time import perf_counter

from bench.asked import KINDS, TYPO, Slip, draw
from bench.made import make, real_words
from bench.peers import LIMIT, Fts5, Tantivy, edits
from rusq.errors import QueryError
from rusq.index import Keeping
from rusq.library import Library
from rusq.model import Hit

CORPUS, CACHE, TOKENS, ASKED = "corpus", "cache", "tokens.txt", "asked.json"
WARMING = 5  # queries of each kind that are asked before any is timed
SLIPS = 300
RUSQ, AGAIN = "rusq", "rusq, asked again"

Figures = Mapping[str, object]
Ask = Callable[[str, str], object]  # a kind of query, and the query


def opened(folder: Path) -> Library:
    """The corpus with its index on disk, in the cache folder that XDG_CACHE_HOME names."""
    return Library.open([folder / CORPUS], builtin=False, keeping=Keeping("disk"))


def corpus(folder: Path, size: int, queries: int) -> Figures:
    """Make the corpus, its words ready cut, and what is asked of it."""
    words = real_words()
    make(folder / CORPUS, size)
    library = Library.open([folder / CORPUS], builtin=False, keeping=Keeping("memory"))
    language = library.corpus.language
    holding: Counter[str] = Counter()
    text_bytes = 0
    with (folder / TOKENS).open("w", encoding="utf-8") as file:
        for statement in library.corpus.statements:
            text_bytes += len(statement.text.encode())
            said = statement.text[:-1].lower().split()  # they are made of words and spaces, and end in a dot
            holding.update(set(said))
            file.write(" ".join(said) + "\n")
    telling = (word for word in words if word not in language.asking)
    real = {*words, *language.asking, *language.light, *language.real}
    asked = draw(holding, telling, queries + WARMING, SLIPS, spelt_right=real)
    (folder / ASKED).write_text(json.dumps(asked._asdict()), "utf-8")
    return {"text_bytes": text_bytes, "words": len(holding)}


# ── building ──


def built_by_rusq(folder: Path) -> Figures:
    """rusq's index from statements that are read already."""
    from rusq.engine.building import build

    corpus = Library.open([folder / CORPUS], builtin=False).corpus
    statements, language = corpus.statements, corpus.language
    size = sum(path.stat().st_size for path in corpus.paths)
    return _built(folder / RUSQ, lambda at: build(at, statements, language, size=size))


def built_by_tantivy(folder: Path) -> Figures:
    lines = _lines(folder)
    return _built(folder / "tantivy", lambda at: Tantivy.build(at, lines))


def built_by_fts5(folder: Path) -> Figures:
    lines = _lines(folder)
    try:
        return _built(folder / "fts5", lambda at: Fts5.build(at, lines))
    except sqlite3.OperationalError as error:
        shutil.rmtree(folder / "fts5")
        return {"missing": f"SQLite {sqlite3.sqlite_version}, which Python has here: {error}"}


def _lines(folder: Path) -> list[str]:
    return (folder / TOKENS).read_text("utf-8").splitlines()


def _built(at: Path, build: Callable[[Path], None]) -> Figures:
    shutil.rmtree(at, ignore_errors=True)
    at.mkdir()
    start = perf_counter()
    build(at)
    elapsed_s = perf_counter() - start
    return {"elapsed_s": elapsed_s, "bytes": sum(path.stat().st_size for path in at.rglob("*") if path.is_file())}


# ── searching ──


def searched(folder: Path) -> Figures:
    """Every query for every engine, in turn: engine -> kind -> the middle time in ms, and that which 9 of 10 keep.

    Twice: a query that rusq has not seen it must understand first, one that comes again it has understood. `shown`:
    of each kind the query that costs rusq the median of those that find something.
    """
    library, tantivy = opened(folder), Tantivy(folder / "tantivy")
    engines: dict[str, Ask] = {
        RUSQ: lambda _, query: _hits(library, query),
        Tantivy.name: lambda kind, query: (tantivy.ask_fuzzily if kind == TYPO else tantivy.ask)(query),
    }
    if (folder / "fts5").is_dir():
        fts5 = Fts5(folder / "fts5")
        engines[Fts5.name] = lambda _, query: fts5.ask(query)
    asked = json.loads((folder / ASKED).read_text("utf-8"))["queries"]
    _round(engines, {kind: queries[:WARMING] for kind, queries in asked.items()})
    asked = {kind: queries[WARMING:] for kind, queries in asked.items()}
    first, again = _round(engines, asked), _round(engines, asked)
    finding = {
        kind: sorted((taken, query) for taken, query in zip(first[RUSQ][kind], asked[kind], strict=True)
                     if engines[RUSQ](kind, query))
        for kind in KINDS
    }  # fmt: skip
    times = {RUSQ: first[RUSQ], AGAIN: again[RUSQ], **{name: first[name] for name in engines if name != RUSQ}}
    return {
        "times": {
            name: {kind: [quantiles(taken, n=10)[at] for at in (4, 8)] for kind, taken in of.items()}
            for name, of in times.items()
        },
        "shown": {kind: found[len(found) // 2][1] for kind, found in finding.items() if found},
    }


def _hits(library: Library, query: str) -> list[Hit]:
    """The best hits; none for a query that rusq refuses, since it holds only words that ask."""
    try:
        return library.find(query, limit=LIMIT).hits
    except QueryError:
        return []


def _round(engines: Mapping[str, Ask], asked: Mapping[str, Sequence[str]]) -> dict[str, dict[str, list[float]]]:
    """Each query once for each engine, the kinds in turn: engine -> kind -> times in ms, as the queries stand."""
    times: dict[str, dict[str, list[float]]] = {name: {kind: [] for kind in asked} for name in engines}
    order = list(engines)
    for together in zip(*asked.values(), strict=True):
        order = [*order[1:], order[0]]  # each is the first to ask as often as the others
        for kind, query in zip(asked, together, strict=True):
            for name in order:
                start = perf_counter()
                engines[name](kind, query)
                times[name][kind].append((perf_counter() - start) * 1000)
    return times


def typos(folder: Path) -> Figures:
    """How often a misspelling finds the right word: among the first twenty statements, and in the first of them.

    A statement counts if it has the right word and was found by it, not by chance: rusq says by which words it
    found one; Tantivy's query takes every word within its distance.
    """
    from rapidfuzz.distance import OSA

    library, tantivy, lines = opened(folder), Tantivy(folder / "tantivy"), _lines(folder)

    def by_rusq(slip: Slip) -> list[bool]:
        return [any(match.word == slip.meant for match in hit.matches) for hit in _hits(library, slip.typed)]

    def by_tantivy(slip: Slip) -> list[bool]:
        near = OSA.distance(slip.typed, slip.meant) <= edits(slip.typed)
        numbers = tantivy.numbers(tantivy.ask_fuzzily(slip.typed))
        return [near and slip.meant in lines[number].split() for number in numbers]

    slips = [Slip(*slip) for slip in json.loads((folder / ASKED).read_text("utf-8"))["slips"]]
    return {
        "standing": sum(slip.holding > 0 for slip in slips),
        "found": {name: _shares(slips, find) for name, find in ((RUSQ, by_rusq), (Tantivy.name, by_tantivy))},
    }


def _shares(slips: Sequence[Slip], find: Callable[[Slip], list[bool]]) -> dict[str, float | None]:
    found = [(slip, find(slip)) for slip in slips]

    def share(of: Sequence[bool]) -> float | None:
        return sum(of) / len(of) if of else None

    return {
        "first": share([found[:1] == [True] for _, found in found]),
        "twenty": share([any(found) for _, found in found]),
        "standing": share([any(found) for slip, found in found if slip.holding]),
        "absent": share([any(found) for slip, found in found if not slip.holding]),
    }


MEASUREMENTS: Mapping[str, Callable[[Path], Figures]] = {
    "built-by-rusq": built_by_rusq,
    "built-by-tantivy": built_by_tantivy,
    "built-by-fts5": built_by_fts5,
    "searched": searched,
    "typos": typos,
}


def main() -> None:
    """Measure, and print the figures."""
    parser = argparse.ArgumentParser(prog="python -m bench.measured", description=__doc__.partition("\n")[0])
    parser.add_argument("what", choices=["corpus", *MEASUREMENTS])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--size", type=int, default=10_000)
    parser.add_argument("--queries", type=int, default=100)
    given = parser.parse_args()
    os.environ["XDG_CACHE_HOME"] = str(given.folder / CACHE)
    gc.set_threshold(100_000, 20, 20)  # as rusq's own command does, for every engine
    if given.what == "corpus":
        figures = corpus(given.folder, given.size, given.queries)
    else:
        figures = MEASUREMENTS[given.what](given.folder)
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
