"""A word to the keys that all its forms share. Endings first, exceptions from data; knows nothing of texts.

A form may belong to several words («bruker» is a noun and a verb), so a word has several keys, each a
letter for the class of ending taken off (n noun, v verb, a adjective) and a stem: two words are
forms of one when they share a key. Wider kinship («behandle», «behandling») is `roots`.
"""

from __future__ import annotations

from collections.abc import Iterable

from rusq.norwegian.language import Language

# Endings by their last letter, bokmål and nynorsk, longest first. Source: the regular paradigms of Norsk
# referansegrammatikk.
_NOUN = {"a": ("a",), "e": ("ene", "ane", "ne", "e"), "n": ("en",), "r": ("er", "ar"), "t": ("et",)}
_VERB = {
    "a": ("a",),
    "d": ("d",),
    "e": ("ende", "te", "de", "e"),
    "r": ("er", "ar", "r"),
    "s": ("es", "as", "s"),
    "t": ("ast", "est", "et", "t"),
}
_SHORTEST_VERB = {"t": 4, "r": 4, "a": 4, "s": 4}  # letters before these endings; 3 before the others
_BEFORE_D = ("g", "v", "ei", "øy", "ai", "au")
_ADJECTIVE = {"e": 3, "t": 4}  # ending -> letters before it
_COMPARED = {"e": ("este", "aste", "ere", "are"), "t": ("est", "ast")}
_ENDINGS = frozenset(
    "a ane anes ande ar ars as ast e ede eren erene eres eret ers et ets en ene enes ens ende er ere erne est este es "
    "d de s t te".split()
)
_AFTER_VOWEL = frozenset("dd dde n ne nes ns r rs tt".split())
ENDING_LETTERS = frozenset("adejlmnrst")  # of all these endings, of what may be left out before them, of «leggje»
_COMPARABLE = ("lig", "leg", "ig", "som", "bar", "full", "løs", "laus")
_VOWELS = frozenset("aeiouyæøå")
_CONSONANTS = frozenset("bcdfghjklmnpqrstvwxz")
_DERIVED = {  # and what is put in their place
    "a": (("eringa", "er"), ("inga", ""), ("heita", "")),
    "e": (("ningene", ""), ("ingene", ""), ("ingane", ""), ("hetene", ""), ("elsene", ""), ("else", ""), ("ende", ""),
          ("ande", ""), ("erne", ""), ("ere", "")),
    "g": (("ering", "er"), ("ning", ""), ("ing", "")),
    "n": (("eringen", "er"), ("ningen", ""), ("ingen", ""), ("heten", ""), ("elsen", ""), ("eren", "")),
    "r": (("eringer", "er"), ("ninger", ""), ("inger", ""), ("ingar", ""), ("heter", ""), ("elser", ""), ("er", "")),
    "t": (("het", ""), ("heit", "")),
}  # fmt: skip
_ENGLISH = (("ies", "y"), ("es", ""), ("s", ""), ("ied", "y"), ("ed", "", "e"), ("ing", "", "e"), ("ly", ""))


def keys(word: str, language: Language) -> frozenset[str]:
    """The keys of a folded word. Never empty; a word's own stem is among them, so a base form meets its forms."""
    found: set[str] = set()
    for base in (word, *language.base_forms(word)):
        _collect(base, language, found)
    return frozenset(found)


def same_word(one: str, other: str, language: Language) -> bool:
    """Whether two folded words are forms of one word."""
    if one == other:
        return True
    if other in language.kept_apart(one):
        return False
    return not keys(one, language).isdisjoint(keys(other, language))


def bases(word: str, language: Language) -> tuple[str, ...]:
    """Strings that may be the dictionary form of `word`, itself first: for looking it up in a word list."""
    found = dict.fromkeys((word, *language.base_forms(word)))
    for key in sorted(keys(word, language), key=lambda key: (-len(key), key)):
        stem = key[2:]
        found.update(dict.fromkeys((stem, stem + "e")))
        if word.endswith(("ene", "ane")) and key[0] == "n":
            found[stem + "er"] = None  # «pengene» is of penger
        if (
            len(stem) > 3 and stem[-1] in "lrn" and stem[-2] in _CONSONANTS
        ):  # «midlene» is of middel, «sentre» of senter
            before, last = stem[:-1], stem[-1]
            found.update(dict.fromkeys((f"{before}e{last}", f"{before}{before[-1]}e{last}")))
    return tuple(found)


def is_spelt_as_of(word: str, base: str, language: Language) -> bool:
    """Whether `word` is `base` or ends as a form of it does: «brua» is of bru, «kutteene» not of kutte."""
    stem = base[:-1] if base.endswith("e") else base
    if word in (base, stem) or base in language.base_forms(word):
        return True
    stems = [stem, stem + stem[-1:]]  # «rommet»
    if stem[-1:] in "lrn" and stem[-2:-1] == "e":
        shorter = stem[:-2].removesuffix(stem[-3:-2]) if stem[-4:-3] == stem[-3:-2] else stem[:-2]
        stems.append(shorter + stem[-1])  # «fengslet», «midler»
    stems += [form.removesuffix("er") for form in language.irregular.after(base)]  # «bøkene»
    endings = _ENDINGS | _AFTER_VOWEL if base[-1:] in _VOWELS and not base.endswith("e") else _ENDINGS
    return any(
        word.startswith(of) and (ending := word[len(of) :]) in endings and not _keeps_both(of, ending) for of in stems
    )


def _keeps_both(stem: str, ending: str) -> bool:
    """Whether two consonants stand before a third, of which one should go: «begynte», «spesielt»; «visst» may."""
    return ending[:1] in ("t", "d") and stem[-1:] == stem[-2:-1] != "s" and stem[-1:] in _CONSONANTS


def english_bases(word: str) -> tuple[str, ...]:
    """Strings that may be the dictionary form of an English word in British spelling, itself first."""
    found = dict.fromkeys((word, word.replace("iz", "is"), word.replace("center", "centre")))
    for spelt in tuple(found):
        for ending, *others in _ENGLISH:
            stem = spelt[: len(spelt) - len(ending)]
            if spelt.endswith(ending) and len(stem) > (1 if ending == "s" else 2):
                found.update(dict.fromkeys(stem + other for other in others))
                if ending in ("ed", "ing") and stem[-1] == stem[-2]:
                    found[stem[:-1]] = None  # «stopped», «cutting»
    return tuple(found)


def roots(word: str, language: Language) -> frozenset[str]:
    """The stems a derived word goes back to: behandling -> behandl; empty for a word without such an ending."""
    for ending, kept in _DERIVED.get(word[-1:], ()):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            if ending in ("er", "ere", "eren", "erne") and not _is_agent(word, ending, language):
                continue
            stem = word[: len(word) - len(ending)] + kept
            return frozenset((stem, stem.removesuffix("n")) if ending.startswith("n") else (stem,))
    return frozenset()


def _collect(word: str, language: Language, found: set[str]) -> None:
    found.add("n:" + _noun_stem(word))
    for stem in _as_doubled(word, ""):
        found.update(("v:" + stem, "a:" + stem))
    if len(word) < 4:
        return
    agent = _agent_stem(word, language)
    if agent:
        found.add("n:" + _noun_stem(agent))
        found.discard("v:" + word) if word != agent else None
        return
    for form in _without_genitive(word):
        if form is not word:
            found.add("n:" + _noun_stem(form))
        for ending in _NOUN.get(form[-1], ()):
            if form.endswith(ending) and len(form) - len(ending) >= (3 if form is word else 4):
                found.add("n:" + _noun_stem(form[: len(form) - len(ending)]))
                if ending != "ne":
                    break
    if word.endswith("e") and not word.endswith("ene"):
        found.add("n:" + _noun_stem(word[:-1]))
    for ending in _VERB.get(word[-1], ()):
        size = len(word) - len(ending)
        if size < _SHORTEST_VERB.get(ending, 3) or not word.endswith(ending):
            continue
        stem = word[:size]
        # «tilbys», «sees»: a passive of a short verb ends in a vowel; «innsats» is no passive.
        if (ending == "s" and stem[-1] not in _VOWELS) or not _VOWELS.intersection(stem):
            continue
        # «bygd», «levde», «eide»: -d and -de stand after these only; «hard» and «vind» are no participles.
        if ending in ("d", "de") and not stem.endswith(_BEFORE_D if ending == "d" else (*_BEFORE_D, "e")):
            continue
        found.update(["v:" + doubled for doubled in _as_doubled(stem, ending)])
    if word.endswith("tt"):
        found.update(("v:" + word[:-1], "a:" + word[:-2]))  # «bytt», «rusfritt»
    if len(word) > _ADJECTIVE.get(word[-1], len(word)):
        found.update(["a:" + doubled for doubled in _as_doubled(word[:-1], word[-1])])
    for ending in _COMPARED.get(word[-1], ()):
        if word.endswith(ending):
            stem = word[: -len(ending)]
            whole = f"{stem[:-1]}e{stem[-1:]}"  # «enklere» is of enkel
            if stem.endswith(_COMPARABLE) or stem in language.adjectives:
                found.add("a:" + stem)
            elif whole in language.adjectives:
                found.add("a:" + whole)
            break


def _without_genitive(word: str) -> tuple[str, ...]:
    if word.endswith("s") and len(word) >= 5 and not word.endswith(("ss", "is", "us")):
        return (word, word[:-1])
    return (word,)


def _noun_stem(stem: str) -> str:
    """Fengsel and fengsl- are one stem, and so are senter/sentr-, middel/midl-, program/programm-."""
    if len(stem) > 4 and stem[-2] == "e" and stem[-1] in "lrn" and stem[-3] in _CONSONANTS and stem[-3] != stem[-1]:
        before = stem[:-2]
        if len(before) > 2 and before[-1] == before[-2]:
            before = before[:-1]
        return before + stem[-1]
    return stem[:-1] if stem.endswith("mm") else stem


def _as_doubled(stem: str, ending: str) -> tuple[str, ...]:
    """A stem, and the one with a double consonant that its spelling may hide: trygt of trygg, bygd of bygge, rom(met).

    Before a vowel the length of the consonant shows: lege is not legge, tape is not tappe.
    """
    if stem[-1:] == "m" and stem[-2:] != "mm":
        return (stem, stem + "m")
    if ending[:1] in ("t", "d") and stem[-1] in _CONSONANTS and stem[-2:-1] != stem[-1:]:
        return (stem, stem + stem[-1])
    return (stem,)


def _agent_stem(word: str, language: Language) -> str | None:
    """«Brukerne», «rusmisbrukere» -> «bruker», «rusmisbruker»: the noun in -er that the form belongs to."""
    if "er" not in word[-6:]:
        return None
    form = word.removesuffix("s") if len(word) > 5 else word
    for ending in ("ene", "ane", "ne", "en", "e", "ar", ""):
        if ending and not form.endswith(ending):
            continue
        base = form[: len(form) - len(ending)] if ending else form
        if base.endswith("er") and any(base.endswith(agent) for agent in _agents_ending(base, language)):
            return base
    return None


def _agents_ending(base: str, language: Language) -> tuple[str, ...]:
    """The listed agent nouns that `base` may end in, looked up by tails rather than by going through the list."""
    return tuple(base[at:] for at in range(len(base) - 3) if base[at:] in language.agents)


def _is_agent(word: str, ending: str, language: Language) -> bool:
    return _agent_stem(word, language) is not None and ending in word


def opening(stems: Iterable[str]) -> str:
    """Letters that every form has at its beginning: the shortest stem, less one for fengs(e)l and mid(de)l."""
    shortest = min(stems, key=lambda stem: (len(stem), stem))
    if len(shortest) > 3 and shortest[-1] in "lrn" and shortest[-2] not in _VOWELS:
        return shortest[:-1]
    return shortest
