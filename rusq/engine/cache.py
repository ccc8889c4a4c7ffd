"""Where ready indexes lie, which of them is fresh, and who builds one. Whatever goes wrong, memory does instead.

    <the user's cache folder>/rusq/<which corpus>/<what its files and the program are>/

An index is fresh if its key is that of the files as they are: their sizes and the times of their last change,
which no program can set back. It is built beside and renamed, by one process at a time.
"""

from __future__ import annotations

import contextlib
import shutil
import struct
import sys
from collections.abc import Iterator
from pathlib import Path

import rusq
from rusq.corpus import Corpus, sha256_of
from rusq.engine.stored import StoredIndex
from rusq.index import Keeping

FORMAT = 3  # of the folder; a change of it makes every index anew
LARGE = 1_500_000  # bytes of text from which an index is kept: some ten thousand statements
_LOCK = "lock"
_ROOM = 4  # times the texts that must be free on the disk before an index is begun


def is_large(corpus: Corpus, keeping: Keeping) -> bool:
    """Whether an index is to be kept on disk."""
    size = _size(corpus)
    return size >= LARGE if keeping.where == "auto" else size > 0 and keeping.where == "disk"


def _size(corpus: Corpus) -> int:
    """The bytes of all texts; 0 if one cannot be read, of which the corpus itself complains."""
    try:
        return sum(path.stat().st_size for path in corpus.paths if path.suffix != ".toml")
    except OSError:
        return 0


def ready_index(corpus: Corpus, keeping: Keeping) -> StoredIndex | None:
    """The index of a corpus, made now if there is no fresh one; None where there can be none, and a remark why.

    CorpusError if the corpus has faults.
    """
    from platformdirs import user_cache_path  # only for many texts

    place = Path("rusq")
    try:
        place = user_cache_path("rusq", appauthor=False) / _place(corpus)
        fresh = place / _key(corpus)
        index = _opened(fresh, corpus)
        if index is not None:
            return index
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        with _alone(place):
            index = _opened(fresh, corpus)  # another process may have made it while this one waited
            return index or _made(fresh, corpus, keeping)
    except (OSError, RuntimeError) as error:  # RuntimeError: the user has no home folder
        why = getattr(error, "strerror", None) or str(error)
        keeping.remark(f"no index can be kept in {place.parent} ({why}); the texts are read anew each time")
        return None


def _opened(folder: Path, corpus: Corpus) -> StoredIndex | None:
    try:
        return StoredIndex(folder, corpus.language)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):  # not there, not whole, or not of rusq's making
        return None


def _made(fresh: Path, corpus: Corpus, keeping: Keeping) -> StoredIndex | None:
    """A new index in place of whatever lies there. OSError if the disk says no."""
    from rusq.engine.building import build, build_plainly  # seldom needed, and slow to load

    size = _size(corpus)
    if shutil.disk_usage(fresh.parent).free < _ROOM * size:
        raise OSError(0, "the disk is nearly full")
    for left in fresh.parent.iterdir():
        if left.is_dir():  # of earlier texts or programs, or of a process that was killed
            shutil.rmtree(left, ignore_errors=True)
        elif left.name != _LOCK:
            left.unlink()
    part = fresh.with_name(f"{fresh.name}.part")
    try:
        part.mkdir(mode=0o700)
        keeping.progress(0, size)
        if _engine():
            build(part, corpus.statements, corpus.language, size=size, progress=lambda n: keeping.progress(n, size))
        else:
            keeping.remark(
                "so many texts are searched faster, and in less memory, with: pip install 'rusq[large]' "
                "(in a checkout: pip install '.[large]')"
            )
            build_plainly(part, corpus.statements, corpus.language)
        part.rename(fresh)
    except struct.error as error:
        raise OSError(0, "a year that is out of all bounds") from error
    except ValueError as error:  # the engine's, for whatever the disk told it
        raise OSError(0, str(error).strip().splitlines()[0] if str(error).strip() else "the engine failed") from error
    finally:
        keeping.progress(size, size)
        shutil.rmtree(part, ignore_errors=True)
    return _opened(fresh, corpus)


def _engine() -> str:
    """The engine and its version; "" if it is not installed."""
    try:
        import tantivy
    except ImportError:
        return ""
    return str(getattr(tantivy, "__version__", "of unknown version"))


@contextlib.contextmanager
def _alone(place: Path) -> Iterator[None]:
    """A lock that another process waits for, and that goes when this one does, however it ends."""
    try:
        import fcntl
    except ImportError:  # Windows: two may build at once, and one of them renames first
        yield
        return
    with (place / _LOCK).open("wb") as file:
        with contextlib.suppress(OSError):  # a network folder without locks
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _place(corpus: Corpus) -> str:
    """A name for where the corpus lies, so that a new index replaces the old one of the same folders."""
    folders = [f"{folder.tables.resolve()}\0{folder.left_out}" for folder in corpus.folders]
    return sha256_of("\n".join(folders).encode("utf-8", "surrogateescape"))[:20]


def _key(corpus: Corpus) -> str:
    """What the texts, the tables and the program are. The time of change is the system's own, which nobody sets."""
    told: list[object] = [FORMAT, rusq.__version__, sys.version_info[:2], _engine()]
    for path in corpus.paths:
        now = path.stat()
        told += [path.resolve(), now.st_size, now.st_mtime_ns, now.st_ctime_ns, now.st_ino]
    for path in sorted(Path(rusq.__file__).parent.rglob("*.py")):
        now = path.stat()
        told += [path.name, now.st_size, now.st_mtime_ns]
    return sha256_of("\n".join(map(str, told)).encode("utf-8", "surrogateescape"))[:32]
