"""What a record says in fields that a paper gave no place of their own, the shelter's own included."""

from __future__ import annotations

from collections.abc import Collection

from shelterdesk.desk import Desk
from shelterdesk.documents.blocks import Aside
from shelterdesk.fields import Kind, says
from shelterdesk.i18n import text
from shelterdesk.schema.base import Record


def rest_lines(desk: Desk, record: Record, placed: Collection[str], language: str) -> list[Aside]:
    """Return a line for each of them that is open to the reader; *placed* as in :meth:`Desk.rest`. Links stay out."""
    return [
        Aside(text(field.label, language), field.show(value, language))
        for field in desk.rest(type(record), placed)
        if field.kind is not Kind.LINK and says(value := field.read(record))
    ]
