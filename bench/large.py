"""`python -m bench.large [SIZE …]`: corpora of many statements: building, disk, searches, typos, whole processes.

Beside Tantivy alone and SQLite FTS5, in one run, in which all take turns; medians. Nothing is asserted: figures to
read, each beside the bar it has. The corpora are made in a folder that is removed afterwards, with a cache folder of
their own. Needs a POSIX system, the extra `large`, and some 3 GB of memory for a million statements.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import platform
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

from bench.speed import ECHO, Case, Ran, clean_environment, compile_package, program, run

# What this process has in memory counts as a child's (see bench.speed): rusq and the engines are loaded by others only.
SIZE = 10_000
IN_MEMORY = 20_000  # statements up to which whole processes are timed without the extra and in memory too
BUILD_BAR = DISK_BAR = 2.5
SEARCH_BARS = {"one word": 3.0, "three words": 3.0, "a typo": 5.0}
# Times the echo: with the index up to IN_MEMORY statements, with more, and without the extra or the index.
PROCESS_BAR, LARGE_PROCESS_BAR, SMALL_PROCESS_BAR = 2.5, 3.0, 6.0
PEAK_BAR_MB = 300
RUSQ, AGAIN, TANTIVY, FTS5 = "rusq", "rusq, asked again", "Tantivy", "SQLite FTS5"
BUILDERS = {RUSQ: "built-by-rusq", TANTIVY: "built-by-tantivy", FTS5: "built-by-fts5"}
INDEXED = ", with the index"  # and the kind of query before it
FIRST = "the first search, no index yet"


class Runs(NamedTuple):
    """How often: a build, a query of each kind, a whole process."""

    builds: int
    queries: int
    processes: int


class Measured(NamedTuple):
    """All figures of one size; those of a peer that is missing are not there."""

    size: int
    text_bytes: int
    words: int
    built_s: Mapping[str, float]
    bytes: Mapping[str, int]
    times: Mapping[str, Mapping[str, Sequence[float]]]  # engine -> kind -> p50 and p90 in ms
    typos: Mapping[str, Any]
    processes: Mapping[str, Sequence[Ran]]
    bars: Mapping[str, float]
    missing: Sequence[str]


# ── measuring ──


def measure(size: int, folder: Path, runs: Runs) -> Measured:
    """Make a corpus of `size` statements in an empty folder, and measure."""
    environment = _environment(folder)
    told = f"{size:,} statements"
    made = _measurement("corpus", folder, environment, f"--size={size}", f"--queries={runs.queries}")
    built, first, missing = _builds(folder, environment, runs, told)
    _say(f"{told}: searching")
    searched = _measurement("searched", folder, environment)
    typos = _measurement("typos", folder, environment)
    cases = _processes(folder, environment, size, searched["shown"])
    found: dict[str, list[Ran]] = {**{case.name: [] for case, _ in cases}, FIRST: first}
    for number in range(runs.processes + 1):
        _say(f"{told}: whole processes, round {number} of {runs.processes}")
        # In another order each time: what comes after a long process may be slower for it.
        for case, more in random.Random(number).sample(cases, len(cases)):
            ran = run(case, {**environment, **more})
            if number:  # the first round warms
                found[case.name].append(ran)
    return Measured(
        size=size,
        text_bytes=made["text_bytes"],
        words=made["words"],
        built_s={
            **{name: median(of["elapsed_s"] for of in figures) for name, figures in built.items()},
            FIRST: median(ran.elapsed_ms for ran in first) / 1000,
        },
        bytes={name: figures[-1]["bytes"] for name, figures in built.items()},
        times=searched["times"],
        typos=typos,
        processes=found,
        bars={case.name: case.bar for case, _ in cases if case.bar is not None},
        missing=missing,
    )


def _builds(
    folder: Path, environment: Mapping[str, str], runs: Runs, told: str
) -> tuple[dict[str, list[dict[str, Any]]], list[Ran], list[str]]:
    """The builds of every engine and the first search of all, which ends with an index, in turn; what is missing."""
    found: dict[str, list[dict[str, Any]]] = {name: [] for name in BUILDERS}
    first: list[Ran] = []
    missing: list[str] = []
    case = Case(FIRST, (*program(), "search", "behandling", "-C", str(folder / "corpus"), "--no-builtin"))
    for number in range(runs.builds):
        _say(f"{told}: building, round {number + 1} of {runs.builds}")
        for name in list(found):
            figures = _measurement(BUILDERS[name], folder, environment)
            if "missing" in figures:
                del found[name]
                missing.append(f"{name}: not with {figures['missing']}")
            else:
                found[name].append(figures)
        shutil.rmtree(folder / "cache", ignore_errors=True)
        first.append(run(case, {**environment, "RUSQ_INDEX": "disk"}))
    return found, first, missing


def _processes(
    folder: Path, environment: Mapping[str, str], size: int, shown: Mapping[str, str]
) -> list[tuple[Case, dict[str, str]]]:
    """The echo, and rusq with the index; to IN_MEMORY also without the extra, and without an index.

    Each with what its environment adds.
    """
    rusq = (*program(), "search", "-C", str(folder / "corpus"), "--no-builtin")
    ways = [(INDEXED, PROCESS_BAR if size <= IN_MEMORY else LARGE_PROCESS_BAR, {"RUSQ_INDEX": "disk"})]
    if size <= IN_MEMORY:
        ways += [
            (", without the extra", SMALL_PROCESS_BAR, {"RUSQ_INDEX": "disk", **_without_engine(folder, environment)}),
            (", in memory", SMALL_PROCESS_BAR, {"RUSQ_INDEX": "memory"}),
        ]
    cases: list[tuple[Case, dict[str, str]]] = [(ECHO, {})]
    for way, bar, more in ways:
        cases += [(Case(f"{kind}{way}", (*rusq, *query.split()), bar), more) for kind, query in shown.items()]
    return cases


def _without_engine(folder: Path, environment: Mapping[str, str]) -> dict[str, str]:
    """What makes an environment one in which Tantivy is not installed, with a cache folder of its own."""
    hiding = folder / "hiding"
    hiding.mkdir()
    (hiding / "tantivy.py").write_text("raise ImportError\n", "utf-8")
    paths = os.pathsep.join(filter(None, (str(hiding), environment.get("PYTHONPATH"))))
    return {"PYTHONPATH": paths, "XDG_CACHE_HOME": str(folder / "cache-without")}


def _measurement(what: str, folder: Path, environment: Mapping[str, str], *options: str) -> dict[str, Any]:
    """What bench.measured prints of one measurement, in a process of its own."""
    argv = (sys.executable, "-m", "bench.measured", what, str(folder), *options)
    root = Path(__file__).parent.parent
    ended = subprocess.run(argv, env=environment, cwd=root, stdout=subprocess.PIPE, check=False)
    if ended.returncode:
        sys.exit(f"bench: {what} ended with status {ended.returncode}")
    figures: dict[str, Any] = json.loads(ended.stdout)
    return figures


def _environment(folder: Path) -> dict[str, str]:
    """One in which only the program decides. PYTHONPATH stays: a copy of the package can be measured with it."""
    kept = {name: os.environ[name] for name in ("PYTHONPATH",) if name in os.environ}
    return {**clean_environment(), **kept, "XDG_CACHE_HOME": str(folder / "cache")}


def _say(what: str) -> None:
    if sys.stderr.isatty():
        print(f"\r\x1b[K{what}", end="", file=sys.stderr, flush=True)


# ── on paper ──


def tables(of: Measured) -> Iterator[str]:
    """All figures of one size."""
    text_mb = of.text_bytes / 1e6
    yield f"── {of.size:,} statements, {text_mb:.1f} MB of text, {of.words:,} words"
    yield from of.missing
    yield from ("", *_building(of), "", *_searches(of), "", *_typos(of), "", *_whole_processes(of))


def _building(of: Measured) -> Iterator[str]:
    head = f"{'building, and the index on disk':34}{'s':>8}{'x Tantivy':>11}{'bar':>6}"
    yield f"{head}{'':6}{'MB':>9}{'x text':>8}{'bar':>6}"
    for name, elapsed_s in of.built_s.items():
        ratio = elapsed_s / of.built_s[TANTIVY]
        row = f"{name:34}{elapsed_s:>8.2f}{ratio:>11.2f}{_beside(ratio, BUILD_BAR if name == RUSQ else None)}"
        if name in of.bytes:
            held = of.bytes[name] / of.text_bytes
            row += f"{of.bytes[name] / 1e6:>9.1f}{held:>8.2f}{_beside(held, DISK_BAR if name == RUSQ else None)}"
        yield row.rstrip()


def _searches(of: Measured) -> Iterator[str]:
    yield f"{'a search in a warm process':34}" + "".join(f"{kind:>12} p50     p90" for kind in SEARCH_BARS)
    for name, times in of.times.items():
        shown = f"{name} (no typos)" if name == FTS5 else name
        yield f"{shown:34}" + "".join(f"{times[kind][0]:>16.2f}{times[kind][1]:>8.2f}" for kind in SEARCH_BARS)
    for name in (RUSQ, AGAIN):
        ratios = {kind: of.times[name][kind][0] / of.times[TANTIVY][kind][0] for kind in SEARCH_BARS}
        yield f"{f'{name}, x Tantivy':34}" + "".join(
            f"{ratio:>12.1f}{_beside(ratio, SEARCH_BARS[kind])}" for kind, ratio in ratios.items()
        )
    if FTS5 in of.times:
        three = "three words"
        ratio = of.times[RUSQ][three][0] / of.times[FTS5][three][0]
        yield f"{'rusq, x FTS5':34}{'':24}{ratio:>12.1f}{_beside(ratio, 1.0)}".rstrip()


def _typos(of: Measured) -> Iterator[str]:
    found, standing = of.typos["found"], of.typos["standing"]
    columns = {"first": "first hit", "twenty": "in 20", "absent": "not in texts", "standing": f"in texts ({standing})"}
    yield f"{'the right word found by a typo':34}" + "".join(f"{column:>16}" for column in columns.values())
    for name, shares in found.items():
        cells = ("–" if shares[key] is None else f"{shares[key]:.3f}" for key in columns)
        yield f"{name:34}" + "".join(f"{cell:>16}" for cell in cells)


def _whole_processes(of: Measured) -> Iterator[str]:
    yield f"{'whole processes: rusq search':34}{'ms':>8}{'x echo':>11}{'bar':>6}{'':6}{'MB':>9}{'bar':>6}"
    echo = median(ran.elapsed_ms for ran in of.processes[ECHO.name])
    for name, ran in of.processes.items():
        elapsed_ms, peak = median(one.elapsed_ms for one in ran), max(one.peak_mb for one in ran)
        bar = of.bars.get(name)
        row = f"{name:34}{elapsed_ms:>8.1f}{elapsed_ms / echo:>11.2f}{_beside(elapsed_ms / echo, bar)}{peak:>9.1f}"
        yield f"{row}{_beside(peak, PEAK_BAR_MB if bar else None, 0)}".rstrip()


def _beside(value: float, bar: float | None, digits: int = 1) -> str:
    """A bar, and whether it is kept."""
    return " " * 12 if bar is None else f"{bar:>6.{digits}f}  {'ok' if value <= bar else 'over':<4}"


def growth(measured: Sequence[Measured]) -> Iterator[str]:
    """How each cost grows from one size to the next: the exponent of the size; 1 is in proportion, 0 not at all."""
    steps = list(pairwise(sorted(measured, key=lambda of: of.size)))
    yield f"{'how costs grow: size to the power of':40}" + "".join(
        f"{f'{less.size:,} → {more.size:,}':>22}" for less, more in steps
    )
    for name, cost in _costs().items():
        exponents = [_exponent(less, more, cost) for less, more in steps]
        if any(exponents):
            yield f"{name:40}" + "".join(f"{exponent or '–':>22}" for exponent in exponents)


def _costs() -> dict[str, Callable[[Measured], float]]:
    def built(name: str) -> Callable[[Measured], float]:
        return lambda of: of.built_s[name]

    def warm(name: str, kind: str) -> Callable[[Measured], float]:
        return lambda of: of.times[name][kind][0]

    def process(kind: str) -> Callable[[Measured], float]:
        return lambda of: median(ran.elapsed_ms for ran in of.processes[f"{kind}{INDEXED}"])

    def peak(kind: str) -> Callable[[Measured], float]:
        return lambda of: max(ran.peak_mb for ran in of.processes[f"{kind}{INDEXED}"])

    return {
        **{f"building, {name}": built(name) for name in (RUSQ, FIRST, TANTIVY, FTS5)},
        "disk, rusq": lambda of: of.bytes[RUSQ],
        **{f"{kind}, {name}": warm(name, kind) for kind in SEARCH_BARS for name in (RUSQ, TANTIVY, FTS5)},
        **{f"process: {kind}": process(kind) for kind in SEARCH_BARS},
        **{f"peak memory: {kind}": peak(kind) for kind in SEARCH_BARS},
    }


def _exponent(less: Measured, more: Measured, cost: Callable[[Measured], float]) -> str:
    try:
        return f"{math.log(cost(more) / cost(less)) / math.log(more.size / less.size):.2f}"
    except KeyError:  # a peer that is not here
        return ""


def main() -> None:
    """Measure every size and print its tables, then how the costs grow."""
    parser = argparse.ArgumentParser(prog="python -m bench.large", description=__doc__.partition("\n")[0])
    parser.add_argument("sizes", type=int, nargs="*", default=[SIZE], metavar="SIZE", help=f"statements [{SIZE}]")
    parser.add_argument("--builds", type=int, default=3, metavar="N", help="how often each index is built [3]")
    parser.add_argument("--queries", type=int, default=100, metavar="N", help="queries of each kind [100]")
    parser.add_argument("--processes", type=int, default=7, metavar="N", help="how often each process is started [7]")
    given = parser.parse_args()
    runs = Runs(given.builds, given.queries, given.processes)
    if min(runs) < 1 or min(given.sizes) < 100:
        parser.error("every N is 1 or more, and a size 100 or more")
    if find_spec("tantivy") is None or find_spec("platformdirs") is None:
        sys.exit("bench: there is no index to measure without the extra; install it with: pip install 'rusq[large]'")
    compile_package()
    print(f"Python {platform.python_version()} on {platform.system()} {platform.machine()}; started: {program()[0]}")
    print(
        f"{runs.builds} builds, {runs.queries} queries of each kind, {runs.processes} processes; all in turn, medians"
    )
    found = []
    for size in dict.fromkeys(given.sizes):
        with tempfile.TemporaryDirectory(prefix="rusq-bench-") as folder:
            found.append(measure(size, Path(folder), runs))
        _say("")
        print("", *tables(found[-1]), sep="\n")
        print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors: the busier, the less steady", flush=True)
    if len(found) > 1:
        print("", *growth(found), sep="\n")


if __name__ == "__main__":
    main()
