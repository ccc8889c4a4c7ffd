"""argv to an exit status: the one place that turns errors into a line for the user. Imports as little as it can."""

import contextlib
import gc
import io
import os
import re
import sys
from typing import NoReturn

FOUND, NOTHING, UNUSABLE, INTERRUPTED = 0, 1, 2, 130

# `-word` after a query leaves a word out, while -a, -n5 and -fjson are options: an exclusion is three
# letters or more, and begins as no option with a value attached could.
_EXCLUSION = (
    r"-(?!f(?:table|json|jsonl|csv|tsv|md|html|svg)$)(?![aCostfn][A-ZÆØÅ0-9./~])(?!s[a-z]+\d+$)"
    r"[^\W\d_][\w-]{2,}\*?"
    r"|(?s:-[\"«“„].*)"
)
_WITH_QUERY = ("search", "compare")


def run() -> NoReturn:
    """The program: `main`, and then out at once.

    Python would first take apart every module and object it has, which is an eighth of the whole time of
    a search. Everything is written and closed by then, and nothing is registered to run at exit.
    """
    status = main()
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError, AttributeError):  # closed, or None: main has seen to it
            stream.flush()
    os._exit(status)


def main(argv: list[str] | None = None) -> int:
    """Run one command and return its exit status (0 found, 1 nothing, 2 unusable, 130 interrupted)."""
    gc.set_threshold(100_000, 20, 20)  # a command makes much and throws little away: looking for cycles is idle work
    if sys.stderr is None:  # closed by the caller; print() would fall back on stdout
        sys.stderr = io.StringIO()
    try:
        return _run(prepared([_decoded(word) for word in (sys.argv[1:] if argv is None else argv)]))
    except KeyboardInterrupt:
        return INTERRUPTED
    except SystemExit as leaving:
        # Typer makes exit status 1 of a closed pipe.
        if not isinstance(leaving.__context__, BrokenPipeError):
            raise
    except BrokenPipeError:
        pass
    except OSError as error:
        _write_nowhere()
        return _fail(f"cannot write the output: {error.strerror}")
    _write_nowhere()
    return FOUND


def _write_nowhere() -> None:
    # Python would complain again when it flushes at exit.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


def _decoded(word: str) -> str:
    return os.fsencode(word).decode("utf-8", "replace")


def prepared(argv: list[str]) -> list[str]:
    """The arguments with `-word` as «−word» where it means to leave a word out."""
    if not argv or argv[0] not in _WITH_QUERY:
        return argv
    stop = argv.index("--") if "--" in argv else len(argv)

    def leaves_out(word: str) -> bool:
        # The pattern takes a while to compile: not for «-f».
        return word[:1] == "-" and len(word) > 2 and word[1] != "-" and re.fullmatch(_EXCLUSION, word) is not None

    return ["\u2212" + word[1:] if at < stop and leaves_out(word) else word for at, word in enumerate(argv)]


def _run(argv: list[str]) -> int:
    from rusq.cli.app import UsageError, build
    from rusq.errors import RusqError

    try:
        status = build(argv)(args=argv, prog_name="rusq", standalone_mode=False)
        if sys.stdout is not None:
            sys.stdout.flush()
        return int(status or FOUND)
    except RusqError as error:
        return _fail(str(error))
    except UsageError as error:
        return _fail(error.format_message().rstrip("."), hint=_help_for(argv))


def _fail(message: str, hint: str = "") -> int:
    from rusq.harmless import harmless

    for line in message.split("\n"):
        text = harmless(line) + (f"; see '{hint}'" if hint else "")
        encoding = sys.stderr.encoding or "utf-8"
        print(f"rusq: {text}".encode(encoding, "replace").decode(encoding), file=sys.stderr)
    return UNUSABLE


def _help_for(argv: list[str]) -> str:
    from rusq.cli.app import COMMANDS

    command = next((word for word in argv if not word.startswith("-")), "")
    return f"rusq {command} --help" if command in COMMANDS else "rusq --help"
