"""A result to stdout, a pager or a file, in the format asked for. A file is written whole or not at all."""

import os
import shutil
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from rusq.errors import RusqError
from rusq.wording import LANGUAGES, Wording

if TYPE_CHECKING:
    from rusq.grid import Grid
    from rusq.sheet import Sheet

FORMATS = ("table", "json", "jsonl", "csv", "tsv", "md", "html")
_ENDINGS = {
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".tsv": "tsv",
    ".md": "md",
    ".html": "html",
    ".htm": "html",
    ".txt": "table",
}
_PIPE_WIDTH = 100
_ASCII = str.maketrans({"─": "-", "→": ">", "›": ">", "«": '"', "»": '"', "–": "-", "—": "-", "·": "-", "…": "..."})


class Companion(NamedTuple):
    """A file that goes with the one that -o names: the ending that takes the place of its own, and what is in it."""

    ending: str
    text: Callable[[], str]


class Result(NamedTuple):
    """One result in the shapes that formats take, each made only if it is asked for.

    `more` are formats that only this command has, by name: a text, or its bytes in pieces, which are written as they
    come. `beside` has the companions of those that have one.
    """

    data: Callable[[], object]
    records: Callable[[], Iterable[object]]
    grid: Callable[[], "Grid"]
    sheet: Callable[[Wording], "Sheet"]
    more: Mapping[str, Callable[[Wording], str | Iterable[bytes]]] = MappingProxyType({})
    beside: Mapping[str, Companion] = MappingProxyType({})


class Output:
    """Where and how to print. Wrong options are reported before any work is done."""

    def __init__(
        self,
        *,
        format: str | None,
        output: Path | None,
        width: int | None,
        color: str,
        lang: str,
        no_pager: bool,
        more: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        """`more`: formats of this command only -> the ending of their files."""
        self.format = _format(format, output, more)
        self._chosen = format is not None or (output is not None and bool(output.suffix))
        if color not in ("auto", "always", "never"):
            raise RusqError(f"no colour mode '{color}'; --color takes auto, always or never")
        if lang not in LANGUAGES:
            raise RusqError(f"no language '{lang}'; --lang takes {' or '.join(LANGUAGES)}")
        if width is not None and not 20 <= width <= 1000:
            raise RusqError(f"--width {width} cannot be drawn; it takes 20 to 1000")
        if output is not None and not output.parent.is_dir():
            raise RusqError(f"cannot write '{output}': there is no folder '{output.parent}'")
        self.say = Wording(lang)
        self._file = output
        self._color = color
        self._width = width
        self._pager = not no_pager

    def print(self, result: Result) -> None:
        """Print or write the result."""
        made = self._made(result)
        if isinstance(made, str) and self._file is None and self.format == "table" and _on_terminal():
            self._show(made)
            return
        pieces = [made.encode("utf-8")] if isinstance(made, str) else made
        if self._file is None:
            _to_stdout(pieces)
            return
        companion = result.beside.get(self.format)
        if companion is None or not _is_plain(self._file):
            _write({self._file: pieces})
            return
        beside = self._file.with_suffix(companion.ending)
        _write({beside: [companion.text().encode("utf-8")], self._file: pieces})
        self.remark(f"written beside it: {beside}")

    def refuse_terminal(self) -> None:
        """RusqError if what is no text would be printed on a terminal."""
        if self._file is None and _on_terminal():
            raise RusqError(f"{self.format} is nothing to read; write it with -o FILE, or into a pipe")

    def default_to(self, name: str) -> None:
        """Use the format `name` unless the user has chosen one."""
        if not self._chosen:
            self.format = name

    def nothing(self, what: str) -> None:
        """Say on stderr that there is nothing, and what there is nothing of."""
        self.remark(f"nothing {what}")

    def remark(self, text: str) -> None:
        """A line on stderr, for who reads along."""
        from rusq.harmless import harmless

        encoding = sys.stderr.encoding or "utf-8"
        print(f"rusq: {harmless(text)}".encode(encoding, "replace").decode(encoding), file=sys.stderr)

    @property
    def for_people(self) -> bool:
        return self.format == "table"

    def _made(self, result: Result) -> str | Iterable[bytes]:
        if self.format == "json":
            from rusq.formats.json import to_json

            return to_json(result.data())
        if self.format == "jsonl":
            from rusq.formats.json import to_jsonl

            return (to_jsonl([record]).encode("utf-8") for record in result.records())
        if self.format in ("csv", "tsv"):
            from rusq.formats.delimited import csv_lines, tsv_lines

            rows = (csv_lines if self.format == "csv" else tsv_lines)(result.grid())
            return (row.encode("utf-8") for row in rows)
        if self.format in result.more:
            return result.more[self.format](self.say)
        if self.format == "html":
            from rusq.formats.html import to_html

            return to_html(result.sheet(self.say), language=self.say.language)
        if self.format == "md":
            from rusq.formats.markdown import to_markdown

            return to_markdown(result.sheet(self.say))
        from rusq.layout import lay_out
        from rusq.terminal import coloured, plain

        width = self._width or (_terminal_width() if self._file is None and _on_terminal() else _PIPE_WIDTH)
        lines = lay_out(result.sheet(self.say), width)
        return coloured(lines) if self._in_colour() else plain(lines)

    def _in_colour(self) -> bool:
        """Colour when it is asked for; by itself only on a terminal that shows it and has not said no."""
        if self._color != "auto":
            return self._color == "always"
        if self._file is not None or not _on_terminal():
            return False
        return not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"

    def _show(self, text: str) -> None:
        encoding = sys.stdout.encoding or "utf-8"
        if encoding.lower().replace("-", "") != "utf8":
            try:
                text.encode(encoding)
            except UnicodeEncodeError:
                text = text.translate(_ASCII)
        raw = text.encode(encoding, "replace")
        pager = _pager() if self._pager and text.count("\n") >= shutil.get_terminal_size().lines else None
        if pager is None:
            _to_stdout([raw])
            return
        import subprocess  # only for a pager

        environment = {"LESS": "FRX", "LESSCHARSET": "utf-8", **os.environ}
        with subprocess.Popen(pager, shell=True, stdin=subprocess.PIPE, env=environment) as process:
            try:
                process.communicate(raw)
            except KeyboardInterrupt:
                process.wait()


def progress(what: str) -> Callable[[int, int], None]:
    """Takes how much of how much is done, and says it on the terminal in a line that goes when all is; else silent."""
    if sys.stderr is None or not sys.stderr.isatty():
        return lambda done, total: None  # noqa: ARG005

    encoding = sys.stderr.encoding or "utf-8"

    def tell(done: int, total: int) -> None:
        line = f"{what}: {100 * done // max(total, 1)} %" if done < total else ""
        print(f"\r{line}\x1b[K".encode(encoding, "replace").decode(encoding), end="", file=sys.stderr, flush=True)

    return tell


def _format(name: str | None, output: Path | None, more: Mapping[str, str]) -> str:
    """The format that the options name: by itself, or by the ending of the file."""
    formats = (*FORMATS, *more)
    endings = {**_ENDINGS, **{ending: own for own, ending in more.items()}}
    if name is not None:
        if name not in formats:
            raise RusqError(f"no format '{name}' here; known: {', '.join(formats)}")
        return name
    if output is None or not output.suffix:
        return "table"
    if output.suffix.lower() not in endings:
        known = ", ".join(endings)
        raise RusqError(f"no format for the ending '{output.suffix}'; known: {known}, or say which with -f")
    return endings[output.suffix.lower()]


def _on_terminal() -> bool:
    return sys.stdout is not None and sys.stdout.isatty()


def _terminal_width() -> int:
    return max(20, shutil.get_terminal_size((80, 24)).columns)


def _pager() -> str | None:
    """The user's pager, as git finds it; None for none (PAGER=cat, or no less on this machine)."""
    chosen = os.environ.get("RUSQ_PAGER", os.environ.get("PAGER", "less"))
    chosen = chosen.strip()
    if chosen in ("", "cat") or os.environ.get("TERM") == "dumb" or not shutil.which(chosen.split()[0]):
        return None
    return chosen


def _to_stdout(pieces: Iterable[bytes]) -> None:
    if sys.stdout is None:
        raise RusqError("cannot write the output: stdout is closed")
    try:
        sys.stdout.buffer.writelines(pieces)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        # What is buffered cannot be written either: without this, Python would say so again at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise RusqError(f"cannot write the output: {error.strerror}") from None


def _is_plain(path: Path) -> bool:
    """Whether what is written there is a file that is replaced, and no device or pipe, as /dev/stdout may be."""
    return path.is_file() or not path.exists()


def _write(files: Mapping[Path, Iterable[bytes]]) -> None:
    """Write all beside and rename them at the end, so that they are there whole or as they were."""
    for path in files:
        if path.is_dir():
            raise RusqError(f"cannot write '{path}': it is a folder")
    written: dict[Path, Path] = {}
    try:
        for path, pieces in files.items():
            if not _is_plain(path):
                with path.open("wb") as file:
                    file.writelines(pieces)
                continue
            target = path.resolve()  # a link stays, and what it points to is written
            beside = target.with_name(f".{target.name}.{os.getpid()}.part")
            written[beside] = target
            with beside.open("xb") as file:
                file.writelines(pieces)
                file.flush()
                os.fsync(file.fileno())
        for beside, target in written.items():
            beside.replace(target)
    except OSError as error:
        _remove(written)
        raise RusqError(f"cannot write '{path}': {error.strerror}") from None
    except BaseException:
        _remove(written)
        raise


def _remove(paths: Iterable[Path]) -> None:
    for path in paths:
        path.unlink(missing_ok=True)
