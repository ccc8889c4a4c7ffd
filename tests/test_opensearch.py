"""Bulk loads for OpenSearch: every line is sound, every field is in the mapping, and the words are those of rusq."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from conftest import Run

from rusq.cli.output import Companion, Output, Result
from rusq.errors import RusqError
from rusq.formats.opensearch import to_bulk, to_mapping
from rusq.grid import Grid, statement_record
from rusq.index import Index
from rusq.lexicon import Lexicon
from rusq.library import Library
from rusq.model import Statement
from rusq.norwegian.language import Language
from rusq.sheet import Sheet

LANGUAGE = Language(
    parts=frozenset(["avrusing", "plass", "tilbud", "behandling"]),
    acronyms=frozenset(["lar"]),
    asking=frozenset(["og", "deg"]),
)
LINES = {
    "naloxon": "same: motgift; brand: Nyxoid",
    "legemiddelassistert rehabilitering": "abbr: LAR; en: assisted treatment; near: metadon",
    "R, S og T": "same: tegn",
    "enslig": "near: metadon",
    "ACT-team": "same: oppsøkende team",
}


def statement(number: int, text: str) -> Statement:
    return Statement(f"x-b{number:02d}", "H", "x", 2013, "bullet", number, None, 0, len(text), text)


STATEMENTS = [
    statement(1, "Avrusings- og behandlingstilbud nå!"),
    statement(2, "LAR lar «deg» få plasser,\nja."),
]


@cache
def index() -> Index:
    return Index(STATEMENTS, LANGUAGE)


@cache
def documents() -> list[dict[str, Any]]:
    lines = "".join(to_bulk(STATEMENTS, lambda s: ["fisk"] if s.id == "x-b01" else [], index())).splitlines()
    return [json.loads(line) for line in lines]


@cache
def mapping() -> dict[str, Any]:
    return json.loads(to_mapping(Lexicon(LINES, [], LANGUAGE), LANGUAGE.acronyms))


# --- documents


def test_each_document_follows_an_action_that_says_where_it_goes() -> None:
    assert documents()[0::2] == [
        {"index": {"_index": "rusq", "_id": "x-b01"}},
        {"index": {"_index": "rusq", "_id": "x-b02"}},
    ]


def test_every_line_ends_with_a_line_feed_and_holds_no_other() -> None:
    for pair in to_bulk(STATEMENTS, lambda _: [], index()):
        assert pair.count("\n") == 2
        assert pair.endswith("}\n")


def test_a_document_holds_the_statement_as_the_contract_has_it() -> None:
    document = documents()[1]
    record = statement_record(STATEMENTS[0], ["fisk"])
    assert {name: document[name] for name in record} == record


def test_a_document_holds_the_words_as_they_are_indexed() -> None:
    first, second = documents()[1], documents()[3]
    assert first["tokens"] == "avrusingstilbud og behandlingstilbud nå"
    assert first["parts"] == "avrusing tilbud behandling"
    assert second["tokens"] == "lar deg få plasser ja"  # LAR, and not the verb
    assert second["parts"] == ""


@pytest.mark.parametrize("asked", ["plass", "plassen", "plassene"])
def test_all_forms_of_a_word_meet_it_by_a_key(asked: str) -> None:
    assert index().keys(asked) & set(documents()[3]["keys"].split())


def test_forms_of_a_part_meet_the_compound_by_a_key() -> None:
    assert index().keys("behandlinga") & set(documents()[1]["part_keys"].split())
    assert not index().keys("behandlinga") & set(documents()[1]["keys"].split())


def test_a_space_parts_the_keys_and_no_key_holds_one() -> None:
    keys = {key for word in ("lar", "få", "plasser", "ja") for key in index().keys(word)}
    found = documents()[3]["keys"].split(" ")
    assert set(found) == keys
    assert len(found) == len(keys)


def test_words_that_only_bind_are_tokens_but_have_no_keys() -> None:
    assert "og" in documents()[1]["tokens"].split()
    assert not index().keys("og") & set(documents()[1]["keys"].split())


# --- the index

# What the documentation of OpenSearch and Elasticsearch has under these names.
FIELD_TYPES = {"keyword", "integer", "text"}
FILTERS = {"stemmer": {"language"}, "synonym_graph": {"synonyms"}}
BUILT_IN = {"lowercase", "standard", "whitespace", "norwegian"}


def test_every_field_of_a_document_is_in_the_mapping_and_no_other() -> None:
    assert mapping()["mappings"]["dynamic"] == "strict"
    assert set(mapping()["mappings"]["properties"]) == set(documents()[1])


def test_fields_and_analysers_are_ones_that_the_engine_has() -> None:
    analysis, fields = mapping()["settings"]["analysis"], mapping()["mappings"]["properties"]
    known = {*analysis["analyzer"], *BUILT_IN}
    for field in (*fields.values(), fields["text"]["fields"]["norwegian"]):
        assert set(field) <= {"type", "analyzer", "search_analyzer", "fields", "norms"}
        assert field["type"] in FIELD_TYPES
        assert {field[key] for key in ("analyzer", "search_analyzer") if key in field} <= known
    for analyser in analysis["analyzer"].values():
        assert analyser["type"] == "custom"
        assert {analyser["tokenizer"], *analyser["filter"]} <= BUILT_IN | set(analysis["filter"])
    assert {f["type"]: set(f) - {"type"} for f in analysis["filter"].values()} == FILTERS


def test_synonyms_are_looked_up_when_searching_only() -> None:
    fields, analysers = mapping()["mappings"]["properties"], mapping()["settings"]["analysis"]["analyzer"]
    for field in fields.values():
        if "analyzer" in field:
            assert not any("synonyms" in name for name in analysers[field["analyzer"]]["filter"])


def test_no_word_is_thrown_away_from_the_text() -> None:
    assert mapping()["mappings"]["properties"]["text"]["analyzer"] == "rusq_text"
    assert mapping()["settings"]["analysis"]["analyzer"]["rusq_text"]["filter"] == ["lowercase", "rusq_stemmer"]


def synonyms(of: str) -> list[str]:
    rules: list[str] = mapping()["settings"]["analysis"]["filter"][f"rusq_{of}_synonyms"]["synonyms"]
    return rules


def test_names_of_one_thing_are_equals() -> None:
    assert "naloxon, motgift, nyxoid" in synonyms("text")
    assert "naloxon, motgift, nyxoid" in synonyms("words")


def test_an_acronym_that_is_a_word_too_is_one_among_the_words_as_indexed_only() -> None:
    assert "legemiddelassistert rehabilitering, assisted treatment" in synonyms("text")
    assert "legemiddelassistert rehabilitering, lar, assisted treatment" in synonyms("words")


def test_words_are_spelt_in_synonyms_as_they_are_in_the_field() -> None:
    assert "act-team, oppsøkende team" in synonyms("text")
    assert "actteam, oppsøkende team" in synonyms("words")


def test_a_name_that_would_be_read_as_several_and_a_thing_with_one_name_are_left_out() -> None:
    assert len(synonyms("text")) == len(synonyms("words")) == 3


def test_the_built_in_lexicon_makes_sound_rules() -> None:
    corpus = Library.open().corpus
    filters = json.loads(to_mapping(corpus.lexicon, corpus.language.acronyms))["settings"]["analysis"]["filter"]
    for name in ("rusq_text_synonyms", "rusq_words_synonyms"):
        rules = filters[name]["synonyms"]
        assert len(rules) > 400
        for rule in rules:
            names = rule.split(", ")
            assert len(names) == len(set(names)) > 1
            assert all(name == name.strip().lower() != "" and not set(name) & set(",=>\\#") for name in names)


# --- the command


def test_one_option_writes_the_lines_and_the_index_they_go_into(rusq: Run, tmp_path: Path) -> None:
    ran = rusq("export", "-f", "opensearch", "--actor", "V", "-o", "v.ndjson")
    assert (ran.status, ran.raw) == (0, b"")
    assert ran.err == "rusq: written beside it: v.mapping.json\n"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["v.mapping.json", "v.ndjson"]
    lines = [json.loads(line) for line in (tmp_path / "v.ndjson").read_text("utf-8").splitlines()]
    assert {line["actor"] for line in lines[1::2]} == {"V"}
    fields = json.loads((tmp_path / "v.mapping.json").read_text("utf-8"))["mappings"]["properties"]
    assert all(set(line) == set(fields) for line in lines[1::2])


def test_the_ending_bulk_picks_the_format(rusq: Run, tmp_path: Path) -> None:
    assert rusq("export", "-o", "all.bulk").status == 0
    assert (tmp_path / "all.bulk").read_bytes().startswith(b'{"index": {"_index": "rusq"')


def test_a_pipe_takes_the_lines_alone(rusq: Run, tmp_path: Path) -> None:
    ran = rusq("export", "-f", "opensearch")
    assert (ran.status, ran.err) == (0, "")
    assert [*json.loads(ran.out.splitlines()[0])] == ["index"]
    assert list(tmp_path.iterdir()) == []


def test_a_device_takes_the_lines_alone(rusq: Run, tmp_path: Path) -> None:
    assert rusq("export", "-f", "opensearch", "-o", "/dev/stdout").out.startswith('{"index"')
    assert list(tmp_path.iterdir()) == []


def test_where_one_of_the_two_cannot_be_written_neither_is(rusq: Run, tmp_path: Path) -> None:
    (tmp_path / "v.mapping.json").mkdir()
    ran = rusq("export", "--actor", "V", "-o", "v.bulk")
    assert (ran.status, ran.err) == (2, "rusq: cannot write 'v.mapping.json': it is a folder\n")
    assert [path.name for path in tmp_path.iterdir()] == ["v.mapping.json"]


def test_a_file_stays_as_it_was_when_a_later_piece_cannot_be_made(tmp_path: Path) -> None:
    path = tmp_path / "all.bulk"
    path.write_text("as it was")

    def pieces() -> Iterator[bytes]:
        yield b"first\n"
        raise RusqError("no second")

    out = Output(format="opensearch", output=path, width=None, color="auto", lang="en", no_pager=True,
                 more={"opensearch": ".bulk"})  # fmt: skip
    with pytest.raises(RusqError, match="no second"):
        out.print(
            Result(data=dict, records=list, grid=lambda: Grid((), ()), sheet=lambda _: Sheet("", (), ()),
                   more={"opensearch": lambda _: pieces()}, beside={"opensearch": Companion(".mapping.json", str)})
        )  # fmt: skip
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("all.bulk", "as it was")]
