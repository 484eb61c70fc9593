"""What tests do with the record of one person: find it, read it, fill in a form."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QLabel

from ui.pages.residents import ResidentsPage
from ui.window import Window


def record(window: Window) -> Any:
    page = window.page()
    assert isinstance(page, ResidentsPage)
    return page.record


def words_on(widget: Any) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def fill(form: Any, **values: Any) -> None:
    """Put values in as a person would: shown, and told as changed."""
    for name, value in values.items():
        form.set(name, value)
        form._changed(next(field for field in form.fields if field.attribute == name))
