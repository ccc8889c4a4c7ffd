"""Text from outside made harmless to show: nothing in it is obeyed by a terminal, whatever it says."""

from __future__ import annotations

# C0 and C1 controls but tab and line break, marks that turn the direction of text, the byte order mark.
_OBEYED = dict.fromkeys(
    [*range(0x09), *range(0x0B, 0x20), *range(0x7F, 0xA0), 0x61C, 0x200E, 0x200F, *range(0x2028, 0x202F),
     *range(0x2066, 0x206A), 0xFEFF],
    "\ufffd",
)  # fmt: skip


def harmless(text: str) -> str:
    """`text` with every character that a terminal might obey replaced by U+FFFD, the sign for a lost one."""
    return text if text.isprintable() else text.translate(_OBEYED)
