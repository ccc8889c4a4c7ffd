"""`python -m bench.speed`: how long the commands take, told in the time of an application that only echoes.

Whole processes, started in turn (A B C A B C …) so that a machine that slows down slows all of them; medians, and
ratios of medians. Nothing is asserted: times depend on the machine, and even ratios do a little. What makes it fast
is guarded by tests instead (tests/test_loaded.py). Needs a POSIX system, for pseudo-terminals and peak memory.
"""

from __future__ import annotations

import argparse
import compileall
import os
import platform
import pty
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from statistics import median, quantiles
from time import perf_counter
from typing import NamedTuple

HERE = Path(__file__).parent
MEMORY_BAR_MB = 40
INDEX_BAR = 0.15

# Builds the index of the built-in texts and prints how many milliseconds that took. In a process of its own each
# time, as a user has it: built again, it would find what the splitter and the language have remembered.
_BUILD_INDEX = """
from time import perf_counter
from rusq.library import Library
library = Library.open()
library.corpus.statements, library.corpus.language
start = perf_counter()
library.index.words
print((perf_counter() - start) * 1000)
"""


class Case(NamedTuple):
    """A command to time. `bar` is what it may take, in times of the echo; `terminal`: on a pseudo-terminal."""

    name: str
    argv: tuple[str, ...]
    bar: float | None = None
    terminal: bool = False


class Ran(NamedTuple):
    """One process: its wall time, its processor time, its peak memory, and what it wrote."""

    elapsed_ms: float
    processor_ms: float
    peak_mb: float
    out: bytes


BARE = Case("python -c pass", (sys.executable, "-c", "pass"))
ECHO = Case("echo application", (sys.executable, str(HERE / "echo.py"), "once", "nalokson"))
INDEX = Case("building the index", (sys.executable, "-c", _BUILD_INDEX), INDEX_BAR)


def program() -> tuple[str, ...]:
    """What users start: the console script beside this interpreter, else the package itself."""
    script = Path(sys.executable).with_name("rusq")
    return (str(script),) if script.is_file() else (sys.executable, "-m", "rusq")


def cases(environment: Mapping[str, str]) -> list[Case]:
    """rusq's commands with their bars from the issues; those that this version has."""
    rusq = program()
    known = [
        Case("search nalokson, piped", (*rusq, "search", "nalokson"), 1.7),
        Case("search nalokson, terminal", (*rusq, "search", "nalokson"), 1.7, terminal=True),
        Case("search naloksn (a typo)", (*rusq, "search", "naloksn"), 1.9),
        Case("compare -a H -a FrP", (*rusq, "compare", "--actor", "H", "--actor", "FrP"), 1.9),
        Case("compare", (*rusq, "compare"), 2.1),
        Case("map", (*rusq, "map"), 1.9),
        Case("search nalokson -f tsv", (*rusq, "search", "nalokson", "-f", "tsv"), 1.35),
    ]
    helped = run(Case("rusq --help", (*rusq, "--help")), environment).out.split()
    return [case for case in known if case.name.split()[0].encode() in helped]


def clean_environment() -> dict[str, str]:
    """An environment in which nothing but the program decides: no pager, no corpus, no settings of Python's.

    PYTHONDONTWRITEBYTECODE least of all: under it an editable checkout is compiled anew at every start, and
    the compiler would be measured.
    """
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return {**kept, "LC_ALL": "C.UTF-8", "TERM": "xterm-256color", "PAGER": "cat"}


def compile_package() -> None:
    """Write the byte code of rusq, so that the first run is like the others. Needs no import of it."""
    package = find_spec("rusq")
    if package is None or not package.submodule_search_locations:
        raise SystemExit("bench: rusq is not installed here; run: make bench")
    for folder in package.submodule_search_locations:
        compileall.compile_dir(folder, quiet=1)


def run(case: Case, environment: Mapping[str, str]) -> Ran:
    """Start a case, read all it writes, and wait for it. SystemExit if it fails: a crash is no figure."""
    ours, theirs = pty.openpty() if case.terminal else os.pipe()
    start = perf_counter()
    process = subprocess.Popen(case.argv, stdin=subprocess.DEVNULL, stdout=theirs, stderr=theirs, env=environment)
    os.close(theirs)
    out = b"".join(_drained(ours))
    # Not process.wait(): only wait4 tells the memory of this one child.
    _, status, usage = os.wait4(process.pid, 0)
    elapsed_ms = (perf_counter() - start) * 1000
    os.close(ours)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"bench: {case.name} ended with status {process.returncode}:\n{out.decode('utf-8', 'replace')}")
    # On Linux what this process has in memory counts as the child's peak, until it becomes another program;
    # so nothing large is imported here.
    return Ran(elapsed_ms, (usage.ru_utime + usage.ru_stime) * 1000, _megabytes(usage.ru_maxrss), out)


def _drained(readable: int) -> Iterator[bytes]:
    while True:
        try:
            piece = os.read(readable, 65536)
        except OSError:  # so Linux ends a terminal whose other side is closed
            return
        if not piece:
            return
        yield piece


def interleaved(chosen: Sequence[Case], runs: int, environment: Mapping[str, str]) -> dict[Case, list[Ran]]:
    """Case -> its runs, after one round that warms the file cache and is not counted."""
    found: dict[Case, list[Ran]] = {case: [] for case in chosen}
    for number in range(runs + 1):
        if sys.stderr.isatty():
            print(f"\rround {number} of {runs}", end="\n" if number == runs else "", file=sys.stderr, flush=True)
        for case in chosen:
            ran = run(case, environment)
            if number:
                found[case].append(ran)
    return found


def table(found: Mapping[Case, Sequence[Ran]]) -> Iterator[str]:
    """A line a case: median and middle half, ratios to the bare interpreter and to the echo, the bar, peak memory.

    «x cpu» is the ratio to the echo in processor time, which suffers less from a busy machine.
    """
    bare, echo = (median(ran.elapsed_ms for ran in found[case]) for case in (BARE, ECHO))
    echo_cpu = median(ran.processor_ms for ran in found[ECHO])
    yield f"{'':27}{'ms':>7}{'middle half':>14}{'x bare':>8}{'x cpu':>7}{'x echo':>8}{'bar':>6}{'':6}{'MB':>6}"
    for case, runs in found.items():
        # Building the index is a part of a process, which has told itself how long that took.
        times = [float(ran.out) if case is INDEX else ran.elapsed_ms for ran in runs]
        low, middle, high = quantiles(times, n=4) if len(times) > 1 else times * 3
        cpu = "" if case is INDEX else f"{median(ran.processor_ms for ran in runs) / echo_cpu:.2f}"
        memory = "" if case is INDEX else _of_memory(max(ran.peak_mb for ran in runs), case.bar is not None)
        spread = f"{low:.1f}–{high:.1f}"
        row = f"{case.name:27}{middle:>7.1f}{spread:>14}{middle / bare:>8.2f}{cpu:>7}{middle / echo:>8.2f}"
        yield f"{row}{_of_time(middle / echo, case.bar)}{memory}".rstrip()


def _of_time(ratio: float, bar: float | None) -> str:
    if bar is None:
        return " " * 12
    return f"{bar:>6.2f}  {'ok' if ratio <= bar else 'over':<4}"


def _of_memory(peak: float, barred: bool) -> str:
    """Megabytes, with «<» where all that is known is that it was no more than this process had when it started it."""
    shown = f"<{peak:.1f}" if peak <= _megabytes(getrusage(RUSAGE_SELF).ru_maxrss) else f"{peak:.1f}"
    return f"{shown:>6}" + (f"  {'ok' if peak <= MEMORY_BAR_MB else 'over'}" if barred else "")


def _megabytes(maxrss: int) -> float:
    """ru_maxrss is in kilobytes, on macOS in bytes."""
    return maxrss / (2**20 if sys.platform == "darwin" else 2**10)


def main() -> None:
    """Compile, run, and print the table."""
    parser = argparse.ArgumentParser(prog="python -m bench.speed", description=__doc__.partition("\n")[0])
    parser.add_argument("--runs", type=int, default=21, metavar="N", help="how often each is run [default: 21]")
    runs = parser.parse_args().runs
    if runs < 1:
        parser.error(f"--runs {runs} measures nothing; it takes 1 or more")
    compile_package()
    environment = clean_environment()
    chosen = cases(environment)
    found = interleaved([BARE, ECHO, *chosen, INDEX], runs, environment)
    print(
        f"{runs} interleaved runs of each, medians; echo: two commands of Typer {version('typer')}, {HERE.name}/echo.py"
    )
    print(f"Python {platform.python_version()} on {platform.system()} {platform.machine()}; started: {program()[0]}")
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors: the busier the machine, the less steady")
    print()
    print(*table(found), "", sep="\n")
    print(f"bars: times the echo, from the issues; peak memory {MEMORY_BAR_MB} MB, the highest of all runs")


if __name__ == "__main__":
    main()
