"""Lines of runs to text for a terminal or a file. The only room that knows Rich, and only where there is colour."""

from __future__ import annotations

from collections.abc import Iterable

from rusq.harmless import harmless
from rusq.sheet import AGAINST, FOR, MATCH, NOTE, QUALIFIED, SILENCE, STRONG, Line

# Never colour alone: a match is underlined as well, silence stands in brackets, a head is bold. Only the
# colours that every terminal has, so nothing needs to be found out about it.
STYLES = {
    MATCH: "bold underline yellow",
    NOTE: "dim",
    STRONG: "bold",
    SILENCE: "italic dim",
    FOR: "green",
    AGAINST: "bold red",
    QUALIFIED: "yellow",
}


def plain(lines: Iterable[Line]) -> str:
    """The lines as bare text, without colour and without blanks at their ends."""
    return "".join(harmless("".join(run.text for run in line)).rstrip(" ") + "\n" for line in lines)


def coloured(lines: Iterable[Line]) -> str:
    """The lines with colours and marks."""
    from rich.color import ColorSystem
    from rich.style import Style

    styles = {role: Style.parse(style) for role, style in STYLES.items()}
    out = []
    for line in lines:
        for run in line:
            style, text = styles.get(run.role), harmless(run.text)
            out.append(style.render(text, color_system=ColorSystem.STANDARD) if style else text)
        out.append("\n")
    return "".join(out)
