"""The index that is kept between runs: made once, never stale, and no trouble whatever befalls it.

Each case runs the real program with a cache folder and a home of its own.
"""

from __future__ import annotations

import ctypes
import json
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

import engine_texts
import pytest
from conftest import PROGRAM, SECONDS, Ran, environment

from rusq.index import Keeping
from rusq.library import Library

pytest.importorskip("tantivy")
pytest.importorskip("platformdirs")

SOURCE = '[[source]]\nid = "{id}"\nactor = "{actor}"\nfile = "{id}.txt"\nyear = 2021\n\n'
SV = "Vi vil ha flere lekeplasser.\n\nKommunen skal bygge en ny svømmehall.\n"
V = "Vi vil ha tryggere skoleveier.\n\nDagens buss er for sen.\n"
OPTIONS = ("--no-builtin", "-f", "jsonl")


class Shelf:
    """A corpus in a folder, the cache folder beside it, and the program run on them."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self.texts = place / "texts"
        self.cache = place / "cache"

    def fill(self) -> None:
        documents = self.texts / "documents"
        documents.mkdir(parents=True)
        self.write("documents/sv.txt", SV)
        self.write("documents/v.txt", V)
        self.write("lexicon.toml", '[words]\n"svømmehall" = "same: badehus"\n')
        self.write("norwegian.toml", '[acronyms]\nwords = "lomvi"\n')
        self.write("sources.toml", SOURCE.format(id="sv", actor="SV") + SOURCE.format(id="v", actor="V"))

    def write(self, name: str, text: str) -> None:
        (self.texts / name).write_text(text, "utf-8")

    def begin(
        self,
        *args: str,
        where: str = "disk",
        env: Mapping[str, str] | None = None,
        first: Callable[[], None] | None = None,
    ) -> subprocess.Popen[bytes]:
        """The program with this corpus, started; `first` is called in its process before it is."""
        changes = {"XDG_CACHE_HOME": str(self.cache), "RUSQ_INDEX": where, **(env or {})}
        return subprocess.Popen(
            [*PROGRAM, *args, "-C", str(self.texts)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment(self.place, changes),
            cwd=self.place,
            preexec_fn=first,
        )

    def ask(self, query: str = "lekeplass", **how: object) -> Ran:
        """What `rusq search` says."""
        return ended(self.begin("search", query, *OPTIONS, **how))  # type: ignore[arg-type]

    @property
    def indexes(self) -> list[Path]:
        return sorted(path.parent for path in self.cache.glob("rusq/*/*/index.json"))

    @property
    def left(self) -> list[str]:
        """What lies in the cache beside whole indexes."""
        whole = {place.name for place in self.indexes}
        return sorted(path.name for path in self.cache.glob("rusq/*/*") if path.name not in whole)

    def wait_for_a_part(self, process: subprocess.Popen[bytes]) -> None:
        """Until the program has begun to build."""
        until = time.monotonic() + SECONDS
        while not list(self.cache.glob("rusq/*/*.part")):
            assert process.poll() is None, process.communicate()
            assert time.monotonic() < until
            time.sleep(0.001)


def ended(process: subprocess.Popen[bytes]) -> Ran:
    out, err = process.communicate(timeout=SECONDS)
    return Ran(process.returncode, out.decode("utf-8"), err.decode("utf-8"), out)


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    """A small corpus that no index has been made of."""
    made = Shelf(tmp_path)
    made.fill()
    return made


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    """One with a ready index, for cases that leave it with one."""
    made = Shelf(tmp_path_factory.mktemp("kept"))
    made.fill()
    assert ids(made.ask()) == ["sv-p01"]
    assert len(made.indexes) == 1
    return made


@pytest.fixture
def large(tmp_path: Path) -> Shelf:
    """A corpus that takes a while to read."""
    made = Shelf(tmp_path)
    engine_texts.make(made.texts, rows=2500, chapters=4)
    return made


def ids(ran: Ran) -> list[str]:
    """The ids of the hits, of a run that said nothing else."""
    assert ran.err == ""
    return [json.loads(line)["id"] for line in ran.out.splitlines()]


class State(NamedTuple):
    """A file as it lies there: the same only if nobody has written it again."""

    inode: int
    changed: int


def state(path: Path) -> State:
    now = path.stat()
    return State(now.st_ino, now.st_mtime_ns)


def states(folder: Path) -> dict[str, State]:
    return {str(path.relative_to(folder)): state(path) for path in sorted(folder.rglob("*"))}


# -- Once


def test_an_index_is_made_once_and_used_again(kept: Shelf) -> None:
    (index,) = kept.indexes
    before = state(index / "index.json")
    assert ids(kept.ask("svømmehaller")) == ["sv-p02"]
    assert kept.indexes == [index]
    assert state(index / "index.json") == before


def test_an_index_in_use_is_really_read(kept: Shelf) -> None:
    # Told by the words on disk: what they say is what is answered.
    (index,) = kept.indexes
    texts = index / "texts.utf8"
    raw = texts.read_bytes()
    texts.write_bytes(raw.replace(b"lekeplasser", b"kekeplasser"))
    shown = kept.ask()
    texts.write_bytes(raw)
    assert "kekeplasser" in shown.out


def test_nothing_is_written_beside_the_texts(kept: Shelf, shelf: Shelf) -> None:
    for one in (kept, shelf):
        before = states(one.texts)
        assert ids(one.ask()) == ["sv-p01"]
        assert states(one.texts) == before


def test_only_the_user_may_look_into_an_index(kept: Shelf) -> None:
    (index,) = kept.indexes
    assert [oct(folder.stat().st_mode & 0o777) for folder in (index, index.parent)] == ["0o700", "0o700"]
    assert kept.left == ["lock"]


@pytest.mark.parametrize("where", ["auto", "memory"])
def test_few_texts_and_memory_keep_nothing(shelf: Shelf, where: str) -> None:
    assert ids(shelf.ask(where=where)) == ["sv-p01"]
    assert not shelf.cache.exists()


def test_many_texts_are_kept_without_being_told_to(shelf: Shelf) -> None:
    shelf.write("documents/v.txt", "".join(f"{'Vi vil ha buss og bane. ' * 500}\n\n" for _ in range(130)))
    assert ids(shelf.ask(where="auto")) == ["sv-p01"]
    assert len(shelf.indexes) == 1


def test_each_corpus_has_an_index_of_its_own(shelf: Shelf) -> None:
    other = Shelf(shelf.place / "other")
    other.fill()
    other.write("documents/sv.txt", "Flere lekeplasser og flere busser.\n")
    other.cache = shelf.cache
    for one, busser in ((shelf, ["v-p02"]), (other, ["sv-p01", "v-p02"]), (shelf, ["v-p02"])):
        assert sorted(ids(one.ask("buss"))) == busser
    assert len(shelf.indexes) == 2


def test_another_place_for_it_is_refused(shelf: Shelf) -> None:
    assert shelf.ask(where="nonsense") == (
        2,
        "",
        "rusq: RUSQ_INDEX is 'nonsense'; it takes auto, memory or disk\n",
        b"",
    )


# -- Never stale


Change = Callable[[Shelf], None]


def text(name: str, words: str) -> Change:
    return lambda shelf: shelf.write(name, words)


def same_size_and_time(shelf: Shelf) -> None:
    """A word for another of as many letters, and the file's time set back: only the system knows."""
    path = shelf.texts / "documents" / "sv.txt"
    before = path.stat()
    path.write_bytes(path.read_bytes().replace(b"lekeplasser", b"skoletimer "[:11]))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert (path.stat().st_size, path.stat().st_mtime_ns) == (before.st_size, before.st_mtime_ns)


def replaced_by_another(shelf: Shelf) -> None:
    """Another file of the same size and time in its place, as a backup is put back."""
    path, beside = shelf.texts / "documents" / "sv.txt", shelf.place / "beside.txt"
    before = path.stat()
    beside.write_bytes(path.read_bytes().replace(b"lekeplasser", b"skoletimer "[:11]))
    os.utime(beside, ns=(before.st_atime_ns, before.st_mtime_ns))
    beside.replace(path)


def a_new_source(shelf: Shelf) -> None:
    shelf.write("documents/krf.txt", "Flere skoletimer i musikk.\n")
    with (shelf.texts / "sources.toml").open("a", encoding="utf-8") as file:
        file.write(SOURCE.format(id="krf", actor="KrF"))


STALE = [
    pytest.param(text("documents/sv.txt", f"{SV}\nFlere skoletimer.\n"), "skoletimer", [], ["sv-p03"], id="a text"),
    pytest.param(same_size_and_time, "skoletimer", [], ["sv-p01"], id="a text, its size and time as before"),
    pytest.param(replaced_by_another, "skoletimer", [], ["sv-p01"], id="another text of the same size and time"),
    pytest.param(a_new_source, "skoletimer", [], ["krf-p01"], id="a new source"),
    pytest.param(
        text("sources.toml", SOURCE.format(id="v", actor="V")), "lekeplass", ["sv-p01"], [], id="a source taken away"
    ),
    pytest.param(
        text("lexicon.toml", '[words]\n"svømmehall" = "same: plaskedam"\n'),
        "plaskedam",
        [],
        ["sv-p02"],
        id="a word in the lexicon",
    ),
    pytest.param(
        text("norwegian.toml", '[acronyms]\nwords = "buss"\n'), "buss --exact", ["v-p02"], [], id="what is an acronym"
    ),
    pytest.param(
        text("norwegian.toml", '[inflection]\nirregular = """\nskjøvla lekeplasser\n"""\n'),
        "skjøvla",
        [],
        ["sv-p01"],
        id="an irregular form",
    ),
]


@pytest.mark.parametrize(("change", "query", "before", "after"), STALE)
def test_an_index_is_never_stale(shelf: Shelf, change: Change, query: str, before: list[str], after: list[str]) -> None:
    def found() -> list[str]:
        word, *options = query.split()
        ran = ended(shelf.begin("search", word, *options, *OPTIONS))
        assert ran.status in (0, 1), ran.err
        return [json.loads(line)["id"] for line in ran.out.splitlines()]

    assert found() == before
    (index,) = shelf.indexes
    change(shelf)
    assert found() == after
    assert len(shelf.indexes) == 1
    assert shelf.indexes != [index]
    assert shelf.left == ["lock"]


def test_a_text_by_another_actor_is_theirs_at_once(shelf: Shelf) -> None:
    assert [json.loads(shelf.ask().out)["actor"]] == ["SV"]
    shelf.write("sources.toml", SOURCE.format(id="sv", actor="KrF") + SOURCE.format(id="v", actor="V"))
    assert [json.loads(shelf.ask().out)["actor"]] == ["KrF"]


# -- Killed, interrupted, two at once


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_a_build_that_is_ended_leaves_the_next_one_in_peace(large: Shelf, how: signal.Signals) -> None:
    process = large.begin("search", "lekeplass", *OPTIONS)
    large.wait_for_a_part(process)
    process.send_signal(how)
    ran = ended(process)
    assert (ran.status, ran.out, ran.err) == (130 if how == signal.SIGINT else -how, "", "")
    assert large.indexes == []
    parts = [name for name in large.left if name.endswith(".part")]
    assert len(parts) == (0 if how == signal.SIGINT else 1)
    after = large.ask("lekeplass", where="disk")
    assert after == large.ask("lekeplass", where="memory")
    assert (after.status, after.err) == (0, "")
    assert (len(large.indexes), large.left) == (1, ["lock"])


def test_two_at_once_make_one_index(large: Shelf) -> None:
    both = [large.begin("search", "lekeplass", *OPTIONS) for _ in range(2)]
    one, other = [ended(process) for process in both]
    assert one == other
    assert (one.status, one.err) == (0, "")
    assert (len(large.indexes), large.left) == (1, ["lock"])
    (index,) = large.indexes
    before = state(index / "index.json")
    assert large.ask() == one
    assert state(index / "index.json") == before


# -- Spoilt


def cut(name: str) -> Callable[[Path], None]:
    def spoil(index: Path) -> None:
        path = index / name
        path.write_bytes(path.read_bytes()[:-1])

    return spoil


def emptied(name: str) -> Callable[[Path], None]:
    return lambda index: (index / name).write_bytes(b"") and None


def gone(name: str) -> Callable[[Path], None]:
    def spoil(index: Path) -> None:
        path = index / name
        shutil.rmtree(path) if path.is_dir() else path.unlink()

    return spoil


def garbage(raw: bytes) -> Callable[[Path], None]:
    return lambda index: (index / "index.json").write_bytes(raw) and None


def no_folder(index: Path) -> None:
    shutil.rmtree(index)
    index.write_text("a file in its place")


SPOILT = [
    pytest.param(cut("texts.utf8"), id="texts cut short"),
    pytest.param(cut("statements.records"), id="records cut short"),
    pytest.param(cut("main/meta.json"), id="the engine's own table cut short"),
    pytest.param(emptied("words.utf8"), id="words emptied"),
    pytest.param(emptied("index.json"), id="index.json emptied"),
    pytest.param(gone("stems.slots"), id="a file gone"),
    pytest.param(gone("index.json"), id="index.json gone"),
    pytest.param(gone("main"), id="the engine's folder gone"),
    pytest.param(garbage(b"\xff\x00{"), id="index.json: not UTF-8"),
    pytest.param(garbage(b"{"), id="index.json: not JSON"),
    pytest.param(garbage(b"null"), id="index.json: null"),
    pytest.param(garbage(b'{"files": []}'), id="index.json: another shape"),
    pytest.param(no_folder, id="a file in the folder's place"),
]


@pytest.mark.parametrize("spoil", SPOILT)
def test_a_spoilt_index_is_made_anew(kept: Shelf, spoil: Callable[[Path], None]) -> None:
    (index,) = kept.indexes
    before = state(index / "words.starts")
    spoil(index)
    assert ids(kept.ask()) == ["sv-p01"]
    (anew,) = kept.indexes
    assert state(anew / "words.starts") != before
    assert kept.left == ["lock"]


# -- Where none can be kept, memory answers


def without_privileges() -> None:
    """Root may write anywhere; this process shall not."""
    if os.geteuid() == 0:
        libc = ctypes.CDLL(None)
        for capability in (1, 2):  # to write, and to read, whatever the mode says
            libc.prctl(24, capability, 0, 0, 0)


def small_files() -> None:
    """No file may grow beyond some bytes: what a full disk does, without filling one."""
    import resource

    resource.setrlimit(resource.RLIMIT_FSIZE, (40, 40))


def check_answered_with_a_line(ran: Ran, what: str) -> None:
    assert [json.loads(line)["id"] for line in ran.out.splitlines()] == ["sv-p01"]
    assert ran.status == 0
    assert ran.err.startswith("rusq: ")
    assert ran.err.count("\n") == 1
    assert what in ran.err


def test_a_cache_that_may_not_be_written(shelf: Shelf) -> None:
    shelf.cache.mkdir(mode=0o500)
    able = subprocess.run(["touch", str(shelf.cache / "x")], preexec_fn=without_privileges, capture_output=True)
    if able.returncode == 0:
        pytest.skip("whoever runs this may write anywhere")
    check_answered_with_a_line(shelf.ask(first=without_privileges), "no index can be kept in")
    assert list(shelf.cache.iterdir()) == []


def test_a_cache_that_is_a_file(shelf: Shelf) -> None:
    shelf.cache.write_text("no folder")
    check_answered_with_a_line(shelf.ask(), "no index can be kept in")
    assert shelf.cache.read_text() == "no folder"


def test_a_user_without_a_home(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody(*_: object, **__: object) -> Path:
        raise RuntimeError("there is no home folder")

    monkeypatch.setattr("platformdirs.user_cache_path", nobody)
    said: list[str] = []
    library = Library.open([shelf.texts], builtin=False, keeping=Keeping("disk", remark=said.append))
    assert [hit.statement.id for hit in library.search("lekeplass")] == ["sv-p01"]
    assert len(said) == 1
    assert "there is no home folder" in said[0]


def test_a_disk_that_is_full(shelf: Shelf) -> None:
    check_answered_with_a_line(shelf.ask(first=small_files), "no index can be kept in")
    assert (shelf.indexes, shelf.left) == ([], ["lock"])
    assert ids(shelf.ask()) == ["sv-p01"]
    assert len(shelf.indexes) == 1


def test_a_year_that_no_record_holds(shelf: Shelf) -> None:
    shelf.write("sources.toml", SOURCE.format(id="sv", actor="SV").replace("2021", "10000000000"))
    check_answered_with_a_line(shelf.ask(), "no index can be kept in")


def test_without_the_engine_an_index_is_kept_all_the_same(shelf: Shelf) -> None:
    stub = shelf.place / "stub"
    stub.mkdir()
    (stub / "tantivy.py").write_text("raise ImportError('no engine')\n")
    without = {"PYTHONPATH": os.pathsep.join([str(stub), environment(shelf.place)["PYTHONPATH"]])}
    check_answered_with_a_line(shelf.ask(env=without), "pip install 'rusq[large]'")
    (plain,) = shelf.indexes
    before = state(plain / "index.json")
    assert ids(shelf.ask(env=without)) == ["sv-p01"]
    assert state(plain / "index.json") == before
    assert ids(shelf.ask()) == ["sv-p01"]
    (index,) = shelf.indexes
    assert index != plain
    assert (index / "main").is_dir()
    assert shelf.left == ["lock"]


# -- Faults


def not_utf8(shelf: Shelf) -> None:
    (shelf.texts / "documents" / "v.txt").write_bytes("Vi vil\nha flere ferger på sjøen".encode("latin-1"))


def no_text(shelf: Shelf) -> None:
    (shelf.texts / "documents" / "v.txt").unlink()


def unknown_row(shelf: Shelf) -> None:
    shelf.write("documents/v.tsv", "actor\ttext\nV\tFlere busser.\nSp\tFlere veier.\nV\t\n")
    shelf.write("sources.toml", SOURCE.format(id="v", actor="V").replace("v.txt", "v.tsv"))


FAULTS = [
    pytest.param(not_utf8, ["documents/v.txt:2: not UTF-8"], id="not UTF-8"),
    pytest.param(no_text, ["sources.toml:10: cannot read 'v.txt': No such file or directory"], id="no text"),
    pytest.param(
        unknown_row,
        ["documents/v.tsv:3: no source of this table is by 'Sp'", "documents/v.tsv:4: a row without text"],
        id="rows of a table",
    ),
    pytest.param(
        text("sources.toml", SOURCE.format(id="v", actor="V") + 'sha256 = "00"\n'),
        ["documents/v.txt:1: the text has changed: its checksum is not the one in sources.toml:4"],
        id="a checksum",
    ),
    pytest.param(
        text("sources.toml", SOURCE.format(id="v", actor="X")),
        ["sources.toml:3: no actor 'X' in actors.toml"],
        id="an actor",
    ),
]


@pytest.mark.parametrize(("change", "lines"), FAULTS)
def test_faults_are_told_as_in_memory_and_nothing_is_kept(shelf: Shelf, change: Change, lines: list[str]) -> None:
    assert ids(shelf.ask()) == ["sv-p01"]
    change(shelf)
    ran = shelf.ask()
    assert ran.err.replace(f"{shelf.texts}/", "").splitlines() == [f"rusq: {line}" for line in lines]
    assert (ran.status, ran.out) == (2, "")
    assert ran == shelf.ask(where="memory")
    assert [name for name in shelf.left if name.endswith(".part")] == []
    shelf.write("documents/v.txt", V)
    shelf.write("sources.toml", SOURCE.format(id="sv", actor="SV") + SOURCE.format(id="v", actor="V"))
    assert ids(shelf.ask()) == ["sv-p01"]
    assert len(shelf.indexes) == 1


# -- Every command


COMMANDS = [
    ["search", "behandling"],
    ["search", "behandling", "tilbud", "-f", "json"],
    ["search", "lekeplas", "-f", "csv"],
    ["search", "rusomsorg", "-f", "md", "--lang", "nb"],
    ["search", "ventetid", "kapasitet", "-f", "html"],
    ["search", "behandlingsplasser", "i", "kommunene", "--explain"],
    ["search", "bolig OR bosted", "-n", "0", "-f", "jsonl"],
    ["search", "hva sier SV om skatt", "-f", "tsv"],
    ["search", "skatt", "-a", "H", "--kind", "prose"],
    ["search", "buss", "-s", "ap", "-s", "v", "--since", "2010", "-n", "3"],
    ["search", "helse", "-t", "behandle"],
    ["search", '"ikke behandling"', "--exact"],
    ["search", "qwxyzz"],
    ["search", "hva er det"],
    ["search", "skatt", "-a", "FrP"],
    ["show", "v-b03", "h-2017-p05", "ap-b10", "-f", "json"],
    ["show", "v-b999"],
    ["similar", "v-b03"],
    ["similar", "ap-b10", "-n", "0", "-f", "json", "-a", "H"],
    ["topics"],
    ["topic", "behandle", "-f", "json"],
    ["compare", "-a", "H", "-a", "SV"],
    ["compare", "behandling", "-f", "json"],
    ["compare", "--by", "source", "-s", "h-2017", "-s", "h-2021", "-f", "md"],
    ["map", "--kind", "bullet"],
    ["sources"],
    ["actors"],
    ["export", "-f", "json"],
    ["export", "-f", "opensearch"],
    ["check"],
]


@pytest.fixture(scope="module")
def answers(batch: Callable[..., list[Ran]], tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Ran]]:
    """Where the index is -> command -> what it says, on some hundred statements."""
    place = tmp_path_factory.mktemp("commands")
    texts = engine_texts.make(place / "texts", rows=100, chapters=2)
    lines = [[*command, "-C", str(texts), "--no-builtin"] for command in COMMANDS]
    found = {}
    for where in ("memory", "disk"):
        env = {"RUSQ_INDEX": where, "XDG_CACHE_HOME": str(place / "cache")}
        found[where] = dict(zip(map(" ".join, COMMANDS), batch(lines, place, env), strict=True))
        assert len(list((place / "cache").glob("rusq/*/*/index.json"))) == (where == "disk")
    return found


@pytest.mark.parametrize("command", [" ".join(command) for command in COMMANDS])
def test_every_command_says_the_same(answers: dict[str, dict[str, Ran]], command: str) -> None:
    memory, disk = answers["memory"][command], answers["disk"][command]
    assert (disk.status, disk.err) == (memory.status, memory.err)
    assert disk.out == memory.out
    assert disk.raw or disk.err


def test_what_answers_is_counted_to_two_hundred_on_disk(shelf: Shelf) -> None:
    # The one thing that legitimately differs: on disk nobody looks at every statement that would answer.
    shelf.write("documents/sv.txt", "".join(f"Lekeplasser i bydel nummer {number}.\n\n" for number in range(1, 236)))
    said = {
        where: ended(shelf.begin("search", "lekeplass", "--no-builtin", where=where)) for where in ("memory", "disk")
    }
    assert said["memory"].out.splitlines()[0] == "The first 20 of 235 statements on «lekeplass»"
    assert said["disk"].out.splitlines()[0] == "The first 20 of more than 100 statements on «lekeplass»"
    assert said["disk"].out.splitlines()[1:] == said["memory"].out.splitlines()[1:]
