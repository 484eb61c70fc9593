"""Kinds of scans and photos, and the compartment each usually belongs to."""

from __future__ import annotations

from shelterdesk.i18n import N_
from shelterdesk.vocab.lists import Code, CodeList

FILE_KINDS = CodeList(
    "file_kinds",
    (
        Code("identity_document", N_("Identity document or passport"), group="identity"),
        Code("birth_certificate", N_("Birth certificate"), group="identity"),
        Code("residence_paper", N_("Residence or border paper"), group="identity"),
        Code("photo_of_her", N_("Photo of the person"), group="identity"),
        Code("certificate", N_("Diploma or school paper"), group="identity"),
        Code("work_contract", N_("Work contract or payslip"), group="identity"),
        Code("consent_signed", N_("Signed consent"), group="case"),
        Code("referral_paper", N_("Referral paper"), group="case"),
        Code("police_paper", N_("Police or prosecutor's paper"), group="case"),
        Code("evidence", N_("Evidence: messages, threats, pictures"), group="case"),
        Code("court_paper", N_("Court or legal paper"), group="legal"),
        Code("medical_paper", N_("Health paper"), group="medical"),
        Code("injury_photo", N_("Photo of injuries"), group="medical"),
        Code("psychological_paper", N_("Psychological paper"), group="clinical"),
        Code("house_paper", N_("Signed receipt or house paper"), group="house"),
        Code("other", N_("Other"), group="identity"),
    ),
    open=True,
)

HOLD_REASONS = CodeList(
    "hold_reasons",
    (
        Code("court", N_("Court case or investigation")),
        Code("claim", N_("Claim or complaint")),
        Code("audit", N_("Audit")),
        Code("her_wish", N_("Her own wish")),
        Code("other", N_("Other")),
    ),
    open=True,
)
