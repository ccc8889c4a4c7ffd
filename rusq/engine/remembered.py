"""What was found out about words, kept beside the index that tells it: the next run need not find it out again."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar
from zlib import crc32

T = TypeVar("T")


class Remembered:
    """What was found out about words, by kind, in files of a folder; what cannot be read is not remembered."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def recall(self, word: str, kind: str, revive: Callable[[Any], T]) -> T | None:
        """What `keep` was given, as `revive` makes it of plain lists and tables; None if it was never."""
        try:
            said = json.loads(self._file(word, kind).read_bytes())
            # Another word may have the same file.
            return revive(said["found"]) if said["word"] == word else None
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return None

    def keep(self, word: str, kind: str, found: object) -> None:
        """Remember what was found of a word, whole or not at all."""
        file = self._file(word, kind)
        beside = file.with_suffix(f".{os.getpid()}")
        with contextlib.suppress(OSError, ValueError):
            self._folder.mkdir(mode=0o700, exist_ok=True)
            beside.write_text(json.dumps({"word": word, "found": found}), "utf-8")
            beside.replace(file)

    def _file(self, word: str, kind: str) -> Path:
        return self._folder / f"{crc32(word.encode('utf-8', 'surrogatepass')):08x}-{kind}.json"
