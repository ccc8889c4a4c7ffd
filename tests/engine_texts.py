"""Invented Norwegian texts in number, and queries about them: a folder of some thousand statements, always the same.

Nothing here is quoted from anyone. What is odd in real texts is here often: suspended compounds, figures with signs
in them, acronyms beside the verbs they look like, letters in two pieces, Swedish letters, soft hyphens, emoji.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from rusq.select import Selection

FIRSTS = (
    "rus", "barne", "ungdoms", "behandlings", "helse", "arbeids", "bolig", "skole", "kommune", "døgn", "familie",
    "fengsels", "fritids", "idretts", "kultur", "nærings", "politi", "kollektiv", "sykehus", "trygghets", "miljø",
    "eldre", "forsknings", "klima", "lærer", "natt", "opplærings", "språk", "trafikk", "vinter",
)  # fmt: skip
HEADS = (
    "plass", "plasser", "plassene", "tilbud", "tilbudet", "tilbudene", "tjeneste", "tjenester", "tjenestene", "senter",
    "sentre", "sentrene", "plan", "planer", "planene", "lag", "laget", "prosjekt", "prosjektet", "prosjekter", "hjelp",
    "hjelpen", "midler", "midlene", "register", "registre", "kø", "køer", "køene", "hus", "huset", "garanti",
    "garantien", "omsorg", "omsorgen", "vakt", "vakten", "reform", "reformen", "gebyr", "gebyrer",
)  # fmt: skip
WORDS = (
    "behandling", "behandlingen", "ettervern", "kapasitet", "kapasiteten", "ventetid", "ventetiden", "fengsel",
    "fengsler", "fengslene", "innsatte", "innsats", "innsatsen", "kommune", "kommuner", "kommunene", "sykehus",
    "sykehusene", "lege", "leger", "legene", "barn", "barna", "unge", "ungdom", "foreldre", "skole", "skolen",
    "bolig", "boliger", "bo", "arbeid", "arbeidet", "jobb", "økonomi", "avgift", "avgifter", "skatt", "skatten", "buss",
    "busser", "jernbane", "jernbanen", "ferje", "ferger", "kraft", "kreft", "høyde", "høyden", "tid", "tidlig",
    "person", "personlig", "register", "registrerer", "tilgang", "tvang", "frivillig", "frivillige", "trygg", "trygge",
    "trygd", "trygden", "åpen", "åpne", "ærlig", "øve", "rådgivere", "språkkurs", "norskopplæring", "kollektivtrafikk",
    "lekeplasser", "lekeplass", "bibliotek", "biblioteket", "kulturskole", "idrett", "svømmehall", "gang",
    "sykkelvei", "sykkelveier", "nalokson", "naltrekson", "heroin", "alkohol", "alkoholen", "sprøyterom", "overdoser",
    "overdose", "rusmiddel", "rusmidler", "medikamenter", "medisiner", "psykisk", "helse", "helsen", "vold", "ikkje",
    "kvardag", "bustad", "heimen", "øyeblikk", "ås", "å", "blå", "små", "liten", "større", "beste", "god", "gode",
)  # fmt: skip
VERBS = (
    "styrke", "styrker", "styrkes", "øke", "øker", "bygge", "bygger", "gi", "gir", "sikre", "sikrer", "lar", "la",
    "avvikle", "avvikler", "utrede", "utreder", "forby", "tillate", "behandle", "behandler", "hjelpe", "hjelper", "nav",
    "få", "sette", "setter", "finne", "finner", "fjerne", "fjerner", "tv", "ser", "mat",
)  # fmt: skip
BINDING = ("og", "i", "på", "for", "med", "til", "av", "som", "ikke", "alle", "flere", "uten", "mot", "eller", "vil")
# What a reader of texts stumbles on; %s is a word like any other.
ODD = (
    "rus- og avhengighetsomsorg", "avrusings-, behandlings- og rehabiliteringstilbud", "skole\u2010 og barneplasser",
    "barnevern og -hjelp", "døgn- og %s", "helse- og %s", "pleie-, omsorgs- og %s", "medleve-kollektiv", "LAR", "NAV",
    "NAV-kontoret", "LAR-behandling", "ROP-pasienter", "SV og KrF", "Lar", "Nav", "2,4 milliarder", "2.4", "24/7",
    "kl. 10:30", "1.000.000 kroner", "50 %%", "§ 3-4", "R&D", "a\u030apne dører", "bla\u030a %s", "bära", "Göteborg",
    "behand\u00adlings\u00adplasser", "re\u00adgister", "å\u00a0%s", "– %s –", "«%s»", "“%s”", "‘%s’", "…", "%s!",
    "\U0001f600", "\U0001f469\u200d\u2695\ufe0f", "\u2022", "naïve", "crème", "Čapek", "Łódź", "½", "m²", "ªº", "µg",
    "Ωmega", "heroin assistert behandling", "langtids %s", "HELE LANDET", "%s/%s", "(%s)", "e-helse", "24-timers",
    "Kirkens Bymisjon", "fritt_valg", "x", "A", "ÅÅ", "%s-%s", "hjelp!", "'%s'", "covid-19", "%s– og %s", "tilbud-",
)  # fmt: skip
SPEAKERS = ("Kari Nordvik", "Ola Sundby", "Åse Østli", "")
SECTIONS = ("", "Helse", "Skole og barnehage", "Samferdsel – 2025", "NAV og arbeid")
LEAD_INS = ("", "Vi vil:", "Partiet skal")

_LETTERS = "abdefghijklmnoprstuvyæøå"


class Asked(NamedTuple):
    """A query with all that `find` takes."""

    query: str
    selection: Selection = Selection()
    exact: bool = False
    limit: int | None = 20


def word(chance: random.Random) -> str:
    """A word as the texts have them: half of them put together of two, some with a slip."""
    said = chance.choice(FIRSTS) + chance.choice(HEADS) if chance.random() < 0.4 else chance.choice(WORDS)
    return slip(said, chance) if chance.random() < 0.03 else said


def slip(said: str, chance: random.Random) -> str:
    """`said` with a letter missing, doubled, changed places or taken for another."""
    if len(said) < 4:
        return said
    kind, at = chance.randrange(4), chance.randrange(1, len(said))
    if kind == 0:
        return said[:at] + said[at + 1 :]
    if kind == 1:
        return said[:at] + said[at] + said[at:]
    if kind == 2:
        return said[: at - 1] + said[at] + said[at - 1] + said[at + 1 :]
    return said[:at] + chance.choice(_LETTERS) + said[at + 1 :]


def text(chance: random.Random) -> str:
    """A statement of two to fourteen words, every third with something odd in it."""
    said = []
    for _ in range(chance.randint(2, 14)):
        kind = chance.random()
        if kind < 0.06:
            odd = chance.choice(ODD)
            said.append(odd % tuple(word(chance) for _ in range(odd.replace("%%", "").count("%s"))))
        elif kind < 0.35:
            said.append(chance.choice(BINDING))
        elif kind < 0.5:
            said.append(chance.choice(VERBS))
        else:
            said.append(word(chance))
    whole = " ".join(said)
    return whole[0].upper() + whole[1:] if chance.random() < 0.8 else whole


def table(count: int, chance: random.Random) -> str:
    """A table of `count` rows by four actors, as a corpus keeps it."""
    lines = ["actor\tdate\tpage\tsection\tlead_in\tspeaker\ttext"]
    for _ in range(count):
        date = chance.choice(("", "2009", "2013-05-02", "2017", "2021"))
        page = chance.choice(("", "1", "77"))
        about = (chance.choice(SECTIONS), chance.choice(LEAD_INS), chance.choice(SPEAKERS))
        lines.append("\t".join((chance.choice(("Ap", "SV", "KrF", "MDG")), date, page, *about, text(chance))))
    return "\n".join(lines) + "\n"


def programme(chapters: int, chance: random.Random) -> str:
    """A text of chapters: a heading, paragraphs of some sentences, list items after a lead-in; pages; speech."""
    lines: list[str] = []
    for number in range(1, chapters + 1):
        lines += [f"Kapittel {number} {chance.choice(HEADS)}", ""]
        for _ in range(chance.randint(1, 4)):
            said = [text(chance).rstrip(".!…") + "." for _ in range(chance.randint(1, 4))]
            spoken = f"– {' '.join(said)[:-1]}, sier {chance.choice(SPEAKERS[:-1])}."
            lines += [spoken if chance.random() < 0.2 else " ".join(said), ""]
        lines += [chance.choice(("Vi vil:", "Partiet ønsker å")), ""]
        lines += ["• " + text(chance) for _ in range(chance.randint(2, 12))]
        lines.append("\f" if chance.random() < 0.3 else "")
    return "\n".join(lines)


SOURCES = """
[[source]]
id = "ap"
actor = "Ap"
file = "mange.tsv"
year = 2021

[[source]]
id = "sv"
actor = "SV"
file = "mange.tsv"

[[source]]
id = "krf"
actor = "KrF"
file = "mange.tsv"
year = 2005

[[source]]
id = "mdg"
actor = "MDG"
file = "mange.tsv"
year = 2013

[[source]]
id = "h-2017"
actor = "H"
file = "h-2017.txt"
year = 2017

[[source]]
id = "h-2021"
actor = "H"
file = "h-2021.txt"
year = 2021

[[source]]
id = "v"
actor = "V"
file = "v.txt"

[[source]]
id = "bygdelista"
actor = "Bygdelista"
file = "bygdelista.txt"
year = 2019
"""
ACTORS = '[[actor]]\nid = "Bygdelista"\nname = "Bygdelista i Fjellvik"\naliases = ["Fjellvik"]\n'


def make(folder: Path, *, rows: int = 1800, chapters: int = 24, seed: int = 5) -> Path:
    """Fill `folder` with a corpus of `rows` rows in a table, and four texts of `chapters` chapters; returns it."""
    chance = random.Random(seed)
    documents = folder / "documents"
    documents.mkdir(parents=True)
    (folder / "sources.toml").write_text(SOURCES, "utf-8")
    (folder / "actors.toml").write_text(ACTORS, "utf-8")
    (documents / "mange.tsv").write_text(table(rows, chance), "utf-8")
    for name in ("h-2017", "h-2021", "v", "bygdelista"):
        (documents / f"{name}.txt").write_text(programme(chapters, chance), "utf-8")
    return folder


def _some(chance: random.Random, least: int, most: int) -> list[str]:
    pool: Sequence[str] = (*WORDS, *VERBS, *BINDING[6:])
    return [chance.choice(pool) if chance.random() < 0.6 else word(chance) for _ in range(chance.randint(least, most))]


def _filters(chance: random.Random) -> Selection:
    return chance.choice(
        (
            Selection(actors=("H",)),
            Selection(actors=("SV", "V")),
            Selection(actors=("FrP",)),
            Selection(sources=("h-2017", "ap")),
            Selection(sources=("h-2017",), actors=("V",)),
            Selection(kind="bullet"),
            Selection(kind="prose"),
            Selection(kind="prose", actors=("Ap",)),
            Selection(since=2014),
            Selection(until=2013, kind="bullet"),
            Selection(since=2010, until=2018, actors=("MDG", "H")),
            Selection(sources=("bygdelista",), kind="bullet", since=2019),
        )
    )


def _asked(kind: str, chance: random.Random) -> Asked:
    words = _some(chance, 1, 5)
    together = " ".join(words)
    if kind == "one word":
        return Asked(words[0])
    if kind == "two words":
        return Asked(" ".join(_some(chance, 2, 2)))
    if kind == "three to five words":
        return Asked(" ".join(_some(chance, 3, 5)))
    if kind == "misspelt":
        return Asked(" ".join(slip(said, chance) for said in words[:3]))
    if kind == "compounds":
        return Asked(" ".join(chance.choice(FIRSTS) + chance.choice(HEADS) for _ in words[:3]))
    if kind == "compounds nobody says":
        return Asked(
            chance.choice(FIRSTS) + chance.choice(FIRSTS) + chance.choice(HEADS), limit=chance.choice((20, None))
        )
    if kind == "compounds written apart":
        return Asked(f"{chance.choice(FIRSTS)} {chance.choice(HEADS)} {words[0]}")
    if kind == "phrase":
        said = text(chance).split()
        at = chance.randrange(len(said))
        return Asked(f'"{" ".join(said[at : at + 2])} {chance.choice(BINDING)}" {words[0]} "{words[-1]}"')
    if kind == "phrase alone":
        return Asked(f'"{chance.choice(BINDING[:9])} {chance.choice(WORDS)}"')
    if kind == "prefix":
        return Asked(f"{words[0][:4].ljust(2, 'a')}* {chance.choice(('', words[-1]))}")
    if kind == "either":
        return Asked(" OR ".join(words[:4]))
    if kind == "without":
        return Asked(f'{words[0]} {words[-1]} -{chance.choice(WORDS)} -"{chance.choice(HEADS)}"')
    if kind == "exact":
        return Asked(together, exact=True)
    if kind == "filtered":
        return Asked(together, _filters(chance), chance.random() < 0.1)
    if kind == "actor named":
        return Asked(f"hva sier {chance.choice(('Høyre', 'SV', 'Fjellvik', 'FrP', 'KrF'))} om {words[0]}")
    if kind == "actor named and filtered":
        return Asked(f"{chance.choice(('Høyre', 'SV'))} {words[0]}", _filters(chance))
    if kind == "all of them":
        return Asked(together, chance.choice((Selection(), _filters(chance))), limit=None)
    if kind == "a few":
        return Asked(together, limit=chance.randint(1, 3))
    if kind == "as written":
        return Asked(text(chance)[:200].replace('"', "").replace("*", "").replace("OR", "or") + " " + words[0])
    raise ValueError(kind)


KINDS = (
    "one word", "two words", "three to five words", "misspelt", "compounds", "compounds nobody says",
    "compounds written apart", "phrase", "phrase alone", "prefix", "either", "without", "exact", "filtered",
    "actor named", "actor named and filtered", "all of them", "a few", "as written",
)  # fmt: skip


def questions(kind: str, count: int = 24) -> list[Asked]:
    """`count` queries of one kind, always the same."""
    chance = random.Random(f"{kind} 7")
    return [_asked(kind, chance) for _ in range(count)]
