"""A folder changed whole or not at all, by one process at a time. The only room that writes to a corpus."""

import contextlib
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from rusq.errors import RusqError

_PART = ".rusq-part-"  # begins the name of a file that is not yet, or no longer, what it is called
_UNDO = ".rusq-undo"  # says what is being done, while it is


@contextlib.contextmanager
def held(folder: Path) -> Iterator[None]:
    """The folder, made if need be, for this process alone: another that asks for it waits until this one is done.

    The folder itself is locked, so that no lock is left behind by a process that is killed; what such a
    one has left half-done is undone first. Where a system has no such locks, `replace_all` still sees
    that a file has changed meanwhile.
    """
    if folder.exists() and not folder.is_dir():
        raise RusqError(f"'{shown(folder)}' is a file, not a folder; -C takes the folder of a corpus")
    fresh: list[Path] = []
    try:
        _make(folder, fresh)
        with _locked(folder):
            _undo(folder)
            yield
    except OSError as error:
        _take_away(fresh)
        raise RusqError(f"cannot write in '{shown(folder)}': {error.strerror}; nothing is added") from None
    except BaseException:
        _take_away(fresh)
        raise


@contextlib.contextmanager
def _locked(folder: Path) -> Iterator[None]:
    try:
        import fcntl
    except ImportError:  # Windows
        yield
        return
    number = os.open(folder, os.O_RDONLY)
    try:
        with contextlib.suppress(OSError):  # a network folder without locks
            fcntl.flock(number, fcntl.LOCK_EX)
        yield
    finally:
        os.close(number)


def replace_all(folder: Path, files: Mapping[str, bytes], seen: Mapping[str, bytes | None]) -> None:
    """Write every file, by its path within the folder, in this order; on any failure the folder is as it was.

    `seen` is what files held when the change was thought out (None: there was none); if one of them
    holds something else by now, nothing is written. OSError if it cannot be done.
    """
    parts: dict[Path, Path] = {}  # the file -> what it will be, beside it
    fresh: list[Path] = []
    paths = {name: _inside(folder, name) for name in files}
    try:
        for place in dict.fromkeys(path.parent for path in paths.values()):
            _make(place, fresh)
            for left in place.glob(f"{_PART}*"):  # of a process that was killed: who holds the folder is alone
                left.unlink()
        for name, raw in files.items():
            path = paths[name]
            parts[path] = path.with_name(f"{_PART}{path.name}")
            _write(parts[path], raw)
            if path.exists():
                parts[path].chmod(path.stat().st_mode & 0o777)
        for name, before in seen.items():
            if found(folder / name) != before:
                raise RusqError(f"'{shown(folder / name)}' was changed meanwhile; nothing is added, try again")
        _exchange(folder, parts)
    except BaseException:
        for part in parts.values():
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)
        _take_away(fresh)
        raise


def _inside(folder: Path, name: str) -> Path:
    """The file of that name in the folder, links followed. RusqError if it would lie outside."""
    path = folder / name
    real = path.resolve()
    if not real.is_relative_to(folder.resolve()):
        link = path if path.is_symlink() else path.parent
        raise RusqError(f"'{shown(link)}' is a link that leads out of the folder; nothing is added")
    return real if path.is_symlink() else path


def _write(path: Path, raw: bytes) -> None:
    with path.open("xb") as file:
        file.write(raw)
        file.flush()
        os.fsync(file.fileno())


def _exchange(folder: Path, parts: Mapping[Path, Path]) -> None:
    """Rename each part to its file; what was there is kept until all are in place, and put back on a failure.

    What is being done stands in a file of its own first, so that the next process can undo it if this one is killed.
    """
    said = [
        f"{'replaced' if path.exists() else 'new'} {path.resolve().relative_to(folder.resolve())}" for path in parts
    ]
    begun = folder / f"{_PART}undo"
    try:
        _write(begun, "\0".join(said).encode("utf-8"))
        begun.rename(folder / _UNDO)  # there whole or not at all, too
    finally:
        begun.unlink(missing_ok=True)
    try:
        for path, part in parts.items():
            if path.exists():
                try:
                    _old(path).hardlink_to(path)
                except OSError:  # a file system without such links
                    path.replace(_old(path))
            part.replace(path)
    except BaseException:
        _undo(folder)
        raise
    (folder / _UNDO).unlink()
    for path in parts:
        _old(path).unlink(missing_ok=True)


def _undo(folder: Path) -> None:
    """The folder as it was before an exchange that has not come to its end; nothing if there is none."""
    said = found(folder / _UNDO)
    for one in said.decode("utf-8").split("\0") if said else ():
        what, _, name = one.partition(" ")
        path = _inside(folder, name)
        if _old(path).exists():
            _old(path).replace(path)
            _old(path).unlink(missing_ok=True)  # a link to the very file: then renaming it does nothing
        elif what == "new":
            path.unlink(missing_ok=True)
    (folder / _UNDO).unlink(missing_ok=True)


def _old(path: Path) -> Path:
    return path.with_name(f"{_PART}old-{path.name}")


def _make(folder: Path, fresh: list[Path]) -> None:
    """The folder and those above it, made if need be; those made are added to `fresh`."""
    for path in reversed([path for path in (folder, *folder.parents) if not path.exists()]):
        path.mkdir(exist_ok=True)
        fresh.append(path)


def found(path: Path) -> bytes | None:
    """What the file holds; None if there is none."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def holds(path: Path, raw: bytes) -> bool | None:
    """Whether the file has these bytes; None if there is no such file."""
    if not path.exists():
        return None
    return path.is_file() and path.stat().st_size == len(raw) and path.read_bytes() == raw


def given_file(path: Path, *, most: int) -> bytes:
    """What a file of the user's holds. RusqError, with what to do, if it is no plain file of at most `most` bytes."""
    name = shown(path)
    try:
        if path.is_symlink() and path.resolve().parent != path.parent.resolve():
            raise RusqError(f"'{name}' is a link to a file in another folder; name that file itself")
        if path.is_dir():
            raise RusqError(f"'{name}' is a folder; name the files in it")
        size = path.stat().st_size
        if not path.is_file():
            raise RusqError(f"'{name}' is no plain file; save what it gives to a file and name that")
        if size > most:
            raise RusqError(
                f"'{name}' has {size >> 20} MB, more than the {most >> 20} MB that are read; cut it in parts"
            )
        return path.read_bytes()
    except OSError as error:
        raise RusqError(f"cannot read '{name}': {error.strerror}") from None


def shown(path: Path) -> str:
    """A path for a message: on one line, nothing in it obeyed by a terminal."""
    return "".join(sign if sign.isprintable() else "\ufffd" for sign in str(path))


def _take_away(folders: list[Path]) -> None:
    for path in reversed(folders):
        with contextlib.suppress(OSError):  # not empty: someone else has put something there
            path.rmdir()
