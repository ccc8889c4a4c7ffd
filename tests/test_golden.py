"""What people see, at four widths, compared with the files in golden/. After a change that is meant:

pytest tests/test_golden.py --regold, then read the difference before it is committed.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Ran

GOLDEN = Path(__file__).parent / "golden"
WIDTHS = (60, 80, 120, 200)
COMMANDS = {
    "search-nalokson": ["search", "nalokson"],
    "compare-overdose-heroin": [
        "compare",
        "-a",
        "H",
        "-a",
        "FrP",
        "-t",
        "overdose",
        "-t",
        "heroinassistert-behandling",
    ],
    "topic-heroin": ["topic", "heroinassistert-behandling"],
    "show-two": ["show", "h2017-b15", "frp2017-p26"],
    "actors": ["actors"],
    "sources": ["sources"],
    "topics": ["topics"],
    "map": ["map"],
    "map-by-source": ["map", "-a", "H", "--by", "source"],
    "compare-over-time": ["compare", "-a", "H", "--by", "source", "-t", "private-og-ideelle", "-t", "bolig"],
    "compare-nb": ["compare", "-a", "H", "-a", "FrP", "-t", "tvang", "--lang", "nb"],
    "similar-guarantee": ["similar", "h2017-b06"],
}
SHOWN = {f"{name}-{width}": [*args, "--width", str(width)] for name, args in COMMANDS.items() for width in WIDTHS}


@pytest.fixture(scope="module")
def shown(batch: Callable[..., list[Ran]], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Ran]:
    """What each command prints at each width, by the name of its golden file."""
    ran = batch(list(SHOWN.values()), tmp_path_factory.mktemp("golden"))
    return dict(zip(SHOWN, ran, strict=True))


@pytest.mark.parametrize("name", SHOWN)
def test_the_screen_shows_what_the_golden_file_holds(
    shown: dict[str, Ran], request: pytest.FixtureRequest, name: str
) -> None:
    file = GOLDEN / f"{name}.txt"
    assert (shown[name].status, shown[name].err) == (0, "")
    if request.config.getoption("regold"):
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(shown[name].raw)
    # Bytes, not text: a golden file must not change its line ends on its way through git.
    assert shown[name].raw.decode("utf-8") == file.read_bytes().decode("utf-8")


def test_every_golden_file_is_compared() -> None:
    assert sorted(file.stem for file in GOLDEN.iterdir()) == sorted(SHOWN)
