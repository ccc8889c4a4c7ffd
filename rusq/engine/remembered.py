"""What words were found to stand for, kept beside the index that tells it: the next run need not find it again."""

from __future__ import annotations

import contextlib
import json
import os
from pathlib import Path
from zlib import crc32

from rusq.meaning import Way


class Remembered:
    """Word -> its forms in the texts, in files of a folder; whatever cannot be read or written is not remembered."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def recall(self, word: str, typed: bool) -> dict[str, Way] | None:
        """What `keep` was given; None if it was never."""
        try:
            said = json.loads(self._file(word, typed).read_bytes())
            # Another word may have the same file.
            return {form: Way(*way) for form, way in said["forms"].items()} if said["word"] == word else None
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return None

    def keep(self, word: str, typed: bool, forms: dict[str, Way]) -> None:
        """Remember the forms of a word, whole or not at all."""
        file = self._file(word, typed)
        beside = file.with_suffix(f".{os.getpid()}")
        with contextlib.suppress(OSError, ValueError):
            self._folder.mkdir(mode=0o700, exist_ok=True)
            beside.write_text(json.dumps({"word": word, "forms": forms}), "utf-8")
            beside.replace(file)

    def _file(self, word: str, typed: bool) -> Path:
        return self._folder / f"{crc32(word.encode('utf-8', 'surrogatepass')):08x}{'-typed' * typed}.json"
