"""How often the right word comes first for a misspelt one: `python -m bench.spelling TYPOS TEXT…`.

TYPOS is a table of `misspelt<TAB>meant`; the vocabulary is what was meant, and the words of the texts
with their frequencies. Lists of slips and large texts are not part of the project: bring your own.
"""

import argparse
from collections import Counter
from pathlib import Path

from rusq.norwegian.tokens import fold, tokenise
from rusq.spelling import corrections


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("typos", type=Path)
    parser.add_argument("texts", type=Path, nargs="+")
    parser.add_argument("--show", action="store_true", help="print the words that fall short")
    given = parser.parse_args()
    pairs = [line.split("\t")[:2] for line in given.typos.read_text("utf-8").splitlines() if "\t" in line]
    frequency: Counter[str] = Counter()
    for path in given.texts:
        frequency.update(token.word for token in tokenise(path.read_text("utf-8")))
    pairs = [(_key(misspelt), _key(meant)) for misspelt, meant in pairs]
    for _, meant in pairs:
        frequency[meant] += 1
    words = sorted(frequency)
    first = five = 0
    for misspelt, meant in pairs:
        near = corrections(misspelt, words, frequency.__getitem__, limit=5, slack=9.0)
        # What differs in capitals or hyphens only is the same word to a search: nothing to correct.
        found = [meant] if misspelt == meant else [word for word, _ in near]
        first += found[:1] == [meant]
        five += meant in found
        if given.show and found[:1] != [meant]:
            print(f"{misspelt:24} {meant:24} {' '.join(found)}")
    total = len(pairs)
    print(f"{total} misspelt, vocabulary {len(words)}: first {first / total:.3f}, in five {five / total:.3f}")


def _key(word: str) -> str:
    """A word as a search knows it."""
    return fold(word).replace("-", "")


if __name__ == "__main__":
    main()
