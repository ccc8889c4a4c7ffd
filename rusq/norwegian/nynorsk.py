"""A nynorsk word to the bokmål ones it may be: by rules of spelling, and part by part in a compound.

Rules give more than there is: whoever asks looks up what comes of them.
"""

from collections.abc import Iterator

from rusq.norwegian.inflection import bases
from rusq.norwegian.language import Language

# Endings and letters that answer to bokmål ones. Source: the written standards; exceptions in data.
_ENDINGS = (
    ("arane", "erne"), ("ingane", "ingene"), ("legare", "ligere"), ("inga", "ingen"), ("ingar", "inger"),
    ("lege", "lige"), ("leik", "het"), ("leiken", "heten"), ("heit", "het"), ("heita", "heten"), ("løyse", "løshet"),
    ("ande", "ende"), ("arar", "ere"), ("laus", "løs"), ("lause", "løse"), ("leg", "lig"), ("sam", "som"),
    ("same", "somme"), ("ane", "ene"), ("ast", "es"), ("ar", "er"), ("a", "et"), ("a", "en"), ("a", "e"),
)  # fmt: skip
_OPENINGS = (
    ("føre", "fore"), ("kv", "hv"), ("sjuk", "syk"), ("sjølv", "selv"), ("sjøl", "selv"), ("heim", "hjem"),
    ("hovud", "hoved"), ("høg", "høy"), ("låg", "lav"), ("ein", "en"), ("heil", "hel"), ("tryggleiks", "trygghets"),
)  # fmt: skip
_LETTERS = (("kj", "k"), ("gj", "g"), ("øy", "ø"), ("ei", "e"), ("au", "ø"))
_SHORTEST = 3


def by_rule(word: str) -> Iterator[str]:
    """A nynorsk word in bokmål by regular correspondences, likeliest first; nothing where none applies."""
    spelt = [word]
    spelt += [bokmaal + word[len(nynorsk) :] for nynorsk, bokmaal in _OPENINGS
              if word.startswith(nynorsk) and len(word) >= len(nynorsk) + _SHORTEST]  # fmt: skip
    spelt += [other[0] + other[1:].replace(nynorsk, bokmaal) for nynorsk, bokmaal in _LETTERS
              for other in spelt if nynorsk in other[1:]]  # fmt: skip
    for other in reversed(spelt):
        for nynorsk, bokmaal in _ENDINGS:
            if other.endswith(nynorsk) and len(other) > len(nynorsk) + 2:
                yield other[: -len(nynorsk)] + bokmaal
    yield from spelt[1:]


def of_compound(word: str, language: Language) -> Iterator[str]:
    """A compound with one or both of its parts in the other standard: sjukehusføretak -> sykehusforetak."""
    for at in range(len(word) - _SHORTEST, _SHORTEST - 1, -1):
        first, last = word[:at], word[at:]
        firsts = [*_as_first(first, language), first]
        lasts = [*_listed(last, language), last]
        for begun in firsts:
            for ended in lasts:
                if begun + ended != word:
                    yield begun + ended


def _as_first(first: str, language: Language) -> Iterator[str]:
    """A first part in the other standard, with the linking letter it had."""
    for link in ("", "s", "e"):
        if first.endswith(link) and len(first) - len(link) >= 2:
            bare = first[: len(first) - len(link)]
            for other in language.nynorsk.after(bare):
                yield other + link
    for nynorsk, bokmaal in _OPENINGS:
        if first.startswith(nynorsk):
            yield bokmaal + first[len(nynorsk) :]


def _listed(last: str, language: Language) -> Iterator[str]:
    for base in bases(last, language):
        yield from language.nynorsk.after(base)
