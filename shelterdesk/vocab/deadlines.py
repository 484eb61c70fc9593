"""Dates that must not be missed: what ends or takes place, who decided, and how it stands."""

from __future__ import annotations

from shelterdesk.i18n import N_
from shelterdesk.vocab.lists import Code, CodeList

# ``listed`` stands on pages that lie open: neither a court nor an order is named there.
DEADLINE_KINDS = CodeList(
    "deadline_kinds",
    (
        Code("protection_order", N_("Protection order"), listed=N_("A paper ends"), group="paper"),
        Code("stay_authorised", N_("Authorised stay"), listed=N_("A paper ends"), group="paper"),
        Code("residence_permit", N_("Residence permit"), listed=N_("A paper ends"), group="paper"),
        Code("court_date", N_("Court date"), listed=N_("Appointment"), group="meeting"),
        Code("reflection_period", N_("Reflection period"), listed=N_("A date to prepare"), group="paper"),
        Code("other", N_("Another date"), listed=N_("A date to prepare"), group="other"),
    ),
)

DEADLINE_STATES = CodeList(
    "deadline_states",
    (
        Code("asked", N_("Asked for, no answer yet")),
        Code("stands", N_("Stands")),
        Code("not_given", N_("Not granted")),
        Code("postponed", N_("Put off, no new day yet")),
        Code("over", N_("Over")),
    ),
)

DEADLINE_BODIES = CodeList(
    "deadline_bodies",
    (
        Code("court", N_("Court"), aliases=("məhkəmə", "суд")),
        Code("local_executive", N_("Local executive power"), aliases=("icra hakimiyyəti", "исполнительная власть")),
        Code("police", N_("Police"), aliases=("polis", "полиция")),
        Code("prosecutor", N_("Prosecutor"), aliases=("prokurorluq", "прокуратура")),
        Code("migration_service", N_("Migration service"), aliases=("miqrasiya xidməti", "миграционная служба")),
        Code("social_protection", N_("Social protection authority")),
        Code("anti_trafficking", N_("Anti-trafficking department")),
        Code("shelter", N_("The shelter itself")),
        Code("other", N_("Other")),
    ),
    open=True,
)
