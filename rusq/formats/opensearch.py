"""Statements to OpenSearch or Elasticsearch: the lines of a bulk load, and the index they go into.

Each document has the statement, and beside it the words as rusq reads them, so that the engine has only to split at
spaces: `tokens` in the order of the text, and each once the `keys` that all forms of a word share, the `parts` of
compounds and their `part_keys`; words that only bind («og») have none. The index also reads `text` in the engine's
own way. Both take the lexicon's synonyms when searched.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import chain

from rusq.formats.json import to_json, to_jsonl
from rusq.grid import statement_record
from rusq.index import AnyIndex
from rusq.lexicon import Concept, Lexicon, all_names, words_of
from rusq.model import Statement

INDEX = "rusq"
_MOST_WORDS = 200_000  # that are remembered at a time; texts go on having new ones, most of them only once

_KEYWORDS = ("id", "actor", "source", "kind", "topics", "speaker")
_NUMBERS = ("year", "line", "page", "start", "end")
_TEXT = {"type": "text", "analyzer": "rusq_text", "search_analyzer": "rusq_text_search"}
_WORDS = {"type": "text", "analyzer": "rusq_words", "search_analyzer": "rusq_words_search"}
# A word has several keys, and each stands once: how many there are says nothing of how long the text is.
_KEYS = {"type": "text", "analyzer": "rusq_words", "norms": False}
_SEPARATING = frozenset(",=>\\#")  # signs that mean something in a list of synonyms


def to_bulk(
    statements: Iterable[Statement], topics_of: Callable[[Statement], Sequence[str]], index: AnyIndex
) -> Iterator[str]:
    """For each statement an action and its document, a line each; `index` is of all statements of the corpus."""
    told: dict[str, tuple[list[str], list[str], list[str]]] = {}
    asking = index.language.asking
    for statement in statements:
        words = [token.word for token in index.tokens(statement.text)]
        if len(told) > _MOST_WORDS:
            told.clear()
        for word in words:
            if word not in told:
                told[word] = _told(word, index) if word not in asking else ([], [], [])
        keys, parts, part_keys = (" ".join(_each(told[word][at] for word in words)) for at in range(3))
        yield to_jsonl(
            [
                {"index": {"_index": INDEX, "_id": statement.id}},
                {
                    **statement_record(statement, topics_of(statement)),
                    "tokens": " ".join(words),
                    "keys": keys,
                    "parts": parts,
                    "part_keys": part_keys,
                },
            ]
        )


def _told(word: str, index: AnyIndex) -> tuple[list[str], list[str], list[str]]:
    """A word's keys, the parts it is put together of, and their keys."""
    parts = [part.word for part in index.splitter.parts(word)]
    return sorted(index.keys(word)), parts, [key for part in parts for key in sorted(index.keys(part))]


def _each(lists: Iterable[list[str]]) -> Iterable[str]:
    """What stands in any of the lists, once."""
    return dict.fromkeys(chain.from_iterable(lists))


def to_mapping(lexicon: Lexicon, acronyms: Collection[str]) -> str:
    """The body of the request that makes the index: fields, analysers and synonyms.

    `acronyms` are ordinary words too, «lar» and «LAR»: they stand for what they abbreviate among `tokens`, which
    have them only where they are written in capitals, and not in running text.
    """
    concepts = list(lexicon.concepts())
    in_text = [_rule(concept, lambda name: name.lower(), acronyms) for concept in concepts]
    in_words = [_rule(concept, lambda name: " ".join(words_of(name)), ()) for concept in concepts]
    filters = {
        "rusq_stemmer": {"type": "stemmer", "language": "norwegian"},
        "rusq_text_synonyms": {"type": "synonym_graph", "synonyms": sorted(set(in_text) - {""})},
        "rusq_words_synonyms": {"type": "synonym_graph", "synonyms": sorted(set(in_words) - {""})},
    }
    # Not the engine's `norwegian`, which throws «ikke» away: these are its parts without the stop words.
    analysers = {
        "rusq_text": _analyser("standard", "lowercase", "rusq_stemmer"),
        "rusq_text_search": _analyser("standard", "lowercase", "rusq_text_synonyms", "rusq_stemmer"),
        "rusq_words": _analyser("whitespace", "lowercase"),
        "rusq_words_search": _analyser("whitespace", "lowercase", "rusq_words_synonyms"),
    }
    fields = {
        **{name: {"type": "keyword"} for name in _KEYWORDS},
        **{name: {"type": "integer"} for name in _NUMBERS},
        "text": {**_TEXT, "fields": {"norwegian": {"type": "text", "analyzer": "norwegian"}}},
        **dict.fromkeys(("section", "lead_in"), _TEXT),
        **dict.fromkeys(("tokens", "parts"), _WORDS),
        **dict.fromkeys(("keys", "part_keys"), _KEYS),
    }
    return to_json(
        {
            "settings": {"analysis": {"filter": filters, "analyzer": analysers}},
            "mappings": {"dynamic": "strict", "properties": fields},
        }
    )


def _analyser(tokenizer: str, *filters: str) -> dict[str, object]:
    return {"type": "custom", "tokenizer": tokenizer, "filter": list(filters)}


def _rule(concept: Concept, spelt: Callable[[str], str], without: Collection[str]) -> str:
    """The names of a concept as equals, in Solr's format; "" if fewer than two can be told there.

    What is only near in meaning is left out: a list of synonyms has no weights.
    """
    names = dict.fromkeys(spelt(name) for name, _ in all_names(concept))
    sound = [
        name
        for name in names
        if name not in without and not _SEPARATING & set(name) and any(sign.isalnum() for sign in name)
    ]
    return ", ".join(sound) if len(sound) > 1 else ""
