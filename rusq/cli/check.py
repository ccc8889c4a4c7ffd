"""`rusq check`: what is wrong or doubtful in a corpus."""

from rusq.check import doubts, summary
from rusq.cli import FOUND, UNUSABLE
from rusq.cli.options import command
from rusq.cli.output import Output, Result
from rusq.grid import Grid
from rusq.library import Library
from rusq.views.listings import problems_sheet


@command()
def check(*, library: Library, out: Output) -> int:
    """Say what is wrong or doubtful in a corpus, with file and line.

    \b
    Examples:
      rusq check
      rusq check -f jsonl

    Exit status 2 if there is a fault; a doubt is worth a look, and stops nothing.
    """
    problems = library.corpus.problems()
    if not problems:
        problems = list(doubts(library.corpus, library.topic_map))
    records = [{"file": p.file, "line": p.line, "what": p.what, "doubt": p.doubt} for p in problems]
    corpus = library.corpus
    counted = (
        f"{len(corpus.sources)} texts, {len(corpus.statements)} statements"
        if not any(not p.doubt for p in problems)
        else ""
    )
    head = ": ".join(part for part in (summary(problems), counted) if part)
    out.print(
        Result(
            data=lambda: {"problems": records},
            records=lambda: records,
            grid=lambda: Grid(
                ("file", "line", "what", "doubt"),
                tuple((p.file, p.line, p.what, str(p.doubt).lower()) for p in problems),
            ),
            sheet=lambda _: problems_sheet(head, problems),
        )
    )
    return UNUSABLE if any(not p.doubt for p in problems) else FOUND
