"""Where help was given, and in which money."""

from __future__ import annotations

from shelterdesk.i18n import N_
from shelterdesk.vocab.lists import Code, CodeList

SERVICE_PLACES = CodeList(
    "service_places",
    (
        Code("house", N_("In the house")),
        Code("office", N_("At an office")),
        Code("clinic", N_("At a clinic"), listed=N_("Out of the house")),
        Code("court", N_("At court or with the police"), listed=N_("Out of the house")),
        Code("school", N_("At a school or course")),
        Code("workplace", N_("At a workplace")),
        Code("own_home", N_("Where the person lives"), listed=N_("Out of the house")),
        Code("phone", N_("By phone")),
        Code("video", N_("By video or messages")),
        Code("elsewhere", N_("Somewhere else")),
    ),
    open=True,
)

CURRENCIES = CodeList(
    "currencies",
    (
        Code("azn", N_("Azerbaijani manat (AZN)"), aliases=("manat", "₼")),
        Code("usd", N_("US dollar (USD)"), aliases=("dollar", "$")),
        Code("eur", N_("Euro (EUR)"), aliases=("€",)),
        Code("gel", N_("Georgian lari (GEL)"), aliases=("lari",)),
        Code("try", N_("Turkish lira (TRY)"), aliases=("lira",)),
        Code("rub", N_("Russian rouble (RUB)"), aliases=("rouble", "ruble")),
        Code("gbp", N_("Pound sterling (GBP)"), aliases=("pound", "£")),
        Code("chf", N_("Swiss franc (CHF)"), aliases=("franc",)),
        Code("kzt", N_("Kazakhstani tenge (KZT)"), aliases=("tenge",)),
        Code("uah", N_("Ukrainian hryvnia (UAH)"), aliases=("hryvnia",)),
        Code("uzs", N_("Uzbekistani sum (UZS)"), aliases=("sum",)),
    ),
)
"""Codes of ISO 4217 in small letters; each of these has two decimals."""

FOLLOW_UPS = CodeList(
    "follow_ups",
    (
        Code("appointment", N_("Appointment")),
        Code("task", N_("Task")),
    ),
)

HELP_FAMILIES = ("material_help", "financial_help")
"""Families of services that are things or money."""
