"""What several tests share: the real program in a process of its own, on a pipe or on a terminal; golden files."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, settings

import rusq as package

# A busy machine is no fault of the program: how long an example takes to make or to run is not judged.
settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")

# Started in the background, a shell has Ctrl-C ignored by all it starts, and so by the programs tested here.
signal.signal(signal.SIGINT, signal.default_int_handler)

SECONDS = 60  # nothing takes so long: a program that hangs fails its test instead of stopping them all
PROGRAM = (sys.executable, "-m", "rusq")
_ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z=>]|\x1b[=>]")


class Ran(NamedTuple):
    """What a process left behind; `raw` is its stdout byte for byte."""

    status: int
    out: str
    err: str
    raw: bytes = b""

    @property
    def bare(self) -> str:
        """What a terminal shows of `out`: no colours, no carriage returns, no blanks at the ends of lines."""
        lines = _ESCAPES.sub("", self.out).replace("\r\n", "\n").split("\n")
        return "\n".join(line.rstrip(" ") for line in lines)


Run = Callable[..., Ran]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--regold", action="store_true", help="write the golden files anew; read them before you commit")


def environment(home: Path, changes: Mapping[str, str | None] | None = None) -> dict[str, str]:
    """An environment with nothing in it that rusq looks at, but for `changes`; None takes a variable out."""
    clean = {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "LC_ALL": "C.UTF-8",
        # The rusq that these tests import is the one that is started, wherever it lies.
        "PYTHONPATH": str(Path(package.__file__).parents[1]),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    if "SYSTEMROOT" in os.environ:
        clean["SYSTEMROOT"] = os.environ["SYSTEMROOT"]
    merged = {**clean, **(changes or {})}
    return {name: value for name, value in merged.items() if value is not None}


@pytest.fixture
def start(tmp_path: Path) -> Callable[..., subprocess.Popen[bytes]]:
    """Start the program and leave it running: `start("search", "nalokson", env={…})`."""

    def start(*args: str, env: Mapping[str, str | None] | None = None) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [*PROGRAM, *args],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment(tmp_path, env),
            cwd=tmp_path,
        )

    return start


@pytest.fixture
def rusq(tmp_path: Path) -> Run:
    """Run the program on pipes and wait: `rusq("search", "nalokson", env={…}, cwd=…)`."""

    def run(
        *args: str | bytes,
        env: Mapping[str, str | None] | None = None,
        cwd: Path | None = None,
    ) -> Ran:
        return _run([*PROGRAM, *args], environment(tmp_path, env), cwd or tmp_path)

    return run


@pytest.fixture(scope="session")
def python(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Run a few lines of Python in a process of their own; `args` are its sys.argv[1:]."""
    home = tmp_path_factory.mktemp("home")

    def run(code: str, *args: str, env: Mapping[str, str | None] | None = None) -> Ran:
        return _run([sys.executable, "-c", code, *args], environment(home, env), home)

    return run


# Many commands in one process, to spare their start-up: stdin, stdout and stderr are real files to each.
_BATCH = """
import json, os, sys, tempfile, traceback
from rusq.cli import main

def captured(args):
    files = [tempfile.TemporaryFile() for _ in (1, 2)]
    kept = [os.dup(1), os.dup(2)]
    for number, file in enumerate(files, 1):
        os.dup2(file.fileno(), number)
    try:
        status = main(args)
    except SystemExit as leaving:
        status = leaving.code
    except BaseException:
        status = 1
        traceback.print_exc()
    sys.stdout.flush()
    sys.stderr.flush()
    for number, old in enumerate(kept, 1):
        os.dup2(old, number)
        os.close(old)
    for file in files:
        file.seek(0)
    return status, *(file.read().decode("latin-1") for file in files)

print(json.dumps([captured(args) for args in json.loads(sys.argv[1])]))
"""


@pytest.fixture(scope="session")
def batch() -> Callable[..., list[Ran]]:
    """Run many commands through `main` in one process: `batch([["search", "nalokson"], …], cwd=…)`."""

    def run(commands: Sequence[Sequence[str]], cwd: Path, env: Mapping[str, str | None] | None = None) -> list[Ran]:
        done = _run([sys.executable, "-c", _BATCH, json.dumps(commands)], environment(cwd, env), cwd)
        assert (done.status, done.err) == (0, "")
        found = []
        for status, out, err in json.loads(done.out):
            raw = out.encode("latin-1")
            found.append(Ran(status, raw.decode("utf-8", "replace"), err.encode("latin-1").decode("utf-8"), raw))
        return found

    return run


@pytest.fixture
def shell(tmp_path: Path) -> Run:
    """Run a line of sh in which "$@" is the program with `args`: for redirections that Popen does not know."""

    def run(line: str, *args: str, env: Mapping[str, str | None] | None = None) -> Ran:
        return _run(["sh", "-c", line, "sh", *PROGRAM, *args], environment(tmp_path, env), tmp_path)

    return run


def _run(command: list[str | bytes], env: dict[str, str], cwd: Path, **more: object) -> Ran:
    done = subprocess.run(
        command, stdin=subprocess.DEVNULL, capture_output=True, env=env, cwd=cwd, timeout=SECONDS, **more
    )  # type: ignore[call-overload]
    return Ran(done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8"), done.stdout)


@pytest.fixture
def terminal(tmp_path: Path) -> Run:
    """Run the program on a pseudo-terminal of 24 lines and 80 columns: `terminal("compare", env={…}, columns=60)`."""
    fcntl, pty, termios = (pytest.importorskip(name) for name in ("fcntl", "pty", "termios"))

    def run(*args: str, env: Mapping[str, str | None] | None = None, lines: int = 24, columns: int = 80) -> Ran:
        ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, b"".join(n.to_bytes(2, sys.byteorder) for n in (lines, columns, 0, 0)))
        process = subprocess.Popen(
            [*PROGRAM, *args],
            stdin=theirs,
            stdout=theirs,
            stderr=subprocess.PIPE,
            env=environment(tmp_path, {"TERM": "xterm-256color", **(env or {})}),
            cwd=tmp_path,
        )
        os.close(theirs)
        raw = b""
        while piece := _read(ours):
            raw += piece
        os.close(ours)
        assert process.stderr is not None
        err = process.stderr.read().decode("utf-8")
        process.stderr.close()
        return Ran(process.wait(timeout=SECONDS), raw.decode("utf-8", "replace"), err, raw)

    return run


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # Linux says so when the other end is closed; others give nothing
        return b""
