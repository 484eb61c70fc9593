"""Message ids and their translation.

Labels, choices, problems and acts are English message ids marked with ``N_`` and are translated only when they
are shown, because a paper's language may differ from the window's. Catalogues lie in ``resources/i18n``.
"""

from __future__ import annotations

import gettext
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from shelterdesk.paths import resources

LANGUAGES = ("az", "en", "ru")

_state = {"language": "en"}


def N_(message: str) -> str:
    """Mark *message* for extraction and return it unchanged."""
    return message


def set_language(language: str) -> None:
    """Choose the language of the window; an unknown one falls back to English."""
    _state["language"] = language if language in LANGUAGES else "en"


def language() -> str:
    """Return the code of the window's language."""
    return _state["language"]


@cache
def _catalogue(code: str) -> gettext.NullTranslations:
    source: Path = resources() / "i18n" / f"{code}.mo"
    if code == "en" or not source.exists():
        return gettext.NullTranslations()
    with source.open("rb") as stream:
        return gettext.GNUTranslations(stream)


class _Values(dict[str, object]):
    """Values of placeholders; one that is missing stays as it is written."""

    def __missing__(self, name: str) -> str:
        return "{" + name + "}"


def _filled(translated: str, message: str, values: Mapping[str, object]) -> str:
    for words in (translated, message):
        try:
            return words.format_map(_Values(values))
        except (LookupError, ValueError, AttributeError, TypeError):
            continue
    return message


def text(message: str, language_code: str | None = None, /, **values: object) -> str:
    """Translate *message* and fill its named placeholders with *values*.

    A placeholder without a value is left as it stands, so that a wrong translation never costs a page.
    """
    translated = _catalogue(language_code or language()).gettext(message) if message else ""
    return _filled(translated, message, values) if values else translated


def _(message: str) -> str:
    """Translate *message* into the language of the window."""
    return text(message)


def ngettext(one: str, many: str, n: int, language_code: str | None = None, /, **values: object) -> str:
    """Choose and translate the plural form for *n* and fill ``{n}`` and other named placeholders."""
    translated = _catalogue(language_code or language()).ngettext(one, many, n)
    return _filled(translated, one if n == 1 else many, {**values, "n": n})


def pgettext(context: str, message: str, language_code: str | None = None, /) -> str:
    """Translate *message* as it is meant in *context*, where one English word has several translations."""
    return _catalogue(language_code or language()).pgettext(context, message)


def best_language(wanted: Iterable[str]) -> str:
    """Return the first of *wanted* (tags such as ``az-AZ`` or ``ru_RU.UTF-8``) that there is a catalogue for."""
    for tag in wanted:
        code = tag.replace("_", "-").split("-")[0].lower()
        if code in LANGUAGES:
            return code
    return "en"
