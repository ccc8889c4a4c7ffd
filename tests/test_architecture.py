"""The house stands: who may import whom, who opens files, who knows which library, and how long a room may be.

A module may import from floors below its own, never from beside or above. Imports inside functions and under
TYPE_CHECKING count too: they are knowledge all the same.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "rusq"

# Lowest first. A package is one room: its modules may use each other as INSIDE says.
FLOORS = [
    {"errors", "model", "harmless", "wording", "toml", "norwegian"},
    {"parse", "records", "numbers", "damage", "query", "lexicon", "index", "meaning", "spelling", "select", "store"},
    {"tables", "forms", "slips", "compare", "rows"},
    {"expand", "matching"},
    {"ranking"},
    {"corpus", "search", "topics", "similar", "sheet"},
    {"engine"},
    {"check", "library", "cite", "grid", "views", "importing"},
    {"layout", "terminal", "formats"},
    {"cli"},
    {"__main__"},
]
FLOOR_OF = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}

# What modules of one package may use of each other, beside what every command uses.
INSIDE = {
    ("norwegian.inflection", "norwegian.language"),
    ("norwegian.compounds", "norwegian.language"),
    ("norwegian.compounds", "norwegian.inflection"),
    ("norwegian.language", "norwegian.tokens"),
    ("norwegian.nynorsk", "norwegian.language"),
    ("norwegian.nynorsk", "norwegian.inflection"),
    ("formats.skos", "formats.json"),
    ("formats.opensearch", "formats.json"),
    *(
        (f"importing.{reader}", f"importing.{used}")
        for reader in ("pdf", "html", "flow", "plain", "markdown", "reading")
        for used in ("document", "mend")
    ),
    *(
        (f"importing.{reader}", f"importing.{used}")
        for reader in ("html", "docx", "markdown", "plain")
        for used in ("document", "flow")
    ),
    ("importing.docx", "importing.ooxml"),
    ("importing.ooxml", "importing.mend"),
    ("importing.html", "importing.article"),
    ("importing.html", "importing.encodings"),
    ("importing.markdown", "importing.plain"),
    ("importing.reading", "importing.flow"),
    # A PDF goes through rooms of its own: pages → furniture, contents → order → fonts → blocks → headings.
    *(
        ("importing.pdf", f"importing.{room}")
        for room in ("pages", "furniture", "contents", "order", "fonts", "blocks", "headings")
    ),
    ("importing.pages", "importing.faces"),
    ("importing.furniture", "importing.pages"),
    ("importing.contents", "importing.pages"),
    ("importing.contents", "importing.furniture"),
    ("importing.order", "importing.pages"),
    ("importing.order", "importing.furniture"),
    ("importing.order", "importing.mend"),
    ("importing.fonts", "importing.order"),
    ("importing.fonts", "importing.mend"),
    ("importing.blocks", "importing.furniture"),
    ("importing.blocks", "importing.order"),
    ("importing.blocks", "importing.pages"),
    ("importing.blocks", "importing.mend"),
    ("importing.headings", "importing.blocks"),
    ("importing.headings", "importing.furniture"),
    *(
        ("importing.reading", f"importing.{reader}")
        for reader in ("pdf", "html", "docx", "markdown", "plain", "encodings")
    ),
    ("importing.table", "importing.encodings"),
    ("importing.table", "importing.mend"),
    ("importing.table", "importing.cells"),
    ("importing.table", "importing.columns"),
    ("importing.columns", "importing.cells"),
    ("importing.columns", "importing.mend"),
    ("importing.adding", "importing.document"),
    ("importing.adding", "importing.reading"),
    ("importing.adding", "importing.table"),
    ("importing.adding", "importing.guess"),
    ("importing.adding", "importing.addrows"),
    ("importing.adding", "importing.shelf"),
    ("importing.addrows", "importing.document"),
    ("importing.addrows", "importing.shelf"),
    ("importing.addrows", "importing.table"),
    ("importing.shelf", "importing.document"),
    ("importing.shelf", "importing.numbering"),
    ("importing.folder", "importing.entries"),
    ("importing.folder", "importing.shelf"),
    # Of a large index the lowest lies in arrays, and cache sees to all.
    *((f"engine.{room}", "engine.arrays") for room in ("vocabulary", "statements", "plain", "building", "stored")),
    *(("engine.building", f"engine.{room}") for room in ("plain", "postings", "statements", "vocabulary")),
    *(("engine.stored", f"engine.{room}") for room in ("plain", "postings", "remembered", "statements", "vocabulary")),
    ("engine.plain", "engine.vocabulary"),
    *(("engine.searching", f"engine.{room}") for room in ("postings", "stored")),
    *(("engine.cache", f"engine.{room}") for room in ("building", "stored")),
    ("cli", "cli.app"),  # main() builds the application
    ("cli.options", "cli.output"),
}
COMMANDS_USE = {"cli", "cli.options", "cli.output"}  # of cli itself the exit statuses

# Heavy or outside libraries, and the only modules that may import them.
LIBRARIES = {
    "rich": {"terminal", "layout"},
    "rapidfuzz": {"search", "select", "spelling"},
    "rdflib": {"formats"},
    "pypdfium2": {"importing"},
    "selectolax": {"importing"},
    "markdown_it": {"importing"},
    "tomlkit": {"importing"},
    "tantivy": {"engine"},
    "platformdirs": {"engine"},
    "pyarrow": {"formats"},
    "typer": {"cli"},
    "tomllib": {"toml"},
    "tomli": set(),
    "pydantic": set(),
    "numpy": set(),
    "click": set(),
}

# Calls that touch files, and the only modules that may make them.
FILES = {
    ("corpus", "read_bytes"),
    ("importing.ooxml", "self.archive.open"),  # a part of an archive that is in memory already
    ("store", "read_bytes"),  # what is to be added to a corpus, and what the corpus has
    ("store", "os.open"),  # the folder, to lock it
    ("store", "mkdir"),
    ("store", "path.open"),
    # The files of a large index, in the user's cache folder.
    ("engine.arrays", "path.open"),
    ("engine.arrays", "self._path.open"),
    ("engine.arrays", "folder / f'{name}.utf8'.open"),
    ("engine.statements", "folder / 'statements.records'.open"),
    ("engine.vocabulary", "write_bytes"),
    ("engine.building", "write_text"),
    ("engine.stored", "read_text"),
    ("engine.postings", "mkdir"),
    ("engine.postings", "tantivy.Index.open"),
    ("engine.cache", "mkdir"),
    ("engine.remembered", "read_bytes"),
    ("engine.remembered", "mkdir"),
    ("engine.remembered", "write_text"),
    ("engine.cache", "place / _LOCK.open"),
    ("cli", "os.open"),  # the null device, in place of a pipe that is closed
    ("cli.output", "path.open"),  # a device or a named pipe that -o names
    ("cli.output", "os.open"),
    ("cli.output", "beside.open"),  # what -o writes
}
LINES_A_MODULE = 400
LINES_A_FUNCTION = 60


def name_of(path: Path) -> str:
    """`cli.output` for rusq/cli/output.py, `cli` for rusq/cli/__init__.py."""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {name_of(path): path for path in sorted(PACKAGE.rglob("*.py"))}
TREES = {name: ast.parse(path.read_text("utf-8")) for name, path in MODULES.items()}
every_module = pytest.mark.parametrize("module", [name for name in MODULES if name])


def room(module: str) -> str:
    return module.split(".")[0]


def imported(module: str) -> Iterator[str]:
    """Everything a module imports, by full name: `rusq.model` for `from rusq.model import Actor`."""
    for node in ast.walk(TREES[module]):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"relative import in line {node.lineno} of {module}"
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                yield whole if whole.removeprefix("rusq.") in MODULES else str(node.module)


def own_imports(module: str) -> set[str]:
    """The modules of rusq that a module imports; the package itself, which holds the version, is none."""
    return {name.removeprefix("rusq.") for name in imported(module) if name.startswith("rusq.")}


@every_module
def test_every_module_has_a_floor(module: str) -> None:
    assert room(module) in FLOOR_OF, f"say in FLOORS where {module} belongs"


def test_every_room_on_a_floor_is_there() -> None:
    assert set(FLOOR_OF) - {room(module) for module in MODULES} == set()


def allowed(module: str, used: str) -> bool:
    if room(module) != room(used):
        return FLOOR_OF[room(used)] < FLOOR_OF[room(module)]
    is_command = room(module) == "cli" and module not in {"cli.app", *COMMANDS_USE}
    return (module, used) in INSIDE or (is_command and used in COMMANDS_USE)


@every_module
def test_a_module_imports_only_from_the_floors_below(module: str) -> None:
    wrong = [used for used in sorted(own_imports(module)) if not allowed(module, used)]
    assert wrong == [], f"{module} is on floor {FLOOR_OF[room(module)]}"


def test_what_modules_of_a_package_may_use_of_each_other_they_do_use() -> None:
    assert {pair for pair in INSIDE if pair[1] not in own_imports(pair[0])} == set()


def test_the_package_itself_imports_nothing() -> None:
    assert list(imported("")) == []


@pytest.mark.parametrize("library", LIBRARIES)
def test_a_library_is_imported_only_where_it_belongs(library: str) -> None:
    users = {module for module in MODULES for name in imported(module) if room(name) == library}
    assert {room(module) for module in users} <= LIBRARIES[library]


@pytest.mark.parametrize("library", ["rich", "rapidfuzz", "rdflib"])
def test_a_heavy_library_is_imported_only_when_it_is_needed(library: str) -> None:
    at_once = {
        module
        for module, tree in TREES.items()
        for node in tree.body
        if (isinstance(node, ast.Import) and any(room(alias.name) == library for alias in node.names))
        or (isinstance(node, ast.ImportFrom) and room(node.module or "") == library)
    }
    assert at_once == set()


def test_layout_takes_only_the_width_of_signs_from_rich() -> None:
    assert {name for name in imported("layout") if room(name) == "rich"} <= {"rich.cells"}


# -- What a module touches

_TOUCHING = {"open", "read_text", "read_bytes", "write_text", "write_bytes", "fdopen", "mkdir", "symlink_to", "touch"}


def file_calls(module: str) -> Iterator[str]:
    """Calls that open, read or write files: `open`, `os.open`, or the method and, of `open`, its object."""
    for node in ast.walk(TREES[module]):
        if not isinstance(node, ast.Call):
            continue
        if isinstance(node.func, ast.Name) and node.func.id in _TOUCHING:
            yield node.func.id
        elif isinstance(node.func, ast.Attribute) and node.func.attr in _TOUCHING:
            owner = ast.unparse(node.func.value)
            if owner != "Library":  # Library.open opens a corpus, and leaves the files to `corpus`
                yield f"{owner}.open" if node.func.attr == "open" else node.func.attr


def test_only_corpus_reads_files_and_only_output_writes_them() -> None:
    assert {(module, call) for module in MODULES for call in file_calls(module)} == FILES


def spoken_of(module: str) -> Iterator[str]:
    """The environment, the streams and the exit status, where a module names them."""
    for node in ast.walk(TREES[module]):
        if isinstance(node, ast.Attribute) and ast.unparse(node) in {
            "os.environ", "os.getenv", "sys.argv", "sys.stdin", "sys.stdout", "sys.stderr", "sys.exit"
        }:  # fmt: skip
            yield ast.unparse(node)
        elif (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id in {"print", "input", "exit"}
        ):
            yield node.func.id


def test_only_cli_knows_the_environment_the_streams_and_the_exit_status() -> None:
    assert {room(module) for module in MODULES if list(spoken_of(module))} == {"cli"}


def test_no_module_goes_on_the_network() -> None:
    network = {"socket", "ssl", "http", "urllib", "ftplib", "smtplib", "asyncio", "requests", "httpx", "webbrowser"}
    used = {(module, name) for module in MODULES for name in imported(module) if room(name) in network}
    assert {(module, name) for module, name in used if name != "urllib.parse"} == set()  # that one only spells


# -- How it reads


@every_module
def test_a_module_fits_in_400_lines(module: str) -> None:
    assert len(MODULES[module].read_text("utf-8").splitlines()) < LINES_A_MODULE


@every_module
def test_a_function_fits_on_a_screen(module: str) -> None:
    lengths = {
        node.name: (node.end_lineno or node.lineno) - node.lineno + 1
        for node in ast.walk(TREES[module])
        if isinstance(node, ast.FunctionDef)
    }
    assert {name: lines for name, lines in lengths.items() if lines > LINES_A_FUNCTION} == {}


@every_module
def test_a_module_opens_by_naming_its_room(module: str) -> None:
    assert ast.get_docstring(TREES[module])


@every_module
def test_no_bare_except_and_no_assert_on_input(module: str) -> None:
    found = [
        f"line {node.lineno}"
        for node in ast.walk(TREES[module])
        if isinstance(node, ast.Assert) or (isinstance(node, ast.ExceptHandler) and node.type is None)
    ]
    assert found == []


@every_module
def test_no_name_that_says_nothing(module: str) -> None:
    names = {*module.split("."), *(node.name for node in ast.walk(TREES[module]) if isinstance(node, ast.ClassDef))}
    assert [
        name for name in names if name in {"utils", "common", "helpers"} or name.endswith(("Manager", "Helper"))
    ] == []


@every_module
def test_a_module_imports_no_private_name_of_another(module: str) -> None:
    private = [
        f"{node.module}.{alias.name}"
        for node in ast.walk(TREES[module])
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("rusq")
        for alias in node.names
        if alias.name.startswith("_") and not alias.name.startswith("__")
    ]
    assert private == []
