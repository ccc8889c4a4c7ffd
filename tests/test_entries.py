"""Entries written into tables that people wrote: read back the same, with every comment and blank line in its place."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rusq.errors import RusqError
from rusq.importing.entries import with_entries

MINE = """\
# Våre tekster

[[source]]
id = "a" # den første
actor = 'SV'
dating = \"\"\"
To linjer,
sier de.\"\"\"

# Om den andre:
[[source]]
id   = "b"
actor = "V"

# Slutt
"""
VALUES = st.one_of(st.text(max_size=20), st.integers(1000, 9999))


def test_a_new_entry_comes_last_and_nothing_before_it_changes() -> None:
    written = with_entries(MINE, "source", [{"id": "c", "actor": "H", "title": "", "year": 2013}])
    assert written == MINE + '\n[[source]]\nid = "c"\nactor = "H"\nyear = 2013\n'


def test_a_table_that_is_not_there_yet_opens_with_its_head() -> None:
    written = with_entries("", "actor", [{"id": "KS", "name": 'Kommunenes "sentral"'}], head="# Hvem\n")
    assert written == '# Hvem\n\n[[actor]]\nid = "KS"\nname = "Kommunenes \\"sentral\\""\n'


def test_an_entry_that_is_there_is_changed_where_it_stands() -> None:
    written = with_entries(MINE, "source", [{"id": "a", "actor": "MDG", "dating": None, "year": 2021}])
    assert written == MINE.replace("'SV'", '"MDG"').replace('dating = """\nTo linjer,\nsier de."""', "year = 2021")


def test_a_key_added_to_the_last_entry_stands_before_what_follows_it() -> None:
    written = with_entries(MINE, "source", [{"id": "b", "numbers": "b1-3"}])
    assert written == MINE.replace('actor = "V"\n', 'actor = "V"\nnumbers = "b1-3"\n')


def test_line_ends_stay_what_they_are() -> None:
    mine = MINE.replace("\n", "\r\n")
    assert with_entries(mine, "source", [{"id": "c", "actor": "H"}]) == (
        mine + '\r\n[[source]]\r\nid = "c"\r\nactor = "H"\r\n'
    )


def test_a_table_written_in_one_line_cannot_be_added_to() -> None:
    with pytest.raises(RusqError) as caught:
        with_entries('source = [{id = "a"}]\n', "source", [{"id": "c"}])
    assert str(caught.value) == (
        "sources.toml is written in a way that cannot be added to; write each source under [[source]]"
    )


@given(st.dictionaries(st.sampled_from(["title", "dating", "year", "numbers"]), VALUES), st.sampled_from("abc"))
def test_what_is_written_reads_back_the_same(values: dict[str, str | int], name: str) -> None:
    before = {row["id"]: row for row in tomllib.loads(MINE)["source"]}
    after = {row["id"]: row for row in tomllib.loads(with_entries(MINE, "source", [{"id": name, **values}]))["source"]}
    changed = {key: value for key, value in {**before.pop(name, {}), "id": name, **values}.items() if value != ""}
    assert after.pop(name) == changed
    assert after == before
