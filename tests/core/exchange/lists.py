"""Invented lists as shelters keep them: the HTCDS workbooks filled in by many hands, and sheets of no standard."""

from __future__ import annotations

import random
import warnings
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import openpyxl

HTCDS = Path(__file__).parents[2] / "data" / "htcds"
PLAIN = HTCDS / "HTCDS Excel Spreadsheet v2.0.xlsx"
VALIDATED = HTCDS / "HTCDS Excel Spreadsheet single select with validation v2.0.xlsx"
FIRST_ROW = 3

GIVEN = (
    "Aysel", "Gülnarə", "Nigar", "Лейла", "Светлана", "Madina", "زهرا", "Oksana", "Xədicə", "María José", "Dilnoza",
    "Фатима", "გვანცა", "Sevinc", "Rəna",
)  # fmt: skip
FAMILY = (
    "Məmmədova", "Əliyeva", "Иванова", "Каримова", "Nguyễn", "احمدی", "O'Brien", "Yusifzadə", "Petrenko", "მაისურაძე",
    "Hacıyeva", "Сулейманова", "Rzayeva", "Kaya", "Ivanova-Quliyeva",
)  # fmt: skip
COUNTRIES = (
    ("AZ", ("AZ", "Azerbaijan", "Azərbaycan", "Азербайджан", "AZE", "azerbaijan ", "Azerbaycan")),
    ("UZ", ("UZ", "Uzbekistan", "Özbəkistan", "Узбекистан")),
    ("TR", ("TR", "Turkey", "Türkiyə", "Турция")),
    ("RU", ("RU", "Russian Federation", "Rusiya", "Россия", "РФ")),
    ("IR", ("IR", "Iran (Islamic Republic of)", "İran", "Иран")),
    ("GE", ("GE", "Georgia", "Gürcüstan", "Грузия")),
)
GENDERS = (
    ("woman", ("Feminine", "female", "F", "Qadın", "Женский", " feminine")),
    ("man", ("Masculine", "M", "Kişi", "мужской")),
    ("trans_woman", ("TransgenderFeminine", "Transgender Feminine")),
    ("not_known", ("NonSpecifiedUnknown", "Not Specified/Unknown", "not known")),
)
EXPLOITATION = (
    ("forced_labour", ("ForcedLabour", "Forced labour", "forced labor", "Məcburi əmək")),
    ("sexual", ("SexualExploitation", "Sexual exploitation", "сексуальная эксплуатация")),
    ("forced_begging", ("ForcedBegging", "Forced begging")),
    ("forced_military", ("ForcedMilitaryByNonStateActors", "Forced military (by non-state actors)")),
    ("servitude", ("Servitude", "servitude ")),
)
CONTROL = (
    ("debt_bondage", ("DebtBondage", "Debt bondage ", "debt bondage")),
    ("threats_of_police", ("ThreatsLawEnforcement", "Threats of law enforcement")),
    ("threats_to_family", ("ThreatensChildrenFamily", "Threatens children/family")),
    ("withholds_documents", ("WithholdsDocuments", "Withholds documents")),
)
RECRUITMENT = (
    ("business_place", ("AtAPlaceOfBusiness", "At a place of business")),
    ("friends", ("ThroughFriendsOrSocialEvents", "Through friends or social events")),
    ("online_advert", ("ThroughAnOnlineAdvertisement", "Through an online advertisement")),
)
SECTORS = (
    ("construction", ("F_Construction", "Construction")),
    ("water", ("Water supply; sewerage, waste management and remediation",)),
    ("agriculture", ("A_AgricultureForestryAndFishing", "Agriculture, forestry and fishing")),
)
STATUSES = (
    ("potential", ("PossibleVictimOfTrafficking", "Possible victim of trafficking")),
    ("identified", ("ActualVictimOfTrafficking", "Actual victim of trafficking")),
    ("not_trafficked", ("NotAVictimOfTrafficking", "Not a victim of trafficking")),
)
DECIDED = (
    ("police", ("Police", "police")),
    ("court_or_prosecution", ("CourtOrProsecution", "Court or prosecution")),
    ("other_government", ("NonPoliceGovernmentalOrganization", "Non-police governmental organization")),
)
PHASES = ((None, ("Active",)), ("follow_up", ("FollowUp", "Follow up")), ("closed", ("Closed", "Closed Referred")))
CONSENTS = (("given", ("Yes", True, "TRUE", "да", "Bəli", 1)), ("declined", ("No", False, "нет", "xeyr")))
REASONS = (
    ("more_services", ("AdditionalServicesRequired", "Additional Services Required")),
    ("moves", ("MigrationOrChangeOfLocation", "Migration Or Change Of Location", "Migration or Change of Location")),
)
MONTHS_RU = tuple("янв фев мар апр мая июн июл авг сен окт ноя дек".split())  # noqa: SIM905
MONTHS_AZ = tuple("yan fev mart apr may iyun iyul avq sent okt noy dek".split())  # noqa: SIM905


@dataclass
class Meant:
    """What a row means, whatever way it was spelled."""

    row: int
    given: str
    family: str | None
    values: dict[str, Any] = field(default_factory=dict)


def spelled_day(day: date, way: int) -> Any:
    """Return a day as one of many hands would have typed it."""
    ways = (
        day,
        datetime(day.year, day.month, day.day),  # noqa: DTZ001 - cells have no zone
        f"{day.day:02d}.{day.month:02d}.{day.year}",
        f"{day.day}/{day.month}/{day.year}",
        day.isoformat(),
        f"{day.day} {MONTHS_RU[day.month - 1]} {day.year} г.",
        f"{day.day} {MONTHS_AZ[day.month - 1]} {day.year}",
        f" {day.day:02d}.{day.month:02d}.{day.year}\u00a0",
        (day - date(1899, 12, 30)).days,
        f"{day.day:02d}.{day.month:02d}.{day.year % 100:02d}",
    )
    return ways[way % len(ways)]


def one_of(chance: random.Random, choices: tuple[tuple[Any, tuple[Any, ...]], ...]) -> tuple[Any, Any]:
    """Return a code and one of its spellings."""
    code, spellings = chance.choice(choices)
    return code, chance.choice(spellings)


def several_of(chance: random.Random, choices: Any, *, many: bool) -> tuple[frozenset[str], str]:
    """Return one or more codes and a cell that names them all."""
    picked = chance.sample(choices, chance.randint(1, 3) if many else 1)
    separator = chance.choice(("; ", ";", "\n", ", "))
    return frozenset(code for code, _ in picked), separator.join(chance.choice(words) for _, words in picked)


def filled_row(chance: random.Random, number: int, *, many: bool) -> tuple[Meant, dict[str, Any]]:
    """Return what a row means, and its cells by title."""
    given = f"{chance.choice(GIVEN)}{'' if number % 7 else '  ' + chance.choice(GIVEN)}"
    family = chance.choice(FAMILY) if number % 11 else None
    meant = Meant(number, " ".join(given.split()), family)
    cells: dict[str, Any] = {"First Name": f" {given}\u00a0" if number % 3 else given, "Second Name": family}
    want = meant.values
    born = date(1958, 1, 1) + timedelta(days=chance.randrange(18000))
    if number % 5 == 0:
        want["birth"], want["birth_day"] = str(born.year), None
        cells["Birthdate"] = chance.choice((born.year, str(born.year), f"{born.year} г.", f"{born.year}-ci il"))
    elif number % 5 == 1:
        want["birth"], want["birth_day"] = f"~{born.year}", None
        cells["Birthdate"] = chance.choice(
            (f"about {born.year}", f"около {born.year}", f"~{born.year}", f"{born.year}?")
        )
    else:
        want["birth"], want["birth_day"] = f"{born.year}-{born.month:02d}", born.day
        cells["Birthdate"] = spelled_day(born, chance.randrange(9))
    want["gender"], cells["Gender"] = one_of(chance, GENDERS)
    want["citizenships"], cells["Citizenship"] = several_of(chance, COUNTRIES, many=many)
    want["exploitation_types"], cells["Type of Exploitation"] = several_of(chance, EXPLOITATION, many=many)
    want["control_methods"], cells["Methods of Control"] = several_of(chance, CONTROL, many=many)
    want["recruitment_methods"], cells["Method of Recruitment"] = several_of(chance, RECRUITMENT, many=many)
    want["labour_sector"], cells["Forced Labour Industry"] = one_of(chance, SECTORS)
    want["status"], cells["Trafficking Status"] = one_of(chance, STATUSES)
    want["decided_by"], cells["Trafficking Status Decision Making Organization"] = one_of(chance, DECIDED)
    want["phase"], cells["Status"] = one_of(chance, PHASES)
    want["consent"], cells["Consent"] = one_of(chance, CONSENTS) if number % 4 else (None, None)
    referred = date(2024, 1, 1) + timedelta(days=chance.randrange(1000))
    want["referred_on"], cells["Incoming Referral Date"] = referred, spelled_day(referred, chance.randrange(10))
    want["reason"], cells["Reason for Incoming Referral"] = one_of(chance, REASONS)
    want["organisation"] = cells["Referring Organisation"] = chance.choice(
        ("IOM Bakı", "Police", "МВД", "«Təmiz Dünya»")
    )
    cells["Case Owner"] = chance.choice(("Leyla A.", "leyla", "Somebody Else"))
    want["worker"] = cells["Case Owner"] != "Somebody Else"
    cells["Mobile Phone"] = want["phone"] = f"+99450{chance.randrange(10**6, 10**7)}"
    cells["Incoming Referral Details"] = want["details"] = f"Сказала:\nряд {number}"
    cells["Email"] = "nobody@example.org"
    return meant, cells


def fill_htcds(template: Path, target: Path, *, many: bool, rows: int = 300, seed: int = 1) -> list[Meant]:
    """Fill an HTCDS workbook with *rows* people, with gaps and numbered empty rows between and behind them."""
    chance = random.Random(seed)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(template)
    sheet = book.worksheets[0]
    column_of = {str(cell.value): cell.column for cell in sheet[2] if cell.value}
    meant: list[Meant] = []
    row = FIRST_ROW
    for number in range(1, rows + 1):
        while chance.random() < 0.05:
            if chance.random() < 0.5:
                sheet.cell(row, 1).value = None
            row += 1
        one, cells = filled_row(chance, number, many=many)
        one.row = row
        for title, value in cells.items():
            cell = sheet.cell(row, column_of[title])
            cell.value = value
            if isinstance(value, date):
                cell.number_format = "dd.mm.yyyy"
        meant.append(one)
        row += 1
    book.save(target)
    return meant


def write_sheet(target: Path, rows: list[list[Any]], *, name: str = "Siyahı") -> Path:
    """Write *rows* as they stand into a new workbook."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = name
    for row in rows:
        sheet.append(row)
    book.save(target)
    return target
