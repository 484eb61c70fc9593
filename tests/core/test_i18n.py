from __future__ import annotations

import ast
from pathlib import Path

import pytest
from babel.messages.catalog import Message

from installer import catalogues
from shelterdesk import i18n


def written(folder: Path, name: str, source: str) -> Path:
    file = folder / "shelterdesk" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(source, encoding="utf-8")
    return file


def test_text_leaves_what_has_no_value() -> None:
    assert i18n.text("Saved {time} by {who}", "en", time="14:02") == "Saved 14:02 by {who}"
    assert i18n.text("Saved {time}", "en") == "Saved {time}"
    assert i18n.text("", "ru") == ""
    assert i18n.text("Broken {", "en", time=1) == "Broken {"


def test_plurals_take_further_values() -> None:
    assert i18n.ngettext("{n} day, {name}", "{n} days, {name}", 2, "en", name="Lalə") == "2 days, Lalə"
    assert i18n.ngettext("{n} day", "{n} days", 1, "en") == "1 day"


def test_language_of_the_window() -> None:
    i18n.set_language("ru")
    assert i18n.language() == "ru"
    i18n.set_language("xx")
    assert i18n.language() == "en"
    assert i18n.best_language(["de-DE", "ru_RU.UTF-8", "en"]) == "ru"
    assert i18n.best_language(["az-AZ"]) == "az"
    assert i18n.best_language(["de"]) == "en"


def test_the_tree_has_no_string_that_cannot_be_translated() -> None:
    assert catalogues.check() == []


@pytest.mark.long
def test_babel_finds_every_string_that_is_marked() -> None:
    for file in catalogues.source_files():
        marked = {
            ast.literal_eval(call.args[0])
            for name, call in catalogues._calls(file)
            if name in {"_", "N_"} and call.args and isinstance(call.args[0], ast.Constant)
        }
        found = {words for entry in catalogues.found_in(file) for words in entry.message}
        assert marked - {""} <= found, file


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ('_(f"Saved {time}")', "plain string"),
        ('_("Saved {time}".format(time=1))', "plain string"),
        ('N_("Saved " + "now")', "plain string"),
        ('ngettext(f"{n} day", "{n} days", 2)', "plain string"),
        ('Problem("service.on", "Enter the date given")', "not marked"),
        ('text("Enter the date given")', "not marked"),
        ('text(f"Saved {time}")', "f-string"),
        ('_("Saved {}")', "without a name"),
        ('_("Saved %s")', "without a name"),
        ('_("Saved {")', "do not close"),
        ('_("Please wait")', "Please"),
        ('_("Loading...")', "..."),
    ],
)
def test_what_cannot_be_translated_is_named(tmp_path: Path, source: str, said: str) -> None:
    written(tmp_path, "page.py", source)
    problems = catalogues.source_problems(tmp_path)
    assert len(problems) == 1
    assert problems[0].startswith("shelterdesk/page.py:1: ")
    assert said in problems[0]


def test_what_can_be_translated_is_not_named(tmp_path: Path) -> None:
    written(
        tmp_path,
        "page.py",
        'LABEL = N_("Date given")\nshown = _(LABEL) + _("Saved {time}").format(time=1) + text(N_("{n} min"), n=1)\n'
        'Problem("service.on", N_("Enter the date given"))\n'
        'counted = ngettext("{n} day", "{n} days", 3) + pgettext("calendar", "May")\n',
    )
    assert catalogues.source_problems(tmp_path) == []
    found = {
        (entry.message, entry.context) for entry in catalogues.found_in(tmp_path / "shelterdesk/page.py", tmp_path)
    }
    assert found == {
        (("Date given",), None),
        (("Saved {time}",), None),
        (("{n} min",), None),
        (("Enter the date given",), None),
        (("{n} day", "{n} days"), None),
        (("May",), "calendar"),
    }


@pytest.mark.parametrize(
    ("message", "string", "problems"),
    [
        ("Saved {time}", "Saxlanıb {time}", 0),
        ("Saved {time}", "", 0),
        ("Saved {time}", "Saxlanıb", 1),
        ("Saved {time}", "Saxlanıb {vaxt}", 1),
        ("Saved {time}", "Saxlanıb {time", 1),
        (("{n} day", "{n} days"), ("{n} gün", "{n} gün"), 0),
        (("{n} day", "{n} days"), ("bir gün", "{n} gün"), 0),
        (("{n} day", "{n} days"), ("{n} gün", ""), 1),
        (("{n} day", "{n} days"), ("{n} gün", "{m} gün"), 1),
    ],
)
def test_placeholders_of_translations(message: str, string: str, problems: int) -> None:
    assert len(catalogues.message_problems(Message(message, string))) == problems


def test_a_broken_catalogue_is_named(tmp_path: Path) -> None:
    (tmp_path / "ru.po").write_text('msgid "a"\nmsgstr "b"\nnonsense\n', encoding="utf-8")
    assert catalogues.catalogue_problems("ru", tmp_path)
    assert catalogues.catalogue_problems("az", tmp_path)


def test_plural_forms_are_those_of_the_languages() -> None:
    assert catalogues.read("ru").num_plurals == 3
    assert catalogues.read("az").num_plurals == 2


def test_collecting_translating_compiling_and_showing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogues, "FOLDER", tmp_path / "i18n")
    monkeypatch.setattr(catalogues, "TEMPLATE", tmp_path / "i18n" / "shelterdesk.pot")
    assert catalogues.extract() > 500
    before = (tmp_path / "i18n" / "ru.po").read_bytes()
    catalogues.extract()
    assert (tmp_path / "i18n" / "ru.po").read_bytes() == before

    words = before.decode("utf-8")
    words = words.replace('msgid "Not asked yet"\nmsgstr ""', 'msgid "Not asked yet"\nmsgstr "Ещё не спрашивали"')
    plural = 'msgid "{n} day past"\nmsgid_plural "{n} days past"\n'
    empty = 'msgstr[0] ""\nmsgstr[1] ""\nmsgstr[2] ""'
    filled = 'msgstr[0] "{n} день назад"\nmsgstr[1] "{n} дня назад"\nmsgstr[2] "{n} дней назад"'
    words = words.replace(plural + empty, plural + filled)
    (tmp_path / "i18n" / "ru.po").write_text(words, encoding="utf-8")
    assert catalogues.catalogue_problems("ru", tmp_path / "i18n") == []
    catalogues.extract()
    catalogues.compile_catalogues()

    monkeypatch.setattr(i18n, "resources", lambda: tmp_path)
    i18n._catalogue.cache_clear()
    try:
        assert i18n.text("Not asked yet", "ru") == "Ещё не спрашивали"
        assert i18n.text("Not asked yet", "az") == "Not asked yet"
        shown = [i18n.ngettext("{n} day past", "{n} days past", n, "ru") for n in (1, 3, 5, 21)]
        assert shown == ["1 день назад", "3 дня назад", "5 дней назад", "21 день назад"]
    finally:
        i18n._catalogue.cache_clear()
