"""Who gives services: colleagues and organisations outside, and what that costs."""

from __future__ import annotations

from shelterdesk.i18n import N_
from shelterdesk.vocab.lists import Code, CodeList

# The group tells colleagues from those outside.
PROVIDER_KINDS = CodeList(
    "provider_kinds",
    (
        Code("own_staff", N_("Works here"), group="own"),
        Code("state_service", N_("State service"), group="outside"),
        Code("clinic", N_("Hospital or clinic"), group="outside"),
        Code("legal_service", N_("Lawyer or legal aid"), group="outside"),
        Code("psychologist", N_("Psychologist in private practice"), group="outside"),
        Code("interpreter", N_("Interpreter"), group="outside"),
        Code("ngo", N_("Organisation"), group="outside"),
        Code("shelter", N_("Another shelter"), group="outside"),
        Code("school", N_("School or course"), group="outside"),
        Code("emergency", N_("Emergency number"), group="outside"),
        Code("volunteer", N_("Volunteer"), group="outside"),
        Code("other", N_("Other"), group="outside"),
    ),
    open=True,
)

PROVIDER_COSTS = CodeList(
    "provider_costs",
    (
        Code("free", N_("Free of charge")),
        Code("reduced", N_("Reduced price")),
        Code("full", N_("Full price")),
        Code("insured", N_("Paid by the compulsory insurance")),
        Code("by_agreement", N_("By agreement")),
    ),
    open=True,
)
