"""Requests by authorities: who asks, with what paper, about whom, and what was answered."""

from __future__ import annotations

from shelterdesk.i18n import N_
from shelterdesk.vocab.lists import Code, CodeList

AUTHORITY_KINDS = CodeList(
    "authority_kinds",
    (
        Code("police", N_("Police")),
        Code("prosecution", N_("Prosecution")),
        Code("court", N_("Court")),
        Code("migration", N_("Migration service")),
        Code("border", N_("Border service")),
        Code("security", N_("State security")),
        Code("social_protection", N_("Social protection or guardianship")),
        Code("minors", N_("Commission for minors")),
        Code("embassy", N_("Embassy or consulate")),
        Code("inspection", N_("Inspection")),
        Code("ombudsman", N_("Ombudsperson")),
        Code("advocate", N_("Lawyer of somebody else")),
        Code("other", N_("Other")),
    ),
    open=True,
)

REQUEST_WAYS = CodeList(
    "request_ways",
    (
        Code("letter", N_("By letter")),
        Code("phone", N_("By phone")),
        Code("in_person", N_("In person")),
        Code("message", N_("By e-mail or message")),
        Code("looked_here", N_("Looked at it here")),
    ),
)

LEGAL_PAPERS = CodeList(
    "legal_papers",
    (
        Code("none", N_("None was shown")),
        Code("court_order", N_("Order of a court")),
        Code("prosecutor", N_("Decision of a prosecutor")),
        Code("investigator", N_("Decision of an investigator")),
        Code("written", N_("Written request")),
        Code("advocate", N_("Request of a lawyer")),
        Code("other", N_("Other")),
    ),
    open=True,
)

ABOUT_WHOM = CodeList(
    "about_whom",
    (
        Code("on_file", N_("Somebody on file")),
        Code("nobody", N_("Nobody on file")),
        Code("several", N_("Several people or the house")),
        Code("not_said", N_("We neither confirm nor deny")),
    ),
)

REQUEST_ANSWERS = CodeList(
    "request_answers",
    (
        Code("waiting", N_("Waiting")),
        Code("given", N_("Given")),
        Code("part", N_("Given in part")),
        Code("declined", N_("Declined")),
        Code("not_ours", N_("Not ours to answer")),
    ),
)

TOLD_OF_REQUEST = CodeList(
    "told_of_request",
    (
        Code("told", N_("She was told")),
        Code("not_yet", N_("Not yet")),
        Code("paper_forbids", N_("The paper forbids it")),
    ),
)
