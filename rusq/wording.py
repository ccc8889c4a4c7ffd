"""What rusq itself says in tables and pages, in English and bokmål. Data formats never vary with the language."""

from __future__ import annotations

LANGUAGES = ("en", "nb")


class Wording:
    """Says an English phrase, with its {fields}, in one language."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._phrases = NB if language == "nb" else {}

    def __call__(self, phrase: str, **fields: object) -> str:
        return self._phrases.get(phrase, phrase).format(**fields)


def count(say: Wording, number: int, one: str, many: str) -> str:
    """«1 statement», «3 statements», in the language of `say`."""
    return f"{number} {say(one if number == 1 else many)}"


NB = {
    "statement": "utsagn",
    "statements": "utsagn",
    "list item": "kulepunkt",
    "list items": "kulepunkter",
    "prose": "løpende tekst",
    "text": "tekst",
    "texts": "tekster",
    "topic": "tema",
    "topics": "temaer",
    "Topic": "Tema",
    "Theme": "Hovedtema",
    "Actor": "Aktør",
    "Name": "Navn",
    "Names": "Navn",
    "Kind": "Type",
    "Year": "År",
    "Source": "Kilde",
    "Statement": "Utsagn",
    "Statements": "Utsagn",
    "Texts": "Tekster",
    "Title": "Tittel",
    "Dating": "Datering",
    "year not stated": "år ikke oppgitt",
    "line {line}": "linje {line}",
    "page {page}, line {line}": "side {page}, linje {line}",
    "said by {speaker}": "sagt av {speaker}",
    "not mentioned in these texts": "ikke nevnt i disse tekstene",
    "in prose only": "bare i løpende tekst",
    "{count} on {query}": "{count} om {query}",
    "more than {count}": "mer enn {count}",
    "The first {shown} of {count} on {query}": "De første {shown} av {count} om {query}",
    "{actors}, topic by topic": "{actors}, tema for tema",
    "and": "og",
    "None of them mentions: {topics}.": "Ingen av dem nevner: {topics}.",
    "Nothing in these texts: {topics}.": "Ikke noe i disse tekstene: {topics}.",
    "Broader": "Overordnet",
    "Narrower": "Underordnet",
    "Related": "Beslektet",
    "Also called": "Også kalt",
    "What belongs here": "Hva som hører hit",
    "Citation": "Kildehenvisning",
    "Said by": "Sagt av",
    "Lead-in": "Innledning",
    "Before": "Før",
    "After": "Etter",
    "Section": "Avsnitt",
    "Topics": "Temaer",
    "party": "parti",
    "government": "regjering",
    "organisation": "organisasjon",
    "names": "navn",
    "silent": "taus",
    "no text here": "ingen tekst her",
    "for": "for",
    "against": "mot",
    "trial": "forsøk",
    "consider": "vurdere",
    "conditional": "på vilkår",
    "agree": "enige",
    "differ": "ulikt",
    "conflict": "uenige",
    "alone": "alene",
    "kept": "beholdt",
    "turned around": "snudd",
    "dropped": "borte",
    "added": "nytt",
    "not assessed": "ikke vurdert",
    "Verdict": "Forhold",
    "Where they stand, topic by topic": "Hvor de står, tema for tema",
    "Figures are statements; {legend}; · silent.": "Tallene er antall utsagn; {legend}; · taus.",
    "{count} on this topic, not asked for": "{count} om dette temaet, ikke spurt om",
    "Skip to the content": "Hopp til innholdet",
    "Contents": "Innhold",
    "content": "innhold",
    "Nothing to show.": "Ingenting å vise.",
    "none": "ingen",
    "with reservations": "med forbehold",
    "A table of {rows} rows and {columns} columns.": "En tabell med {rows} rader og {columns} kolonner.",
    "sentence": "setning",
    "sentences": "setninger",
    "Nearest to one another": "Nærmest hverandre",
    "(and {count} more in prose)": "(og {count} til i løpende tekst)",
    "by meaning: {note}": "etter mening: {note}",
    "Stances and verdicts are our readings; each stands with the statement that shows it.": (
        "Standpunkter og forhold er lest ut av rusq; hvert står ved utsagnet som viser det."
    ),
    "Nearest": "Nærmest",
    "{id} ({who}, {share} alike)": "{id} ({who}, {share} likt)",
    "Who says what": "Hvem sier hva",
    "Nearest to {id}: {text}": "Nærmest {id}: {text}",
    "{kept} kept, {new} new, {gone} gone": "{kept} beholdt, {new} nye, {gone} borte",
    "new": "ny",
    "replaced": "erstattet",
    "changed": "endret",
    "unchanged": "uendret",
    "other": "annen",
    "page": "side",
    "pages": "sider",
    "made from {file}": "laget av {file}",
    "doubt": "tvil",
    "doubts": "tvil",
    "ok": "i orden",
    "shares {words}": "felles: {words}",
    "{share} alike": "{share} likt",
}
