"""Statements to the folder of a large index. Reads each once; most are handed to the engine as they stand."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from rusq.engine.arrays import BYTE_ORDER, ENGINE, META, PLAIN
from rusq.engine.plain import write_postings
from rusq.engine.postings import LATE, MAIN, Writer, as_term
from rusq.engine.statements import Column, write_statements
from rusq.engine.vocabulary import write_vocabulary
from rusq.index import PLAIN_ENDINGS, Index, read
from rusq.model import Statement
from rusq.norwegian.compounds import Splitter
from rusq.norwegian.language import Language
from rusq.norwegian.tokens import SMALL, is_suspending

_MEGABYTE = 2**20
# What the engine's own tokenizer might read otherwise than rusq: figures with a sign inside («2,4»), hyphens, marks
# and letters beyond Latin-1 (but for dashes, quotation marks and dots), and words in capitals, which may be acronyms.
_DOUBTFUL = re.compile("[-0-9\u00ad\u0100-\u2012\u2015-\u2017\u201b\u201f-\u2021\u2023-\u2025\u2027-\U0010ffff]")
_SURE = bytes(byte for byte in range(256) if not _DOUBTFUL.match(chr(byte)))
_OURS_TO_READ = re.compile(
    r"\d[.,/:]\d|[-\u00ad\u0100-\u2012\u2015-\u2017\u201b\u201f-\u2021\u2023-\u2025\u2027-\U0010ffff]"
)
_CAPITALS = "[A-ZÆØÅÄÖ]{2}"


def build_plainly(folder: Path, statements: Sequence[Statement], language: Language) -> None:
    """Fill an empty folder without an engine, from an index in memory. OSError where the disk says no."""
    index = Index(statements, language)
    columns = write_statements(folder, statements, lambda *_: None)
    write_vocabulary(folder, {word: index.frequency(word) for word in index.words}, index.plain, PLAIN_ENDINGS)
    write_postings(folder, map(index.postings, index.words))
    _write_meta(folder, columns, PLAIN)


def build(
    folder: Path,
    statements: Iterable[Statement],
    language: Language,
    *,
    size: int,
    progress: Callable[[int], None] = lambda _: None,
) -> None:
    """Fill an empty folder. `size` is about how many bytes of text there are; `progress` is told how many are done.

    OSError or ValueError (the engine's) where the disk says no; the folder is then of no use.
    """
    heap = min(max(4 * size, 64 * _MEGABYTE), 2048 * _MEGABYTE)  # so that one segment holds all
    with Writer(folder / MAIN, heap) as main, Writer(folder / LATE, max(heap // 8, 16 * _MEGABYTE)) as late:
        columns, waiting = _first_reading(folder, statements, language, main, progress)
        main.close()
        plain = main.frequencies(language.acronyms)
        completer = Splitter(language, lambda word: len(word) > 3 and word in plain)
        for number, key, text in waiting:
            late.add(number, key, _terms(text, language, completer))
        late.close()
        frequencies = dict(plain)
        for word, holding in late.frequencies(language.acronyms).items():
            frequencies[word] = frequencies.get(word, 0) + holding
    write_vocabulary(folder, frequencies, plain, PLAIN_ENDINGS)
    _write_meta(folder, columns, ENGINE)


def _first_reading(
    folder: Path, statements: Iterable[Statement], language: Language, main: Writer, progress: Callable[[int], None]
) -> tuple[list[Column], list[tuple[int, int, str]]]:
    """The sources, and the statements that can only be read when the words of all others are known; all others written.

    A statement that waits is its number, its place and its text.
    """
    waiting: list[tuple[int, int, str]] = []
    acronyms = language.acronyms
    alone = Splitter(language, lambda _: False)
    doubtful, add, done = _DOUBTFUL.search, main.add, 0
    short = [word.upper() for word in acronyms if not re.search(_CAPITALS, word.upper())]  # «T1»
    capitals = re.compile("|".join([_CAPITALS, *map(re.escape, short)])).search
    first = 0 if short else 1  # most texts begin with a capital, which by itself is no acronym

    def each(number: int, place: int, text: str, item: bool) -> None:
        nonlocal done
        key = 2 * place + item
        try:  # nearly every text is Latin-1, and bytes are looked through and lowered in a tenth of the time
            raw = text.encode("latin-1")
        except UnicodeEncodeError:
            is_doubtful, lowered = doubtful(text) is not None, text.lower()
        else:
            is_doubtful, lowered = bool(raw.translate(None, _SURE)), raw.translate(SMALL).decode("latin-1")
        if (is_doubtful and _OURS_TO_READ.search(text)) or (text[first:] != lowered[first:] and capitals(text)):
            if is_suspending(text):
                waiting.append((number, key, text))
            else:
                add(number, key, _terms(text, language, alone))
        elif "ä" in lowered or "ö" in lowered:
            add(number, key, lowered.replace("ä", "æ").replace("ö", "ø"))
        else:
            add(number, key, lowered)
        done += len(text)
        if not number % 4096:
            progress(done)

    return write_statements(folder, statements, each), waiting


def _write_meta(folder: Path, columns: Sequence[Column], made_by: str) -> None:
    """What the folder holds, last of all: a folder without it is not whole."""
    files = {str(path.relative_to(folder)): path.stat().st_size for path in folder.rglob("*") if path.is_file()}
    meta = {"byte_order": BYTE_ORDER, "made_by": made_by, "columns": columns, "files": files}
    (folder / META).write_text(json.dumps(meta), "utf-8")


def _terms(text: str, language: Language, completer: Splitter) -> str:
    acronyms = language.acronyms
    return " ".join([as_term(token.word, acronyms) for token in read(text, language, completer)])
