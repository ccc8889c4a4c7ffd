"""Statements made from real words: as many as asked for, in a corpus folder, the same for the same size and seed.

Words of the built-in texts, the lexicon and the language, as often as Zipf's law has it (the word of rank r about
1/(r + 2.7) of the time, Mandelbrot's form); one in a hundred of those of four letters or more with a slip.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from itertools import accumulate
from pathlib import Path

from rusq.library import Library
from rusq.rows import Row

ACTORS = ("Ap", "FrP", "H", "KrF", "MDG", "R", "SV", "Sp", "V")
SLIPS = 0.01
_LETTERS = "abdefghijklmnoprstuvyæøå"


def real_words() -> list[str]:
    """Words that exist, those of the built-in texts first and by how many statements they stand in."""
    library = Library.open()
    index, language, lexicon = library.index, library.corpus.language, library.corpus.lexicon
    words = {word for word in (*index.words, *language.parts, *lexicon.words) if word.isalpha() and len(word) > 1}
    return sorted(words, key=lambda word: (-index.frequency(word), word))


def slip(word: str, chance: random.Random) -> str:
    """`word` with a letter missing, doubled, changed places or taken for another."""
    kind, at = chance.randrange(4), chance.randrange(1, len(word))
    if kind == 0:
        return word[:at] + word[at + 1 :]
    if kind == 1:
        return word[:at] + word[at] + word[at:]
    if kind == 2:
        return word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :]
    return word[:at] + chance.choice(_LETTERS) + word[at + 1 :]


def texts(count: int, words: Sequence[str], seed: int = 1) -> Iterator[str]:
    """`count` statements of 6 to 24 words."""
    chance = random.Random(seed)
    often = list(accumulate(1 / (rank + 2.7) for rank in range(1, len(words) + 1)))
    for _ in range(count):
        said = chance.choices(words, cum_weights=often, k=chance.randint(6, 24))
        slipped = [slip(w, chance) if len(w) > 3 and chance.random() < SLIPS else w for w in said]
        yield " ".join(slipped).capitalize() + "."


def make(folder: Path, count: int) -> int:
    """Fill `folder` with a corpus of `count` statements by nine actors over twenty years; returns its size in bytes."""
    (folder / "documents").mkdir(parents=True)
    rows = (
        Row(ACTORS[number % len(ACTORS)], text, str(2005 + number % 20))
        for number, text in enumerate(texts(count, real_words()))
    )
    table = folder / "documents" / "made.tsv"
    with table.open("w", encoding="utf-8") as file:
        file.write("actor\tdate\ttext\n")
        for row in rows:
            file.write(f"{row.actor}\t{row.date}\t{row.text}\n")
    sources = "\n".join(
        f'[[source]]\nid = "made-{actor.lower()}"\nactor = "{actor}"\nfile = "made.tsv"\n' for actor in ACTORS
    )
    (folder / "sources.toml").write_text(sources, "utf-8")
    return table.stat().st_size
