"""What authorities asked the demo house for: with a paper and without, about somebody here and about nobody."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time
from uuid import UUID

from shelterdesk.authority_requests import AuthorityRequest
from shelterdesk.i18n import N_
from shelterdesk.sample.names import PSYCHOLOGIST
from shelterdesk.sample.rows import Loom

_OFFICER, _CLERK, _CALLER = "Rəhimov", "Əliyeva", "Kərimli"


def tell_requests(loom: Loom, living: Sequence[UUID]) -> None:
    """Add requests, the first two about the first of those who live here, the third about the last of them.

    They come after everybody's story, so that they change nothing in any of them.
    """
    me, colleague = loom.desk.me.id, loom.colleagues.get(PSYCHOLOGIST)
    if living:
        loom.add(
            AuthorityRequest,
            loom.ago(4),
            received_on=loom.ago(4),
            received_at=time(11, 20),
            came_by="in_person",
            body="police",
            body_name=loom.say(N_("District office")),
            asked_by=_OFFICER,
            paper="none",
            about="on_file",
            person_id=living[0],
            asked=loom.say(N_("Whether she lives here, and since when.")),
            due_on=loom.ago(-3),
            answer="waiting",
            told="told",
        )
        loom.add(
            AuthorityRequest,
            loom.ago(33),
            received_on=loom.ago(33),
            came_by="letter",
            body="court",
            body_name=loom.say(N_("District court")),
            asked_by=_CLERK,
            paper="court_order",
            paper_number="2-114/26",
            paper_on=loom.ago(38),
            paper_until=loom.ago(-50),
            about="on_file",
            person_id=living[0],
            asked=loom.say(N_("The days on which she lived in the shelter, and her record.")),
            due_on=loom.ago(19),
            answer="part",
            answered_on=loom.ago(24),
            answered_by=colleague or me,
            given=loom.say(N_("One page with the two days. No address, and nothing from the record.")),
            given_by="letter",
            told="told",
            consent="not_asked",
            without_consent=loom.say(N_("The order of the court, named above.")),
            approved_by=me,
            approved_on=loom.ago(25),
        )
        loom.add(
            AuthorityRequest,
            loom.ago(9),
            received_on=loom.ago(9),
            came_by="letter",
            body="social_protection",
            asked_by=_CALLER,
            paper="written",
            paper_on=loom.ago(10),
            about="on_file",
            person_id=living[-1],
            asked=loom.say(N_("Whether she receives a benefit already.")),
            answer="given",
            answered_on=loom.ago(2),
            answered_by=colleague or me,
            given=loom.say(N_("One sentence: no benefit so far. She asked us to say so.")),
            given_by="letter",
            told="told",
            consent="not_asked",
            without_consent=loom.say(N_("Law on social protection: the office has to know of other benefits.")),
        )
    loom.add(
        AuthorityRequest,
        loom.ago(15),
        received_on=loom.ago(15),
        received_at=time(17, 5),
        came_by="phone",
        body="advocate",
        asked_by=_CALLER,
        paper="none",
        about="nobody",
        asked=loom.say(N_("Whether a woman of that name stays here.")),
        answer="declined",
        answered_on=loom.ago(15),
        answered_by=me,
        given=loom.say(N_("We say of nobody whether they are here. He was asked to write.")),
        given_by="phone",
    )
