"""A request by an authority on paper, for the file: what was asked, what was given, and who approved it."""

from __future__ import annotations

from typing import Final

from shelterdesk import formats
from shelterdesk.access import Right, require
from shelterdesk.authority_requests import AuthorityRequest
from shelterdesk.desk import Desk
from shelterdesk.documents.blocks import (
    Aside,
    Block,
    Document,
    Field,
    Heading,
    Ruled,
    Signatures,
)
from shelterdesk.documents.confidential import IN_THE_FILE, code_box, confidential
from shelterdesk.fields import CLOSED, Kind
from shelterdesk.fields import Field as Declared
from shelterdesk.i18n import N_, text
from shelterdesk.names import names_for
from shelterdesk.person_reading import codes_by_person
from shelterdesk.printed import log_paper
from shelterdesk.reach import require_reach

REQUEST_PAPER: Final = "authority_request"
"""What the log calls the paper."""


def request_paper(desk: Desk, request: AuthorityRequest, language: str) -> Document:
    """Return the paper; the code is the only thing that says whom it is about. Raises NotAllowed, NeedsReason."""
    require(desk, Right.CASE_WORK)
    if request.person_id is not None:
        require_reach(desk, request.person_id)

    def say(message: str, **values: object) -> str:
        return text(message, language, **values)

    with desk.read() as db:
        code = codes_by_person(db).get(request.person_id, "") if request.person_id else ""
    blocks: list[Block] = []
    group = ""
    for field in desk.fields(AuthorityRequest):
        words = _words(desk, field, request, language)
        if field.attribute == "person_id" or not words:
            continue
        if field.group != group:
            group = field.group
            blocks.append(Heading(say(group)))
        blocks.append(Aside(say(field.label), words))
    if request.waits:
        blocks.append(Ruled(6, say(N_("What was given, or why not"))))
    blocks.append(
        Signatures(
            (
                Field(say(N_("For the authority")), 3),
                Field(say(N_("For the shelter")), 3),
                Field(say(N_("Approved by")), 3),
                Field(say(N_("Date")), 2),
            )
        )
    )
    printed = formats.day(desk.today(), language)
    return Document(
        title=say(N_("Request by an authority")),
        subtitle=say(N_("What was asked, what was given, and who approved it.")),
        language=language,
        file_name="request",
        key=code_box(code, language),
        blocks=tuple(blocks),
        foot=confidential(IN_THE_FILE, language, code or "–", printed),
    )


def note_request_paper(desk: Desk, request: AuthorityRequest, *, how: str, for_whom: str = "") -> None:
    """Log that the paper leaves the program; *how* is ``print`` or ``pdf``. Raises NotAllowed."""
    require(desk, Right.CASE_WORK)
    if request.person_id is not None:
        require_reach(desk, request.person_id)
    log_paper(desk, REQUEST_PAPER, how=how, about=request.person_id, for_whom=for_whom)


def _words(desk: Desk, field: Declared, request: AuthorityRequest, language: str) -> str:
    value = field.read(request)
    if value is CLOSED:
        return text(N_("sealed"), language)
    names = names_for(desk, field.target) if field.kind is Kind.LINK else None
    return field.show(value, language, names)
