"""What to think of before a resident goes to a partner. Nothing here forbids anything: it is said beside the form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from shelterdesk import formats, vocab
from shelterdesk.desk import Desk
from shelterdesk.i18n import N_, text
from shelterdesk.partners import Partner
from shelterdesk.reach import Reach, reach_of
from shelterdesk.schema.base import declared, text_of
from shelterdesk.sharing import may_share
from shelterdesk.work import AT_PARTNER, Work, WorkRow

SEEN = ("paid_in_full", "papers_with_worker", "free_to_leave")
"""What is looked at during a visit, as attributes of the partner."""
_CONSENT = "share_employer"


@dataclass(frozen=True)
class Caution:
    """One thing to think of: a few words and a sentence. ``people`` are those it speaks of."""

    code: str
    title: str
    words: str
    values: Mapping[str, object] = field(default_factory=dict[str, object])
    people: tuple[WorkRow, ...] = ()

    def title_text(self) -> str:
        """Return the few words for people."""
        return text(self.title, **self.values)

    def text(self) -> str:
        """Return the sentence for people."""
        return text(self.words, **self.values)


def cautions(
    desk: Desk, work: Work, person_id: UUID | None, partner_id: UUID | None, placement_id: UUID | None = None
) -> list[Caution]:
    """Return what to think of when a person is to go to a partner; *placement_id* is the one being changed."""
    partner = work.partners.get(partner_id) if partner_id is not None else None
    if partner is None:
        return []
    found = list(_others(work, partner, person_id, placement_id))
    found += _partner(desk, partner)
    if person_id is not None:
        found += _consent(desk, person_id, partner)
    return found


def _others(work: Work, partner: Partner, person_id: UUID | None, placement_id: UUID | None) -> Iterator[Caution]:
    there = [
        row for row in work.with_partner(partner.id) if row.person_id != person_id and row.placement.id != placement_id
    ]
    if not there:
        return
    here = [row for row in there if row.stage in AT_PARTNER]
    title = N_("Another resident is there already") if here else N_("Another resident is to go there")
    words = N_(
        "Two residents at one partner can be connected with each other and with the house. Ask both before you save, "
        "or look for another place."
    )
    yield Caution("second_resident", title, words, people=tuple(there))


def _partner(desk: Desk, partner: Partner) -> Iterator[Caution]:
    today = desk.today()
    if partner.vetted_on is None:
        yield Caution(
            "not_vetted",
            N_("Nobody has looked at this partner yet"),
            N_("Visit before the first day: pay, papers, and whether one may leave at any time."),
        )
    elif partner.visit_by is not None and partner.visit_by < today:
        yield Caution(
            "visit_past",
            N_("The next visit is past its day"),
            N_("It was to be by {day}."),
            {"day": formats.day(partner.visit_by)},
        )
    if partner.agreement_until is not None and partner.agreement_until < today:
        yield Caution(
            "agreement_over",
            N_("The agreement has ended"),
            N_("It ran until {day}."),
            {"day": formats.day(partner.agreement_until)},
        )
    for attribute in SEEN:
        if getattr(partner, attribute) is False:
            label = text(declared(Partner, attribute).label)
            yield Caution(
                attribute,
                N_("Not as it should be at the last visit"),
                N_("«{what}»: no. Speak about it before anybody begins there."),
                {"what": label},
            )


def _consent(desk: Desk, person_id: UUID, partner: Partner) -> Iterator[Caution]:
    """Tell where she has not agreed that this partner hears of her; a «yes» for another one is none."""
    if reach_of(desk, person_id) is not Reach.OPEN:
        return
    name = text_of(partner, "name")
    standing = may_share(desk, person_id, _CONSENT, name)
    if standing.given:
        return
    said = vocab.CONSENT_ANSWERS.label(standing.consent.answer if standing.consent is not None else "not_asked")
    yield Caution(
        "no_consent",
        N_("No consent yet: employer or school"),
        N_("Her answer so far: {answer}. Without it the partner is told nothing, not even a name."),
        {"answer": said},
    )
