"""Message ids and their translation.

Labels, choices, problems and acts are English message ids marked with ``N_`` and are translated only when they
are shown, because a paper's language may differ from the window's. Catalogues lie in ``resources/i18n``.
"""

from __future__ import annotations

import gettext
from functools import cache
from pathlib import Path

from shelterdesk.paths import resources

DOMAIN = "shelterdesk"
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


def text(message: str, language_code: str | None = None, /, **values: object) -> str:
    """Translate *message* and fill its named placeholders with *values*.

    A placeholder without a value is left as it stands, so that a wrong translation never costs a page.
    """
    translated = _catalogue(language_code or language()).gettext(message) if message else ""
    if not values:
        return translated
    try:
        return translated.format(**values)
    except (KeyError, IndexError, ValueError):
        return message.format(**values)


def _(message: str) -> str:
    """Translate *message* into the language of the window."""
    return text(message)


def ngettext(one: str, many: str, n: int, language_code: str | None = None) -> str:
    """Choose and translate the plural form for *n* and fill ``{n}``."""
    return _catalogue(language_code or language()).ngettext(one, many, n).format(n=n)


def pgettext(context: str, message: str) -> str:
    """Translate *message* as it is meant in *context*, where one English word has several translations."""
    return _catalogue(language()).pgettext(context, message)
