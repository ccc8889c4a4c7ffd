"""`python -m bench.picture docs/compare.svg`: the picture in the README, of what the program really shows.

Drawn from the same sheets, laid out in the same way and with the same roles as on a terminal. The file stands
alone: it names fonts that systems have, and fetches none.
"""

from __future__ import annotations

import argparse
import io
import re
from collections.abc import Iterator
from pathlib import Path

from rich.console import CONSOLE_SVG_FORMAT, Console
from rich.text import Text

from rusq.harmless import harmless
from rusq.layout import lay_out
from rusq.library import Library
from rusq.select import Selection
from rusq.sheet import STRONG, Line, Run, Sheet
from rusq.terminal import STYLES
from rusq.views.positions import compare_sheet
from rusq.views.statements import search_sheet
from rusq.wording import Wording

WIDTH = 100
QUERY = "nalokson"
ACTORS = ("H", "FrP")
TOPICS = ("overdose", "heroinassistert-behandling")
_FONTS = "Menlo, Consolas, DejaVu Sans Mono, Liberation Mono, monospace"


def shown(library: Library) -> Iterator[Line]:
    """The lines of a session at the prompt: a search and a comparison."""
    say = Wording("en")
    found = library.find(QUERY)
    yield from _ran(f"rusq search {QUERY}", search_sheet(QUERY, found, explain=False, say=say))
    yield ()
    comparison = library.compare(Selection(actors=ACTORS, topics=TOPICS))
    options = "".join([*(f" -a {actor}" for actor in ACTORS), *(f" -t {topic}" for topic in TOPICS)])
    sheet = compare_sheet(comparison, library.theme_of, alike=library.alike, say=say)
    yield from _ran(f"rusq compare{options}", sheet)


def _ran(command: str, sheet: Sheet) -> Iterator[Line]:
    yield (Run("$ "), Run(command, STRONG))
    yield from lay_out(sheet, WIDTH)


def svg(lines: Iterator[Line]) -> str:
    """The lines as Rich draws a terminal window."""
    # Said outright, so that NO_COLOR and the like do not decide what the picture looks like.
    console = Console(
        file=io.StringIO(), record=True, width=WIDTH, force_terminal=True, color_system="truecolor", no_color=False
    )
    for line in lines:
        # A Text, never a string: data is not markup.
        text = Text.assemble(*((harmless(run.text), STYLES.get(run.role, "")) for run in line))
        console.print(text, soft_wrap=True, markup=False, emoji=False, highlight=False)
    drawn = console.export_svg(title="rusq", code_format=_template(), unique_id="rusq")
    return re.sub(r"[ \t]+$", "", drawn, flags=re.MULTILINE)


def _template() -> str:
    """Rich's own, without the fonts that it would have a browser fetch."""
    template = re.sub(r"@font-face \{\{.*?\}\}\s*", "", CONSOLE_SVG_FORMAT, flags=re.DOTALL)
    return template.replace("Fira Code, monospace", _FONTS)


def main() -> None:
    """Write the picture."""
    parser = argparse.ArgumentParser(prog="python -m bench.picture", description=__doc__.partition("\n")[0])
    parser.add_argument("file", type=Path, metavar="FILE.svg")
    file = parser.parse_args().file
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(svg(shown(Library.open())), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
