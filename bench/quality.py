"""`python -m bench.quality`: judged queries, topics, relatives and stances, beside engines that a registry has.

The sets and how they were judged: tests/quality/README.md. Figures to read; what must hold is in tests/test_quality.py.
Run from the checkout: the sets are no part of what is installed.
"""

from __future__ import annotations

import argparse
import json
import re
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from bench import positions
from rusq.library import Library
from rusq.model import BULLET, PROSE, Statement
from tests.quality import scorer
from tests.quality.scorer import HERE, Judged

SETS = ("development", "tuned", "second", "third", "fourth", "fifth", "sixth")
HELD_OUT = ("untouched", "seventh")
UNSEEN = "held out, asked in no other set"
DEPTH = 5  # relatives that are looked at

Ranking = Sequence[int]  # the numbers of statements, best first
Figures = Mapping[str, Mapping[str, float]]  # kind of query, or "all" -> measure -> mean


class Engine(NamedTuple):
    """Something that searches: its name, how it was set up, and the units it gives for a judged query, best first."""

    name: str
    setup: str
    answer: Callable[[Judged], list[str]]


# ── engines ──


def engines(library: Library, sets: Mapping[str, Sequence[Judged]]) -> tuple[list[Engine], list[str]]:
    """rusq and the peers that are here, and what to do about those that are not. `sets` is for choosing a cut-off."""
    statements = library.corpus.statements
    texts = [statement.text for statement in statements]
    found = [Engine("rusq", "", lambda judged: scorer.answer(library, judged)), _rapidfuzz(statements, sets)]
    missing = []
    for name, setup, make in (
        (
            "FTS5 words",
            "SQLite FTS5, unicode61, the words joined by OR, bm25",
            lambda: _fts5(texts, "unicode61", _words),
        ),
        ("FTS5 parts", "SQLite FTS5, trigram, the words joined by OR, bm25", lambda: _fts5(texts, "trigram", _words)),
        ("FTS5 3s", "SQLite FTS5, trigram, all threes joined by OR, bm25", lambda: _fts5(texts, "trigram", _threes)),
        ("Tantivy", "its Norwegian stemmer, the words joined by OR, BM25", lambda: _tantivy(texts)),
    ):
        try:
            found.append(_peer(name, setup, statements, make()))
        except ImportError:
            missing.append(f"{name} is not installed; `pip install {name.lower()}` and run this again")
        except sqlite3.OperationalError as error:
            missing.append(f"{name}: not with SQLite {sqlite3.sqlite_version}, which Python has here: {error}")
    return found, missing


def _peer(name: str, setup: str, statements: Sequence[Statement], rank: Callable[[str], Ranking]) -> Engine:
    """An engine that knows nothing of actors: other actors' statements are taken out of what it gives."""

    def answer(judged: Judged) -> list[str]:
        ranked = (statements[number] for number in rank(judged.query))
        return scorer.units(s for s in ranked if judged.actor in (None, s.actor))

    return Engine(name, setup, answer)


def _rapidfuzz(statements: Sequence[Statement], sets: Mapping[str, Sequence[Judged]]) -> Engine:
    """RapidFuzz by itself, with the cut-off that is best for the sets in hindsight; the highest, if several are."""
    from rapidfuzz import fuzz, process, utils

    texts = [utils.default_process(statement.text) for statement in statements]

    @cache
    def scored(query: str) -> list[tuple[str, float, int]]:
        return process.extract(utils.default_process(query), texts, scorer=fuzz.partial_ratio, limit=None)

    def at(cutoff: int) -> Engine:
        setup = f"partial_ratio over the statements, those of {cutoff} or more: the best cut-off in hindsight"
        return _peer("RapidFuzz", setup, statements, lambda q: [n for _, score, n in scored(q) if score >= cutoff])

    judged = [query for name in SETS for query in sets[name]]
    return max((at(cutoff) for cutoff in range(100, -1, -1)), key=lambda engine: _worth(engine, judged))


def _worth(engine: Engine, judged: Sequence[Judged]) -> float:
    """nDCG where there is an answer and silence where there is none, all queries alike."""
    verdicts = [scorer.judge(engine.answer(query), query.grades) for query in judged]
    return scorer.mean([verdict.get("ndcg", verdict.get("silent", 0.0)) for verdict in verdicts])


def _fts5(texts: Sequence[str], tokenizer: str, cut: Callable[[str], list[str]]) -> Callable[[str], Ranking]:
    """SQLite's full-text index, asked for any of what `cut` makes of a query. OperationalError if SQLite lacks it."""
    table = sqlite3.connect(":memory:")
    table.execute(f"create virtual table statements using fts5(text, tokenize='{tokenizer}')")
    table.executemany("insert into statements (rowid, text) values (?, ?)", enumerate(texts))

    def rank(query: str) -> Ranking:
        asked = " OR ".join(f'"{part}"' for part in cut(query)) or '""'  # FTS5 refuses an empty query
        rows = table.execute("select rowid from statements where statements match ? order by rank, rowid", (asked,))
        return [number for (number,) in rows]

    return rank


def _tantivy(texts: Sequence[str]) -> Callable[[str], Ranking]:
    """Tantivy with its Norwegian stemmer. ImportError if it is not installed."""
    from tantivy import Document, Filter, Index, SchemaBuilder, TextAnalyzerBuilder, Tokenizer

    builder = SchemaBuilder()
    builder.add_text_field("text", tokenizer_name="no")
    builder.add_unsigned_field("number", stored=True)
    index = Index(builder.build())
    words = TextAnalyzerBuilder(Tokenizer.simple()).filter(Filter.lowercase())
    index.register_tokenizer("no", words.filter(Filter.stemmer("norwegian")).build())
    writer = index.writer(heap_size=15_000_000, num_threads=1)
    for number, text in enumerate(texts):
        writer.add_document(Document(text=text, number=number))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()

    def rank(query: str) -> Ranking:
        hits = searcher.search(index.parse_query(" ".join(_words(query)).lower(), ["text"]), limit=len(texts)).hits
        return [searcher.doc(address)["number"][0] for _, address in hits]

    return rank


def _words(query: str) -> list[str]:
    """The words of a query, without the marks that are syntax to some engine."""
    return re.findall(r"\w+", query)


def _threes(query: str) -> list[str]:
    """Every three letters in a row of its words, which finds misspellings, and much else."""
    return [word[at : at + 3] for word in _words(query) for at in range(len(word) - 2)]


# ── figures ──


def figures(engine: Engine, judged: Sequence[Judged]) -> Figures:
    """The measures of an engine over a set, for all queries and by kind."""
    verdicts = [(query.kind, scorer.judge(engine.answer(query), query.grades)) for query in judged]
    by_kind = {
        kind: scorer.averages(verdict for of, verdict in verdicts if of == kind)
        for kind in sorted({query.kind for query in judged})
    }
    return {"all": scorer.averages(verdict for _, verdict in verdicts), **by_kind}


def topics_and_relatives(library: Library) -> dict[str, dict[str, float]]:
    """Micro-F1 of the topics' saved queries alone, by kind of statement; share of judged pairs seen, by grade."""
    found = scorer.topics_by_queries(library)
    read = {kind: scorer.topics_as_read(library, kind) for kind in (BULLET, PROSE)}
    pairs = scorer.read_pairs(HERE / "similar.json")
    by_grade = {name: [p for p in pairs if p.grade == grade] for name, grade in (("same", 2), ("near", 1))}
    seen = scorer.seen(library, DEPTH)
    return {
        "topics": {kind: scorer.micro_f1(found, true) for kind, true in read.items()},
        "statements": {kind: len(true) for kind, true in read.items()},
        "similar": {name: scorer.pairs_found(of, seen) for name, of in by_grade.items()},
        "pairs": {name: len(of) for name, of in by_grade.items()},
    }


def falling_short(library: Library, judged: Sequence[Judged]) -> Iterator[dict[str, object]]:
    """The queries whose answer could be better: the figures, what came first, and what was missed."""
    for query in judged:
        units = scorer.answer(library, query)
        verdict = scorer.judge(units, query.grades)
        if min(verdict.values()) < 1:
            missed = [unit for unit, grade in query.grades.items() if grade == scorer.SQUARELY and unit not in units]
            yield {**query._asdict(), "figures": verdict, "found": units, "missed": missed}


def pairs_missed(library: Library) -> list[str]:
    """The pairs that say the same and are not seen from both sides, as «000:13 → 004:23»."""
    seen = scorer.seen(library, DEPTH)
    same = [p for p in scorer.read_pairs(HERE / "similar.json") if p.grade == scorer.SQUARELY]
    asked = [(one, other) for pair in same for one, other in ((pair.a, pair.b), (pair.b, pair.a))]
    return [f"{one} → {other}" for one, other in asked if other not in seen[one]]


# ── on paper ──


def set_table(name: str, judged: Sequence[Judged], by_engine: Mapping[str, Figures]) -> Iterator[str]:
    """A set as lines: a row a kind with all of rusq's measures and the peers' nDCG@10, then the totals of everyone."""
    peers = [engine for engine in by_engine if engine != "rusq"]
    answered = [query for query in judged if query.grades]
    yield f"{name}: {len(judged)} queries, {len(answered)} with an answer"
    yield ""
    yield _row("", "", ["rusq", "", ""], peers)
    yield _row("kind", "n", ["nDCG", "recall", "first"], ["nDCG"] * len(peers))
    for kind in sorted({query.kind for query in answered}):
        own = [_shown(by_engine["rusq"][kind], measure) for measure in ("ndcg", "recall", "first")]
        count = sum(query.kind == kind for query in answered)
        yield _row(kind, count, own, [_shown(by_engine[peer][kind], "ndcg") for peer in peers])
    yield ""
    for label, measure in (("nDCG@10", "ndcg"), ("recall@10", "recall"), ("first hit", "first"), ("silent", "silent")):
        count = len(judged) - len(answered) if measure == "silent" else len(answered)
        total, *others = [_shown(by_engine[engine]["all"], measure) for engine in ("rusq", *peers)]
        yield _row(label, count, [total, "", ""], others)


def _row(label: str, count: int | str, own: Sequence[str], peers: Sequence[str]) -> str:
    cells = "".join(f"{cell:>8}" for cell in own) + "".join(f"{cell:>12}" for cell in peers)
    return f"{label:11}{count:>4}{cells}".rstrip()


def _shown(of: Mapping[str, float], measure: str) -> str:
    return f"{of[measure]:.3f}" if measure in of else "–"


def remarks(
    found: Sequence[Engine], missing: Sequence[str], others: Mapping[str, Mapping[str, float]]
) -> Iterator[str]:
    """Topics and relatives, how the peers were set up, and what is missing."""
    f1, statements, share, pairs = (others[name] for name in ("topics", "statements", "similar", "pairs"))
    yield "topics by their saved queries alone, micro-F1 against what was read by hand (data/occurrences.toml):"
    yield f"  list items {f1[BULLET]:.3f} ({statements[BULLET]})   prose {f1[PROSE]:.3f} ({statements[PROSE]})"
    yield ""
    yield f"similar: pairs seen among the first {DEPTH}, asked from either side (tests/quality/similar.json):"
    yield f"  same {share['same']:.3f} ({pairs['same']} pairs)   near {share['near']:.3f} ({pairs['near']} pairs)"
    yield ""
    yield from (f"{engine.name}: {engine.setup}" for engine in found if engine.setup)
    yield from missing


def shortcomings(short: Mapping[str, Sequence[Mapping[str, object]]], missed: Sequence[str]) -> Iterator[str]:
    """The queries that fall short, each in two lines or three, and the pairs that are not seen."""
    for name, queries in short.items():
        yield f"{name}: {len(queries)} queries fall short"
        for query in queries:
            of = "  ".join(f"{measure} {value:.2f}" for measure, value in query["figures"].items())  # type: ignore[attr-defined]
            yield f"  {query['kind']}: {query['query']}" + (f" ({query['actor']})" if query["actor"] else "")
            yield f"    {of}   found {' '.join(query['found'][:5]) or 'nothing'}"  # type: ignore[index]
            if query["missed"]:
                yield f"    missed {' '.join(query['missed'])}"  # type: ignore[arg-type]
        yield ""
    yield f"similar: not seen among the first {DEPTH}: {', '.join(missed) or 'none'}"


def read_sets(*, untouched: bool) -> dict[str, list[Judged]]:
    """Name -> judged queries; the held-out ones only if asked for, and then also without those asked before."""
    sets = {name: scorer.read_queries(HERE / f"{name}.json") for name in SETS}
    if untouched:
        asked = {query.query.casefold() for queries in sets.values() for query in queries}
        held_out = {name: scorer.read_queries(HERE / f"{name}.json") for name in HELD_OUT}
        unseen = [query for queries in held_out.values() for query in queries if query.query.casefold() not in asked]
        sets |= {**held_out, UNSEEN: unseen}
    return sets


def main() -> None:
    """Print the tables, or all figures as JSON."""
    parser = argparse.ArgumentParser(prog="python -m bench.quality", description=__doc__.partition("\n")[0])
    parser.add_argument("--untouched", action="store_true", help="also the held-out queries: totals by kind only")
    parser.add_argument("--show", action="store_true", help="also the queries that fall short; never the held-out ones")
    parser.add_argument("--json", action="store_true", help="print JSON")
    wanted = parser.parse_args()
    library = Library.open()
    sets = read_sets(untouched=wanted.untouched)
    found, missing = engines(library, sets)
    scores = {name: {engine.name: figures(engine, judged) for engine in found} for name, judged in sets.items()}
    others = topics_and_relatives(library)
    short = {name: list(falling_short(library, sets[name])) for name in SETS} if wanted.show else {}
    missed = pairs_missed(library) if wanted.show else []
    taken = positions.figures(library)
    apart = list(positions.shortcomings(library)) if wanted.show else []
    if wanted.json:
        setups = {engine.name: engine.setup for engine in found}
        shown = {"fall_short": short, "pairs_missed": missed, "positions_apart": apart} if wanted.show else {}
        whole = {"sets": scores, **others, "positions": taken, "engines": setups, "missing": missing, **shown}
        print(json.dumps(whole, ensure_ascii=False))
        return
    for name, judged in sets.items():
        print(*set_table(name, judged, scores[name]), "", "", sep="\n")
    print(*remarks(found, missing, others), "", *positions.lines(taken), sep="\n")
    if wanted.show:
        print("", *shortcomings(short, missed), "", *apart, sep="\n")


if __name__ == "__main__":
    main()
