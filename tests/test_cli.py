"""The real program in a process of its own: exit statuses, one line for what is wrong, pipes, terminals, files."""

from __future__ import annotations

import csv
import errno
import io
import json
import os
import shlex
import signal
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any, get_args

import pytest
from conftest import Ran, Run

from rusq.cli import prepared
from rusq.cli.app import COMMANDS, build
from rusq.cli.options import Actors, Sources, Topics
from rusq.library import Library

Start = Callable[..., subprocess.Popen[bytes]]
Batch = Callable[..., list[Ran]]


def assert_refused(ran: Ran, said: str) -> None:
    """Exit status 2, nothing on stdout, and one line that says what was wrong and what to try."""
    assert said in ran.err
    assert ran.err.startswith("rusq: ")
    assert ran.err.count("\n") == 1
    assert ran.err.endswith("\n")
    assert "\x1b" not in ran.err
    assert ran.out == ""
    assert ran.status == 2


# --- exit statuses ---------------------------------------------------------------------------------------------------


def test_something_found_is_status_0_and_says_nothing_on_stderr(rusq: Run) -> None:
    ran = rusq("search", "nalokson")
    assert (ran.status, ran.err) == (0, "")
    assert "Utvide bruken av Nalokson nesespray til" in ran.out
    assert "frp2017-b05" in ran.out


def test_nothing_found_is_status_1_with_one_line_and_no_table(rusq: Run) -> None:
    ran = rusq("search", "atomkraftverk")
    assert (ran.status, ran.out) == (1, "")
    assert ran.err.startswith("rusq: nothing found for 'atomkraftverk'")
    assert ran.err.count("\n") == 1


def test_nothing_found_is_an_empty_list_in_json(rusq: Run) -> None:
    ran = rusq("search", "atomkraftverk", "-f", "json")
    assert ran.status == 1
    assert json.loads(ran.out) == {"query": "atomkraftverk", "hits": []}


def test_nothing_found_is_only_the_head_in_csv(rusq: Run) -> None:
    ran = rusq("search", "atomkraftverk", "-f", "csv")
    assert ran.status == 1
    assert ran.raw == b"rank,id,actor,year,kind,source,page,line,text,matched,topics,score,speaker,lead_in\r\n"


def test_filters_that_leave_nothing_are_named_as_the_reason(rusq: Run) -> None:
    ran = rusq("search", "nalokson", "--until", "1999")
    assert ran.status == 1
    assert "without the filters there is something" in ran.err


@pytest.mark.parametrize(
    "args",
    [
        pytest.param(["compare", "atomkraftverk"], id="a query that finds nothing"),
        pytest.param(["compare", "-a", "H", "-s", "v"], id="filters that leave nothing"),
        pytest.param(["compare", "-a", "H", "-t", "naltrekson"], id="a topic on which nothing is said"),
        pytest.param(["export", "--until", "1999"], id="an export of nothing"),
    ],
)
def test_nothing_to_compare_or_export_is_status_1_and_said(rusq: Run, args: list[str]) -> None:
    ran = rusq(*args)
    assert ran.status == 1
    assert ran.err.startswith("rusq: nothing")
    assert ran.err.count("\n") == 1


def test_ctrl_c_is_status_130_without_a_word(start: Start) -> None:
    process = start("export")  # more than a pipe holds, so it stands waiting for us to read on
    assert process.stdout is not None
    narrow(process.stdout)
    assert process.stdout.read(1) == b"{"
    process.send_signal(signal.SIGINT)
    _, err = process.communicate()
    assert (process.returncode, err) == (130, b"")


def test_rusq_alone_prints_its_help_with_status_0(rusq: Run) -> None:
    alone, asked = rusq(), rusq("--help")
    assert (alone.status, alone.err) == (0, "")
    assert alone.out == asked.out
    assert alone.out.startswith("Usage: rusq [OPTIONS] COMMAND [ARGS]...\n")


def test_version_is_one_line(rusq: Run) -> None:
    from rusq import __version__

    assert rusq("--version") == Ran(0, f"rusq {__version__}\n", "", f"rusq {__version__}\n".encode())


# --- bad input -------------------------------------------------------------------------------------------------------

BAD_INPUT = {
    "an unknown actor": (["search", "rus", "-a", "Hoyree"], "no actor 'Hoyree'; did you mean H (Høyre)?"),
    "an actor like none": (["search", "rus", "-a", "xyzxyz"], "no actor 'xyzxyz'; 'rusq actors' lists them"),
    "an unknown topic": (["search", "rus", "-t", "boliig"], "no topic 'boliig'; did you mean bolig?"),
    "a topic like none": (["topic", "xyzxyz"], "no topic 'xyzxyz'; 'rusq topics' lists them"),
    "an unknown source": (["search", "rus", "-s", "h2014"], "no source 'h2014'; did you mean h2013 or h2017?"),
    "an unknown format": (["search", "rus", "-f", "xml"], "no format 'xml' here; known: table, json, jsonl, csv, tsv"),
    "an unknown id": (["show", "h2017-b99"], "no statement 'h2017-b99'; did you mean h2017-b09"),
    "an id like none": (["show", "xyzxyz"], "no statement 'xyzxyz'; 'rusq search WORD' shows ids"),
    "an empty id": (["show", ""], "no statement ''"),
    "an empty actor": (["search", "rus", "-a", ""], "no actor ''"),
    "an empty query": (["search", ""], "there is no word in the query; try e.g. 'nalokson'"),
    "a query of blanks": (["search", " \t\n"], "there is no word in the query"),
    "a query of punctuation": (["search", "?!…–"], "there is no word in the query"),
    "a query of an emoji": (["search", "😀"], "there is no word in the query"),
    "a query of control characters": (["search", "\x01\x02\x1b\x7f\x9b"], "there is no word in the query"),
    "a query of a lone star": (["search", "*"], "a * needs letters before it, such as rus*"),
    "a star before a word": (["search", "*behandling"], "a * can only end a word, such as rus*"),
    "an open quote": (["search", '"ledig kapasitet'], 'the quotation mark " is not closed'),
    "an open guillemet": (["search", "«ledig kapasitet"], "the quotation mark « is not closed"),
    "an OR without a side": (["search", "bolig OR"], "OR needs something on both sides"),
    "only words to leave out": (["search", "-alkohol"], "the query only leaves words out"),
    "only words that ask": (["search", "hvem vil"], "'hvem vil' holds only words that ask or bind"),
    "10,000 characters": (["search", "rus " * 2500], "the query has 10000 characters; at most 2000"),
    "an unknown option": (["search", "rus", "--aktor", "H"], "No such option: --aktor"),
    "an unknown letter": (["topics", "-q"], "No such option: -q"),
    "an unknown command": (["serach", "rus"], "No such command 'serach'. Did you mean 'search'?"),
    "a command like none": (["xyzxyz"], "No such command 'xyzxyz'"),
    "no query": (["search"], "Missing argument 'QUERY…'; see 'rusq search --help'"),
    "no topic": (["topic"], "Missing argument 'TOPIC'; see 'rusq topic --help'"),
    "no id": (["show"], "Missing argument 'ID…'; see 'rusq show --help'"),
    "an option without its value": (["search", "rus", "-n"], "Option '-n' requires an argument"),
    "a limit in letters": (["search", "rus", "-n", "mange"], "'mange' is not a valid int"),
    "a limit below 0": (["search", "rus", "--limit", "-1"], "--limit -1 is less than nothing; 0 shows all"),
    "a year in letters": (["search", "rus", "--since", "i fjor"], "'i fjor' is not a valid int"),
    "since after until": (["search", "rus", "--since", "2017", "--until", "2013"], "--since 2017 comes after --until"),
    "an unknown kind": (["search", "rus", "--kind", "sentence"], "no kind 'sentence'; --kind takes bullet or prose"),
    "an unknown --by": (["compare", "--by", "year"], "--by 'year' is unknown; it takes actor or source"),
    "a width of 0": (["search", "rus", "--width", "0"], "--width 0 cannot be drawn; it takes 20 to 1000"),
    "a width below 0": (["search", "rus", "--width", "-5"], "--width -5 cannot be drawn"),
    "a width beyond reason": (["search", "rus", "--width", "100000"], "--width 100000 cannot be drawn"),
    "an unknown colour mode": (["topics", "--color", "blue"], "no colour mode 'blue'; --color takes auto, always"),
    "an unknown language": (["topics", "--lang", "sv"], "no language 'sv'; --lang takes en or nb"),
    "a corpus that is not there": (["search", "rus", "-C", "nowhere"], "no corpus folder 'nowhere'"),
    "a corpus without sources": (["search", "rus", "-C", "."], "it has no sources.toml"),
    "no texts at all": (["search", "rus", "--no-builtin"], "--no-builtin leaves no texts; name a folder with -C DIR"),
    "a file in a missing folder": (["topics", "-o", "no/such/x.csv"], "cannot write 'no/such/x.csv': there is no"),
    "a file that is a folder": (["topics", "-o", "."], "it is a folder"),
    "a file with an unknown ending": (["topics", "-o", "x.docx"], "no format for the ending '.docx'; known: .json"),
}  # fmt: skip


@pytest.fixture(scope="module")
def empty_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("empty")


@pytest.fixture(scope="module")
def refused(batch: Batch, empty_folder: Path) -> dict[str, Ran]:
    """What each bad input gets, by its id."""
    return dict(zip(BAD_INPUT, batch([args for args, _ in BAD_INPUT.values()], empty_folder), strict=True))


@pytest.mark.parametrize("name", BAD_INPUT)
def test_bad_input_gets_one_line_and_status_2(refused: dict[str, Ran], name: str) -> None:
    assert_refused(refused[name], BAD_INPUT[name][1])


@pytest.mark.usefixtures("refused")
def test_bad_input_leaves_nothing_half_written(empty_folder: Path) -> None:
    assert list(empty_folder.iterdir()) == []


def test_bad_input_is_refused_by_the_real_program_too(rusq: Run) -> None:
    args, said = BAD_INPUT["an unknown actor"]
    assert_refused(rusq(*args), said)


def test_a_file_below_a_file_cannot_be_written(rusq: Run, tmp_path: Path) -> None:
    (tmp_path / "plain").write_text("old", encoding="utf-8")
    assert_refused(rusq("topics", "-o", "plain/x.csv"), "cannot write 'plain/x.csv'")
    assert (tmp_path / "plain").read_text(encoding="utf-8") == "old"


def test_what_looks_like_rich_markup_is_only_letters(rusq: Run) -> None:
    assert rusq("search", "[/b]").err == "rusq: nothing found for '[/b]' in these texts\n"
    assert "«[nalokson] [/]»" in rusq("search", "[nalokson] [/]").out


@pytest.mark.parametrize(
    ("query", "status"),
    [pytest.param("nalokson\x07 \x1b\u202e", 0, id="found"), pytest.param("\x1b[31matom\x07\u202e", 1, id="not found")],
)
def test_control_characters_in_a_query_are_looked_past_and_not_printed(rusq: Run, query: str, status: int) -> None:
    ran = rusq("search", query)
    assert ran.status == status
    assert [sign for sign in ran.out + ran.err if sign in "\x07\x1b\u202e"] == []


def test_an_emoji_beside_a_word_does_no_harm(rusq: Run) -> None:
    assert "frp2017-b05" in rusq("search", "nalokson 😀").out


def test_a_decomposed_letter_finds_what_the_composed_one_finds(rusq: Run) -> None:
    composed, decomposed = (
        json.loads(rusq("search", word, "-f", "json").out)["hits"] for word in ("pådriver", "pa\u030adriver")
    )
    assert composed[0]["id"] == "h2017-b12"
    assert [hit["id"] for hit in decomposed] == [hit["id"] for hit in composed]


@pytest.mark.skipif(os.name == "nt", reason="arguments are bytes on POSIX only")
@pytest.mark.parametrize(
    "args",
    [
        pytest.param([b"search", b"nalokson \xff"], id="in a table"),
        pytest.param([b"search", b"nalokson \xff", b"-f", b"json"], id="in json"),
    ],
)
def test_bytes_that_are_no_utf8_in_a_query_do_no_harm(rusq: Run, args: list[bytes]) -> None:
    ran = rusq(*args)
    assert (ran.status, ran.err) == (0, "")
    assert "frp2017-b05" in ran.out


def test_a_message_is_readable_where_the_terminal_knows_only_ascii(rusq: Run) -> None:
    ran = rusq("search", "rus", "-a", "Hoyree", env={"PYTHONIOENCODING": "ascii"})
    assert ran.err == "rusq: no actor 'Hoyree'; did you mean H (H?yre)?\n"


@pytest.mark.parametrize(
    ("args", "status"),
    [pytest.param(["search", "atomkraftverk"], 1, id="nothing found"), pytest.param(["search", "*"], 2, id="unusable")],
)
def test_without_a_stderr_no_message_strays_into_stdout(shell: Run, args: list[str], status: int) -> None:
    ran = shell('"$@" 2>&-', *args)
    assert (ran.status, ran.out) == (status, "")


# --- pipes -----------------------------------------------------------------------------------------------------------


def narrow(pipe: IO[bytes]) -> None:
    """Let the pipe hold 4096 bytes, where it can be told, so that little output already has to wait for its reader."""
    if sys.platform == "linux":
        import fcntl

        fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, 4096)


LONG = [["export", "-f", name] for name in ("table", "csv", "json")]


@pytest.mark.parametrize("args", LONG, ids=lambda args: args[-1])
def test_a_reader_that_leaves_after_one_line_ends_it_quietly(start: Start, args: list[str]) -> None:
    process = start(*args)
    assert process.stdout is not None
    narrow(process.stdout)
    assert process.stdout.readline() != b""
    process.stdout.close()
    assert process.stderr is not None
    assert process.stderr.read() == b""
    assert process.wait() == 0
    process.stderr.close()


@pytest.mark.parametrize(
    "args",
    [
        pytest.param(["search", "nalokson"], id="table"),
        pytest.param(["search", "nalokson", "-f", "csv"], id="csv"),
        pytest.param(["search", "nalokson", "-f", "json"], id="json"),
        pytest.param(["search", "--help"], id="help"),
        pytest.param(["--version"], id="version"),
    ],
)
def test_a_reader_that_is_gone_from_the_start_ends_it_quietly(start: Start, args: list[str]) -> None:
    process = start(*args)
    assert process.stdout is not None
    process.stdout.close()
    assert process.stderr is not None
    assert process.stderr.read() == b""
    assert process.wait() == 0
    process.stderr.close()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
@pytest.mark.parametrize(
    "args",
    [
        pytest.param(["search", "nalokson"], id="table"),
        pytest.param(["search", "nalokson", "-f", "json"], id="json"),
        pytest.param(["search", "--help"], id="help"),
        pytest.param(["--version"], id="version"),
    ],
)
def test_a_full_disk_behind_stdout_is_said_in_one_line(shell: Run, args: list[str]) -> None:
    assert_refused(shell('"$@" > /dev/full', *args), os.strerror(errno.ENOSPC))


@pytest.mark.parametrize(
    "args",
    [
        pytest.param(["search", "nalokson"], id="table"),
        pytest.param(["search", "nalokson", "-f", "csv"], id="csv"),
        pytest.param(["topics", "-f", "json"], id="json"),
    ],
)
def test_a_closed_stdout_is_said_in_one_line(shell: Run, args: list[str]) -> None:
    assert_refused(shell('"$@" >&-', *args), "cannot write the output")


@pytest.mark.parametrize("args", [["--version"], ["search", "--help"]], ids=["version", "help"])
def test_a_closed_stdout_makes_no_traceback_of_help(shell: Run, args: list[str]) -> None:
    ran = shell('"$@" >&-', *args)
    assert "Traceback" not in ran.err
    assert ran.status in (0, 2)


# --- the same bytes everywhere ---------------------------------------------------------------------------------------

EVERY_FORMAT = """
from rusq.cli import main
for name in ("table", "json", "jsonl", "csv", "tsv", "md"):
    main(["search", "nalokson", "-f", name])
main(["compare", "-a", "H", "-a", "FrP", "-t", "overdose"])
main(["show", "h2017-b16"])
"""
SURROUNDINGS: dict[str, dict[str, str | None]] = {
    "no variables": {"LC_ALL": None},
    "LC_ALL=C": {"LC_ALL": "C"},
    "a locale of ASCII": {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    "PYTHONIOENCODING=cp1252": {"PYTHONIOENCODING": "cp1252"},
    "PYTHONIOENCODING=ascii": {"PYTHONIOENCODING": "ascii"},
    "TERM=dumb": {"TERM": "dumb"},
    "COLUMNS=20": {"COLUMNS": "20", "LINES": "5"},
    "NO_COLOR": {"NO_COLOR": "1", "TERM": "xterm-256color"},
    "FORCE_COLOR": {"FORCE_COLOR": "1", "CLICOLOR_FORCE": "1", "TERM": "xterm-256color", "COLORTERM": "truecolor"},
    "GITHUB_ACTIONS": {"GITHUB_ACTIONS": "true", "CI": "true"},
    "a pager": {"PAGER": "cat >&2", "RUSQ_PAGER": "cat >&2"},
}


@pytest.fixture(scope="module")
def usual(python: Run) -> bytes:
    """Every format, and the table of two more commands, in an everyday environment."""
    ran = python(EVERY_FORMAT)
    assert (ran.status, ran.err) == (0, "")
    return ran.raw


@pytest.mark.parametrize("env", SURROUNDINGS.values(), ids=SURROUNDINGS)
def test_every_format_is_the_same_bytes_whatever_surrounds_it(
    python: Run, usual: bytes, env: dict[str, str | None]
) -> None:
    ran = python(EVERY_FORMAT, env=env)
    assert ran.err == ""
    assert ran.raw == usual


def test_no_format_has_a_control_character_in_a_pipe(usual: bytes) -> None:
    text = usual.decode("utf-8")
    assert {sign for sign in text if sign < " " or "\x7f" <= sign < "\xa0"} == {"\n", "\r", "\t"}
    assert text.count("\r") == text.count("\r\n")  # the line ends of csv


def test_two_runs_give_the_same_bytes(rusq: Run) -> None:
    """Sets are ordered anew in every process: none may decide what stands where."""
    one, other = (rusq("compare", "-f", "json", env={"PYTHONHASHSEED": seed}) for seed in ("1", "2"))
    assert one.raw == other.raw


TABLES = {
    "search": ["search", "rusbehandling", "--explain"],
    "search for much": ["search", "behandling", "-n0"],
    "compare": ["compare"],
    "compare texts": ["compare", "-a", "H", "--by", "source"],
    "topics": ["topics"],
    "topic": ["topic", "heroinassistert-behandling"],
    "a theme": ["topic", "behandle"],
    "show": ["show", "h2017-b15", "frp2017-p26", "v-b01"],
    "actors": ["actors"],
    "sources": ["sources"],
    "export": ["export", "-f", "table"],
    "check": ["check"],
}
WIDTHS = {"as it is": [], "40": ["--width", "40"], "60": ["--width", "60"], "160": ["--width", "160"]}


@pytest.fixture(scope="module")
def piped(batch: Batch, empty_folder: Path) -> dict[tuple[str, str], list[str]]:
    """The lines of every table at every width, with COLUMNS saying something else."""
    keys = [(name, width) for name in TABLES for width in WIDTHS]
    tables = batch([TABLES[name] + WIDTHS[width] for name, width in keys], empty_folder, {"COLUMNS": "300"})
    return {key: ran.out.splitlines() for key, ran in zip(keys, tables, strict=True)}


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", TABLES)
def test_a_piped_table_is_no_wider_than_it_should_be(
    piped: dict[tuple[str, str], list[str]], name: str, width: str
) -> None:
    room = int(width) if width.isdigit() else 100
    lines = piped[name, width]
    assert lines != []
    assert [line for line in lines if len(line) > room and len(line.split()) > 1] == []
    assert [line for line in lines if line != line.rstrip()] == []


# --- terminals -------------------------------------------------------------------------------------------------------


def test_a_terminal_shows_colour_and_otherwise_what_a_pipe_gets(terminal: Run, rusq: Run) -> None:
    shown, piped = terminal("search", "nalokson"), rusq("search", "nalokson", "--width", "80")
    assert (shown.status, shown.err) == (0, "")
    assert "\x1b[" in shown.out
    assert shown.bare == piped.out


@pytest.mark.parametrize(
    "env", [pytest.param({"NO_COLOR": "1"}, id="NO_COLOR"), pytest.param({"TERM": "dumb"}, id="TERM=dumb")]
)
def test_no_colour_where_it_is_not_wanted(terminal: Run, env: dict[str, str]) -> None:
    shown = terminal("search", "nalokson", env=env)
    assert "frp2017-b05" in shown.out
    assert "\x1b" not in shown.out


def test_color_never_and_always_overrule_the_surroundings(terminal: Run, rusq: Run) -> None:
    assert "\x1b" not in terminal("search", "nalokson", "--color", "never").out
    assert "\x1b[" in rusq("search", "nalokson", "--color", "always", env={"NO_COLOR": "1"}).out


def test_columns_is_honoured_on_a_terminal(terminal: Run, rusq: Run) -> None:
    shown = terminal("search", "nalokson", env={"COLUMNS": "60"}, columns=200)
    assert shown.bare == rusq("search", "nalokson", "--width", "60").out


def test_the_width_of_the_terminal_is_used(terminal: Run, rusq: Run) -> None:
    shown = terminal("search", "nalokson", columns=130)
    assert shown.bare == rusq("search", "nalokson", "--width", "130").out


def test_width_overrules_the_terminal(terminal: Run, rusq: Run) -> None:
    shown = terminal("search", "nalokson", "--width", "70", columns=130)
    assert shown.bare == rusq("search", "nalokson", "--width", "70").out


def test_data_on_a_terminal_has_no_colour(terminal: Run, rusq: Run) -> None:
    shown = terminal("search", "nalokson", "-f", "json", env={"FORCE_COLOR": "1"})
    assert shown.raw.replace(b"\r\n", b"\n") == rusq("search", "nalokson", "-f", "json").raw


@pytest.mark.parametrize("encoding", ["cp1252", "ascii"])
def test_a_terminal_with_few_characters_gets_what_it_can_show(terminal: Run, encoding: str) -> None:
    shown = terminal("compare", "-a", "H", "-a", "FrP", env={"PYTHONIOENCODING": encoding, "PAGER": "cat"})
    assert (shown.status, shown.err) == (0, "")
    assert "(not mentioned in these texts)" in shown.bare
    assert "--------" in shown.bare
    assert ("Høyre".encode("cp1252") in shown.raw) == (encoding == "cp1252")


def test_a_message_on_a_terminal_is_one_line(terminal: Run) -> None:
    ran = terminal("search", "rus", "-a", "Hoyree")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err == "rusq: no actor 'Hoyree'; did you mean H (Høyre)?\n"


# --- the pager -------------------------------------------------------------------------------------------------------


@pytest.fixture
def pager(tmp_path: Path) -> Path:
    """A pager that keeps what it is given in `shown`, beside itself, and prints nothing."""
    script = tmp_path / "pager"
    script.write_text(f"#!/bin/sh\ncat > '{tmp_path}/shown'\n", encoding="utf-8")
    script.chmod(0o755)
    return script


@pytest.mark.parametrize("name", ["PAGER", "RUSQ_PAGER"])
def test_long_output_on_a_terminal_goes_through_the_pager(
    terminal: Run, rusq: Run, pager: Path, tmp_path: Path, name: str
) -> None:
    ran = terminal("compare", "-a", "H", "-a", "FrP", env={name: str(pager)})
    assert (ran.status, ran.out, ran.err) == (0, "", "")
    shown = Ran(0, (tmp_path / "shown").read_text(encoding="utf-8"), "")
    assert "\x1b[" in shown.out
    assert shown.bare == rusq("compare", "-a", "H", "-a", "FrP", "--width", "80").out


@pytest.mark.parametrize(
    ("args", "env"),
    [
        pytest.param(["topic", "naltrekson"], {"LINES": "60"}, id="short output"),
        pytest.param(["compare", "--no-pager"], {}, id="--no-pager"),
        pytest.param(["compare"], {"TERM": "dumb"}, id="TERM=dumb"),
        pytest.param(["compare"], {"RUSQ_PAGER": ""}, id="an empty RUSQ_PAGER"),
        pytest.param(["compare"], {"RUSQ_PAGER": "cat"}, id="cat"),
        pytest.param(["compare"], {"RUSQ_PAGER": "no-such-pager"}, id="a pager that is not there"),
        pytest.param(["compare"], {"RUSQ_PAGER": " "}, id="a pager of blanks"),
    ],
)
def test_no_pager_where_it_would_be_in_the_way(
    terminal: Run, pager: Path, tmp_path: Path, args: list[str], env: dict[str, str]
) -> None:
    ran = terminal(*args, env={"PAGER": str(pager), **env})
    assert (ran.status, ran.err) == (0, "")
    assert len(ran.out.splitlines()) > 5
    assert not (tmp_path / "shown").exists()


def test_a_pager_that_is_left_early_ends_it_quietly(terminal: Run) -> None:
    ran = terminal("compare", env={"PAGER": "head -n 1"})
    assert (ran.status, ran.err) == (0, "")
    assert len(ran.out.splitlines()) == 1


def test_no_pager_in_a_pipe_or_for_a_file(terminal: Run, rusq: Run, pager: Path, tmp_path: Path) -> None:
    assert rusq("compare", env={"PAGER": str(pager)}).status == 0
    assert terminal("compare", "-o", "x.txt", env={"PAGER": str(pager)}).status == 0
    assert not (tmp_path / "shown").exists()
    assert "\x1b" not in (tmp_path / "x.txt").read_text(encoding="utf-8")


# --- files -----------------------------------------------------------------------------------------------------------

ENDINGS = {
    "x.json": b'{\n  "statements": [\n    {\n      "id": "h2017-b16",',
    "x.JSON": b'{\n  "statements": [\n    {\n      "id": "h2017-b16",',
    "x.jsonl": b'{"id": "h2017-b16",',
    "x.ndjson": b'{"id": "h2017-b16",',
    "x.csv": b"id,actor,source,year,kind,",
    "x.tsv": b"id\tactor\tsource\tyear\tkind\t",
    "x.md": b"| ",
    "x.txt": b"h2017-b16  line 26, list item\n",
    "x": b"h2017-b16  line 26, list item\n",
}
WRITE_EACH = """
import sys
from rusq.cli import main
for name in sys.argv[2:]:
    assert main(["show", "h2017-b16", "-o", f"{sys.argv[1]}/{name}"]) == 0
    assert main(["show", "h2017-b16", "-f", "csv", "-o", f"{sys.argv[1]}/csv-{name}"]) == 0
"""


@pytest.fixture(scope="module")
def written(python: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one statement in files of every ending."""
    folder = tmp_path_factory.mktemp("written")
    assert python(WRITE_EACH, str(folder), *ENDINGS) == Ran(0, "", "", b"")
    return folder


@pytest.mark.parametrize("name", ENDINGS)
def test_the_ending_of_a_file_picks_its_format(written: Path, name: str) -> None:
    assert (written / name).read_bytes().startswith(ENDINGS[name])


@pytest.mark.parametrize("name", ENDINGS)
def test_a_format_that_is_said_goes_before_the_ending(written: Path, name: str) -> None:
    assert (written / f"csv-{name}").read_bytes().startswith(b"id,actor,source,")


def test_nothing_else_is_left_beside_a_written_file(written: Path) -> None:
    assert {path.name for path in written.iterdir()} == {*ENDINGS, *(f"csv-{name}" for name in ENDINGS)}


def test_a_file_holds_what_a_pipe_gets(rusq: Run, tmp_path: Path) -> None:
    assert rusq("search", "nalokson", "-o", "x.txt", env={"COLUMNS": "50"}) == Ran(0, "", "", b"")
    assert (tmp_path / "x.txt").read_bytes() == rusq("search", "nalokson").raw


def test_a_written_file_replaces_the_old_one(rusq: Run, tmp_path: Path) -> None:
    (tmp_path / "x.jsonl").write_text("old\n" * 9999, encoding="utf-8")
    assert rusq("show", "h2017-b16", "-o", "x.jsonl").status == 0
    (line,) = (tmp_path / "x.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(line)["text"] == (
        "Åpne for mer rusbehandling der innleggelsen er frivillig, mens gjennomføringen er tvungen."
    )


@pytest.mark.skipif(os.name == "nt", reason="no ulimit")
def test_a_disk_that_fills_up_leaves_the_old_file_and_nothing_else(shell: Run, tmp_path: Path) -> None:
    (tmp_path / "map.json").write_text("old", encoding="utf-8")
    assert_refused(shell('ulimit -f 1; "$@"', "export", "-o", "map.json"), "cannot write 'map.json': ")
    assert (tmp_path / "map.json").read_text(encoding="utf-8") == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["map.json"]


def test_wrong_use_leaves_the_old_file(rusq: Run, tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("old", encoding="utf-8")
    assert_refused(rusq("search", "*", "-o", "x.csv"), "a * needs letters")
    assert (tmp_path / "x.csv").read_text(encoding="utf-8") == "old"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes")
def test_what_is_no_regular_file_is_written_to_and_not_replaced(rusq: Run, tmp_path: Path) -> None:
    """`-o /dev/full`, run by root, made a plain file of the device; a named pipe shows it as well."""
    fifo = tmp_path / "x.csv"
    os.mkfifo(fifo)
    reader = os.open(fifo, os.O_RDONLY | os.O_NONBLOCK)
    try:
        ran = rusq("show", "h2017-b16", "-o", "x.csv")
        assert stat.S_ISFIFO(fifo.stat().st_mode)
        assert os.read(reader, 9) == b"id,actor,"
        assert ran.status == 0
    finally:
        os.close(reader)


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_link_stays_a_link_and_its_target_is_written(rusq: Run, tmp_path: Path) -> None:
    (tmp_path / "link.csv").symlink_to(tmp_path / "target.csv")
    assert rusq("show", "h2017-b16", "-o", "link.csv").status == 0
    assert (tmp_path / "link.csv").is_symlink()
    assert (tmp_path / "target.csv").read_bytes().startswith(b"id,actor,")


# --- words left out, and options with their value attached -----------------------------------------------------------

DASHES = {
    "a word": ("-alkohol", "−alkohol"),
    "a word like -t with a value": ("-tvang", "−tvang"),
    "a word like -a with a value": ("-avrusning", "−avrusning"),
    "a word like -o with a value": ("-omsorg", "−omsorg"),
    "a word like -n with a value": ("-nalokson", "−nalokson"),
    "a word like -h": ("-hjelp", "−hjelp"),
    "a short word": ("-nei", "−nei"),
    "a Norwegian letter": ("-åpen", "−åpen"),
    "an abbreviation": ("-LAR", "−LAR"),
    "a prefix": ("-rus*", "−rus*"),
    "a hyphen inside": ("-rus-feltet", "−rus-feltet"),
    "a phrase": ('-"ledig kapasitet"', '−"ledig kapasitet"'),
    "a phrase in guillemets": ("-«ledig kapasitet»", "−«ledig kapasitet»"),
    "an actor": ("-aFrP", "-aFrP"),
    "an actor of one letter": ("-aH", "-aH"),
    "an actor with a Norwegian letter": ("-aHøyre", "-aHøyre"),
    "a limit": ("-n5", "-n5"),
    "a limit of two digits": ("-n20", "-n20"),
    "a format": ("-fcsv", "-fcsv"),
    "every format": ("-fjsonl", "-fjsonl"),
    "a source": ("-sh2017", "-sh2017"),
    "a source of three letters": ("-sfrp2017", "-sfrp2017"),
    "a source of one letter": ("-sv", "-sv"),
    "a file": ("-ovalg.csv", "-ovalg.csv"),
    "a file elsewhere": ("-o/tmp/valg.csv", "-o/tmp/valg.csv"),
    "a corpus": ("-C./mine", "-C./mine"),
    "a letter": ("-a", "-a"),
    "a long option": ("--exact", "--exact"),
    "a long option with its value": ("--actor=FrP", "--actor=FrP"),
    "a lone dash": ("-", "-"),
    "a number below 0": ("-1", "-1"),
    "a word with no dash": ("alkohol", "alkohol"),
}


@pytest.mark.parametrize(("typed", "meant"), DASHES.values(), ids=DASHES)
@pytest.mark.parametrize("command", ["search", "compare"])
def test_a_dash_leaves_a_word_out_or_begins_an_option(command: str, typed: str, meant: str) -> None:
    assert prepared([command, "behandling", typed]) == [command, "behandling", meant]


def test_commands_without_a_query_keep_their_arguments() -> None:
    assert prepared(["topics", "-tbolig"]) == ["topics", "-tbolig"]
    assert prepared(["show", "-nalokson"]) == ["show", "-nalokson"]
    assert prepared([]) == []


def test_nothing_after_two_dashes_is_touched() -> None:
    assert prepared(["search", "-alkohol", "--", "-alkohol"]) == ["search", "−alkohol", "--", "-alkohol"]


def test_a_word_left_out_takes_its_hits_away(rusq: Run) -> None:
    found = json.loads(rusq("search", "overdose", "-nesespray", "-f", "json").out)
    assert found["query"] == "overdose -nesespray"  # as it was typed
    ids = {hit["id"] for hit in found["hits"]}
    assert "h2017-p04" in ids
    assert "frp2017-b05" not in ids


def test_attached_options_work_together(rusq: Run) -> None:
    ran = rusq("search", "rusbehandling", "-aH", "-n1", "-fcsv")
    (row,) = csv.DictReader(io.StringIO(ran.out, newline=""))
    assert row["actor"] == "H"
    assert row["rank"] == "1"


# --- help ------------------------------------------------------------------------------------------------------------


def _helps() -> dict[str, str]:
    """Command -> its help as it is given to Typer; "" is the program's own."""
    app = build([])
    assert app.registered_callback is not None
    texts = {"": str(app.registered_callback.help)}
    texts.update((str(command.name), str(command.help)) for command in app.registered_commands)
    return texts


HELPS = _helps()
EXAMPLES = sorted({line.strip() for text in HELPS.values() for line in text.split("\n\n")[1].splitlines()[2:]} - {""})


def test_every_command_has_a_help() -> None:
    assert sorted(HELPS) == sorted(["", *COMMANDS])


@pytest.fixture(scope="module")
def helps(batch: Batch, empty_folder: Path) -> dict[str, Ran]:
    commands = [[*filter(None, [command]), "--help"] for command in HELPS]
    return dict(zip(HELPS, batch(commands, empty_folder), strict=True))


@pytest.mark.parametrize("command", HELPS, ids=lambda command: command or "rusq")
def test_help_opens_with_examples(helps: dict[str, Ran], command: str) -> None:
    ran = helps[command]
    assert (ran.status, ran.err) == (0, "")
    usage, _about, examples, *_ = ran.out.split("\n\n")
    assert usage.startswith(f"Usage: rusq {command}".rstrip())
    head, *lines = examples.splitlines()
    assert head == "  Examples:"
    assert lines != []
    assert all(line.startswith(f"    rusq {command}".rstrip()) for line in lines)
    assert max(len(line) for line in ran.out.splitlines()) <= 80


@pytest.fixture(scope="module")
def examples(batch: Batch, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Ran]:
    commands = [shlex.split(example)[1:] for example in EXAMPLES]
    folder = tmp_path_factory.mktemp("examples")
    (folder / "sv-2025.txt").write_text("• Vi vil bygge flere lekeplasser\n", "utf-8")
    (folder / "promises.csv").write_text("Parti;Tekst\nAp;Vi vil bygge flere lekeplasser\n", "utf-8")
    return dict(zip(EXAMPLES, batch(commands, folder), strict=True))


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_of_help_runs_as_it_stands(examples: dict[str, Ran], example: str) -> None:
    assert example.startswith("rusq ")
    assert examples[example].status == 0  # it finds something, too
    assert examples[example].err == "" or example.startswith("rusq add ")  # which tells what it guessed


def test_the_installed_command_is_the_module(rusq: Run) -> None:
    from importlib.metadata import entry_points

    (script,) = entry_points(group="console_scripts", name="rusq")
    assert script.value == "rusq.cli:run"
    assert rusq("--version").status == 0  # python -m rusq, as everywhere in this file


# --- completion ------------------------------------------------------------------------------------------------------


def completions(option: Any, typed: str) -> list[str]:
    """What the completion function of an option offers for what was typed so far."""
    complete = next(part for part in get_args(option) if hasattr(part, "autocompletion")).autocompletion
    return [value for value, _ in complete(typed)]


@pytest.mark.parametrize(
    ("option", "typed", "offered"),
    [
        pytest.param(Actors, "Fr", "FrP", id="an actor by id"),
        pytest.param(Actors, "Fremskr", "Fremskrittspartiet", id="an actor by name"),
        pytest.param(Actors, "Høy", "Høyre", id="an actor by a name with ø"),
        pytest.param(Actors, "", "Regjeringen", id="any actor"),
        pytest.param(Topics, "hero", "heroinassistert-behandling", id="a topic by id"),
        pytest.param(Topics, "Sprøyte", "Sprøyterom", id="a topic by name"),
        pytest.param(Topics, "behand", "behandle", id="a theme by id"),
        pytest.param(Sources, "frp", "frp2017", id="a source by id"),
        pytest.param(Sources, "hoyre-2013", "hoyre-2013.txt", id="a source by file"),
    ],
)
def test_completion_offers_ids_and_names(option: Any, typed: str, offered: str) -> None:
    assert offered in completions(option, typed)


@pytest.mark.parametrize("option", [Actors, Topics, Sources], ids=["actors", "topics", "sources"])
def test_what_completion_offers_is_what_the_option_takes(
    rusq: Run, monkeypatch: pytest.MonkeyPatch, option: Any
) -> None:
    flag = {Actors: "-a", Topics: "-t", Sources: "-s"}[option]
    opened = Library.open()
    monkeypatch.setattr(Library, "open", lambda: opened)
    letters = "abcdefghijklmnopqrstuvwxyzæøå0123456789«"
    offered = dict.fromkeys(value for letter in letters for value in completions(option, letter))
    assert len(offered) > 4
    args = [part for value in offered for part in (flag, value)]
    ran = rusq("topics", *args)
    assert (ran.status, ran.err) == (0, "")


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        pytest.param("rusq se", "search", id="a command"),
        pytest.param("rusq search -a Fr", "FrP", id="an actor"),
        pytest.param("rusq compare --topic hero", "heroinassistert-behandling", id="a topic"),
        pytest.param("rusq topic hero", "heroinassistert-behandling", id="a topic as an argument"),
        pytest.param("rusq export -s frp", "frp2017", id="a source"),
        pytest.param("rusq show h2017-b1", "h2017-b15", id="a statement"),
        pytest.param("rusq topics -f js", "jsonl", id="a format"),
    ],
)
def test_a_shell_is_offered_completions(python: Run, line: str, offered: str) -> None:
    shell = {
        "_RUSQ_COMPLETE": "complete_bash",
        "COMP_WORDS": line,
        "COMP_CWORD": str(line.count(" ")),
    }
    ran = python("from rusq.cli import main; main([])", env=shell)
    assert offered in ran.out.splitlines()
    assert ran.err == ""


# --- documents that mean harm ----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus of one's own whose text holds escape sequences, markup, formulas and marks that turn text round."""
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "documents").mkdir(parents=True)
    (folder / "sources.toml").write_text(
        '[[source]]\nid = "ond"\nactor = "H"\nfile = "ond.txt"\n'
        'title = "[/b] <script>alert(1)</script> \\u001b[2J"\nyear = 2021\n',
        encoding="utf-8",
    )
    (folder / "documents" / "ond.txt").write_text(
        "Vi vil:\n\n"
        "• =1+1 er grønnkål | <script>alert(1)</script>\n"
        "• [/b] [bold red]grønnkål[/] :smile:\n"
        "• \x1b[31mgrønnkål\x1b]0;tittel\x07 \x9b31m \u202ebaklengs\u202c slutt\n"
        "• +grønnkål *er* `godt` [her](http://example.org)\\\n"
        "• grønn\tkål og grønnkål\n",
        encoding="utf-8",
    )
    return folder


WRITTEN_SIGNS = {"table": "\n", "json": "\n", "jsonl": "\n", "csv": "\t\r\n", "tsv": "\t\n", "md": "\t\n"}


@pytest.fixture(scope="module")
def read(batch: Batch, hostile: Path) -> dict[str, Ran]:
    """Every format of a search in the hostile corpus."""
    commands = [["search", "grønnkål", "-C", str(hostile), "-f", name] for name in WRITTEN_SIGNS]
    return dict(zip(WRITTEN_SIGNS, batch(commands, hostile), strict=True))


@pytest.mark.parametrize("name", WRITTEN_SIGNS)
def test_a_hostile_document_is_only_read(read: dict[str, Ran], name: str) -> None:
    ran = read[name]
    assert (ran.status, ran.err) == (0, "")
    obeyed = [*range(0x20), *range(0x7F, 0xA0), 0x202C, 0x202E]
    assert {sign for sign in ran.out if ord(sign) in obeyed} == set(WRITTEN_SIGNS[name])
    assert "ond-b05" in ran.out


def test_a_hostile_document_is_harmless_on_a_terminal(terminal: Run, hostile: Path) -> None:
    ran = terminal("search", "grønnkål", "-C", str(hostile), env={"PAGER": "cat"})
    assert (ran.status, ran.err) == (0, "")
    assert "\x1b" not in ran.bare
    assert "\x07" not in ran.out
    assert "[/b] [bold red]grønnkål[/] :smile:" in " ".join(ran.bare.split())


def test_a_hostile_document_makes_no_formula_and_no_html(read: dict[str, Ran]) -> None:
    texts = {row["id"]: row["text"] for row in csv.DictReader(io.StringIO(read["csv"].out, newline=""))}
    assert texts["ond-b01"] == "'=1+1 er grønnkål | <script>alert(1)</script>"
    assert texts["ond-b04"] == "'+grønnkål *er* `godt` [her](http://example.org)\\"
    assert "<script>" not in read["md"].out
