"""Guesses of title, year and actor: made where the text says so, told with what they rest on, else not made."""

from __future__ import annotations

import pytest

from rusq.corpus import Corpus, builtin_folder
from rusq.importing.guess import Clues, Guess, actor_of, title_of, year_of

ACTORS = Corpus([builtin_folder()]).actors
ORDINARY = frozenset({"for", "helse", "sentrum"})


def clues(name: str = "tekst.txt", title: str = "", text: str = "Vi vil mer.\n") -> Clues:
    return Clues(name, title, text)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        pytest.param(clues(title=" Et varmere\nNorge "), Guess("Et varmere Norge", "the file says so"), id="stated"),
        pytest.param(
            clues(text="Vi vil mer.\n\n# Et varmere Norge\n"),
            Guess("Et varmere Norge", "the first heading"),
            id="the first heading",
        ),
        pytest.param(
            clues(title="program.indd", text="# Ny politikk\n"),
            Guess("Ny politikk", "the first heading"),
            id="a file's",
        ),
        pytest.param(
            clues(title="Microsoft Word - utkast", text="\f## Ny politikk\n"),
            Guess("Ny politikk", "the first heading"),
            id="an office program's, a heading on the second page",
        ),
        pytest.param(
            clues(title="Mer\x1b[2J\u202e frihet"), Guess("Mer [2J frihet", "the file says so"), id="odd signs"
        ),
        pytest.param(clues(name="tekst.txt", title="Tekst"), Guess(None), id="the name of the file"),
        pytest.param(clues(text="# Innhold\n"), Guess(None), id="what all texts have"),
        pytest.param(clues(text="# 2025\n"), Guess(None), id="no word"),
        pytest.param(clues(), Guess(None), id="none"),
    ],
)
def test_a_title_is_what_the_file_states_or_its_first_heading(given: Clues, expected: Guess) -> None:
    assert title_of(given) == expected


PERIOD = "the first year of the period it is for."


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        pytest.param(
            clues(title="Program 2025–2029"),
            Guess(2025, f"«Program 2025–2029» (its title): {PERIOD}"),
            id="period in the title",
        ),
        pytest.param(
            clues(text="# Ny politikk\nProgram for perioden 2021 - 2025\n"),
            Guess(2021, f"«Program for perioden 2021 - 2025» (line 2): {PERIOD}"),
            id="period in a short line of the first page",
        ),
        pytest.param(
            clues(text="# Vårt program\nFor 2025-29\n"),
            Guess(2025, f"«For 2025-29» (line 2): {PERIOD}"),
            id="two figures",
        ),
        pytest.param(
            clues(name="program_2017-2021.pdf"),
            Guess(2017, "The name of the file, 'program_2017-2021.pdf', says so."),
            id="period in the name of the file",
        ),
        pytest.param(
            clues(name="krf2013.txt"), Guess(2013, "The name of the file, 'krf2013.txt', says so."), id="year in it"
        ),
        pytest.param(
            clues(title="Valgprogram 2013"),
            Guess(2013, "«Valgprogram 2013» (its title): the year that it names."),
            id="year in the title",
        ),
        pytest.param(
            clues(text="# A\nFor 2017–2021\nFor 2021–2025\n"),
            Guess(None, "the first page names several periods"),
            id="two",
        ),
        pytest.param(clues(title="Norge 1814–2014"), Guess(None), id="an age"),
        pytest.param(clues(title="Veien til 2050"), Guess(None), id="a year to come"),
        pytest.param(clues(title="Tlf. 2222 3333 og 20252029"), Guess(None), id="other figures"),
        pytest.param(
            clues(
                text="I perioden 2017–2021 har stadig flere måttet vente lenge på hjelp, og slik skal det ikke være.\n"
            ),
            Guess(None),
            id="a period in running text",
        ),
        pytest.param(clues(text="Vedtatt 5. april 2025\n"), Guess(None), id="a year in the text"),
        pytest.param(clues(name="fra 2013 til 2017.txt"), Guess(None), id="two years in the name"),
    ],
)
def test_a_year_is_guessed_from_a_period_or_a_name_and_told_with_it(given: Clues, expected: Guess) -> None:
    assert year_of(given, this_year=2026) == expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        pytest.param(clues("sv-2025.pdf"), Guess("SV", "the name of the file, 'sv-2025.pdf'"), id="file: an id"),
        pytest.param(
            clues("Arbeiderpartiets.pdf"), Guess("Ap", "the name of the file, 'Arbeiderpartiets.pdf'"), id="its"
        ),
        pytest.param(
            clues("h2017.txt"), Guess("H", "the name of the file, 'h2017.txt'"), id="file: a letter and a year"
        ),
        pytest.param(
            clues("miljøpartiet_de_grønne.md"),
            Guess("MDG", "the name of the file, 'miljøpartiet_de_grønne.md'"),
            id="file: several words",
        ),
        pytest.param(clues("v2-utkast.txt"), Guess(None), id="file: a letter that is a version"),
        pytest.param(clues("a.txt"), Guess(None), id="file: a letter alone"),
        pytest.param(clues("hoyre-og-venstre.txt"), Guess(None), id="file: two actors"),
        pytest.param(
            clues("program-for-sv.pdf"),
            Guess("SV", "the name of the file, 'program-for-sv.pdf'"),
            id="file: ordinary words",
        ),
        pytest.param(clues("HELSE.pdf", text="HELSE\nVi vil mer.\n"), Guess(None), id="an ordinary word in capitals"),
        pytest.param(
            clues(text="PROGRAM FOR SENTERPARTIET\n"),
            Guess("Sp", "«PROGRAM FOR SENTERPARTIET» on its first page"),
            id="first page: all in capitals",
        ),
        pytest.param(clues("regjeringen-2024.txt"), Guess(None), id="file: some government"),
        pytest.param(
            clues(title="Venstres program"), Guess("V", "its title, «Venstres program»"), id="title: in the genitive"
        ),
        pytest.param(clues(title="Til venstre for midten"), Guess(None), id="title: no name, without a capital"),
        pytest.param(
            clues(text="KrF vil dette.\nKrF vil hint.\nMye står igjen.\nKrF skal gjøre det.\nKrF vil mer.\n"),
            Guess("KrF", "the text says «KrF vil» or the like 4 times"),
            id="text: who intends",
        ),
        pytest.param(
            clues(text="Høyre vil dette. Høyre vil hint. Høyre vil mer. Ap vil også. Ap skal også.\n"),
            Guess(None),
            id="text: two who intend",
        ),
        pytest.param(clues(text="Regjeringen vil kutte. " * 9), Guess(None), id="text: a government"),
        pytest.param(clues(text="V vil. V skal. V vil. V mener.\n"), Guess(None), id="text: a letter"),
        pytest.param(
            clues(text="Mer frihet\nProgram for Senterpartiet\nVi vil mer.\n"),
            Guess("Sp", "«Program for Senterpartiet» on its first page"),
            id="first page: a short line",
        ),
        pytest.param(clues(text="Vi var i møte med Høyre.\n"), Guess(None), id="first page: a sentence"),
        pytest.param(
            clues(text="Plattform for\nHøyre og Venstre\n"),
            Guess(None, "its first page names H and V"),
            id="first page: two",
        ),
        pytest.param(
            clues("venstre.txt", text="Rødt vil ha. Rødt skal ha. Rødt krever.\n"),
            Guess(
                None, "the name of the file, 'venstre.txt', names V, but the text says «Rødt vil» or the like 3 times"
            ),
            id="what speaks against one another",
        ),
    ],
)
def test_an_actor_is_guessed_only_where_one_stands_out(given: Clues, expected: Guess) -> None:
    assert actor_of(given, ACTORS, ORDINARY) == expected
