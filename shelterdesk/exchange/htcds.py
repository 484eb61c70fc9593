"""The workbooks of the Human Trafficking Case Data Standard 2.0 (IOM, CC BY 4.0).

People fill in what the visible header row says. The hidden row above it carries the names of the standard, in the
published workbooks one name is missing and five stand over other columns than they belong to; therefore it is a hint
for columns without a title and nothing more. The survey form spells three names differently and calls ``prs_Title``
«Second Name».
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from shelterdesk.exchange.targets import PATRONYMIC
from shelterdesk.vocab import plain

if TYPE_CHECKING:
    from shelterdesk.exchange.sheets import Column, Table

RECOGNISED_FROM: Final = 8
"""So many columns of the standard make a workbook of the standard; its core has forty."""
_TELLING: Final = frozenset(
    {
        "vic_TraffickingStatus",
        "vic_TypeOfExploitation",
        "vic_MethodOfRecruitment",
        "vic_MethodsOfControl",
        "cas_CaseOwner",
    }
)
"""Of these at least two: names and birthdates stand in any list."""
_ABOUT_SOMEBODY: Final = frozenset({"prs_FirstName", "prs_SecondName", "prs_Birthdate", "cas_IncomingReferralDate"})
"""Of these at least one: the sheet of allowed values has none."""


@dataclass(frozen=True)
class Named:
    """One field of the standard: its name, its labels, and where it goes; an empty ``target`` has no place with us."""

    name: str
    label: str
    target: str = ""
    aliases: tuple[str, ...] = ()


FIELDS: Final = (
    Named("cas_CaseOwner", "Case Owner", "worker_since.member"),
    Named("prs_Salutation", "Salutation"),
    Named("prs_FirstName", "First Name", "person.given_names", ("prs_First_Name",)),
    Named("prs_MiddleName", "Middle Name", PATRONYMIC),
    Named("prs_SecondName", "Second Name", "person.family_name", ("prs_Second_Name",)),
    Named("con_Consent", "Consent", "consent.answer"),
    Named("vic_AgreementToManagePersonalData", "Agreement to Manage Personal Data", "consent.answer"),
    Named("prs_Birthdate", "Birthdate", "person.birth"),
    Named("prs_Gender", "Gender", "person.gender"),
    Named("prs_Citizenship", "Citizenship", "person.citizenships"),
    Named("prs_Deceased", "Deceased"),
    Named("prs_MaritalStatus", "Marital Status", "person.civil_status"),
    Named("prs_NumberOfChildren", "Number of Children", "person.children"),
    Named("prs_PrimaryLanguage", "Primary Language", "person.languages"),
    Named("prs_SecondaryLanguage", "Secondary Language", "person.languages"),
    Named("prs_HighestLevelOfEducation", "Highest Level of Education", "person.education"),
    Named("prs_IdentityNumber", "Identity Number", "person.document_number"),
    Named("prs_Title", "Title"),
    Named("prs_Email", "Email"),
    Named("prs_HomePhone", "Home Phone", "person.phone"),
    Named("prs_MobilePhone", "Mobile Phone", "person.phone"),
    Named("prs_MailingStreet", "Mailing Street"),
    Named("prs_MailingCity", "Mailing City"),
    Named("prs_MailingState", "Mailing State/Province"),
    Named("prs_MailingPostalCode", "Mailing Zip/Postal Code"),
    Named("prs_MailingCountry", "Mailing Country"),
    Named("prs_MailingLongitude", "Mailing Longitude"),
    Named("prs_MailingLatitude", "Mailing Latitude"),
    Named("vic_TraffickingStatus", "Trafficking Status", "status_since.status"),
    Named(
        "vic_TraffickingStatusDecisionMakingOrg",
        "Trafficking Status Decision Making Organization",
        "status_since.decided_by",
        ("vic_TraffickinStatusDecisionMakingOrg", "Trafficking Status Decision Making Organisation"),
    ),
    Named("vic_RelationshipToTrafficker", "Relationship to Trafficker", "exploitation.relationship"),
    Named("vic_AgeWhenTrafficked", "Age when Trafficked", "exploitation.age_then"),
    Named("vic_RecruitmentWebsitesAndApps", "Recruitment Websites and Apps", "exploitation.recruitment_sites"),
    Named("vic_MethodOfRecruitment", "Method of Recruitment", "person.recruitment_methods"),
    Named("vic_LocationOfRecruitment", "Location of Recruitment", "exploitation.recruitment_place"),
    Named("vic_MethodsOfControl", "Methods of Control", "person.control_methods", ("vic_Methods_of_Control",)),
    Named("vic_TypeOfExploitation", "Type of Exploitation", "person.exploitation_types"),
    Named("vic_ForcedLabourIndustry", "Forced Labour Industry", "person.labour_sector"),
    Named("vic_TypeOfSexExploitation", "Type of Sex Exploitation", "exploitation.sexual_kinds"),
    Named("vic_LocationOfExploitation", "Location of Exploitation", "exploitation.exploitation_place"),
    Named("vic_ExploitationWebsitesAndApps", "Exploitation Websites and Apps", "exploitation.exploitation_sites"),
    Named("vic_Vulnerabilities", "Vulnerabilities", "exploitation.vulnerabilities"),
    Named("vic_DetailsOfVulnerabilities", "Details Of Vulnerabilities", "exploitation.vulnerability_words"),
    Named("per_RoleInProcess", "Role in Process", "who_harmed.roles"),
    Named("per_RoleDetails", "Role Details", "who_harmed.role_words"),
    # The labels of what follows are everyday words, «City» or «Date», and are known by their names only.
    Named("per_Organisation", "per_Organisation", "who_harmed.organisation"),
    Named("hte_Type", "hte_Type", "harm_event.kind"),
    Named("hte_Date", "hte_Date", "harm_event.since"),
    Named("hte_Country", "hte_Country", "harm_event.country"),
    Named("hte_State", "hte_State", "harm_event.region"),
    Named("hte_City", "hte_City", "harm_event.city"),
    Named("hte_Street", "hte_Street", "harm_event.street"),
    Named("hte_Description", "hte_Description", "harm_event.description"),
    Named("hte_PostalCode", "hte_PostalCode"),
    Named("hte_Longitude", "hte_Longitude"),
    Named("hte_Latitude", "hte_Latitude"),
    Named("cas_Status", "Status", "phase_since.phase"),
    Named("cas_ReferringOrganisation", "Referring Organisation", "referral.organisation", ("Referring Organization",)),
    Named("cas_IncomingReferralDate", "Incoming Referral Date", "referral.referred_on"),
    Named("cas_ReferringPrimaryCaseWorker", "Referring Primary Case Worker", "referral.contact"),
    Named("cas_ReasonForIncomingReferral", "Reason for Incoming Referral", "referral.reason"),
    Named("cas_IncomingReferralDetails", "Incoming Referral Details", "referral.details"),
    Named("cas_ReferredOrganisation", "Referred Organisation", "referral_out.organisation", ("Referred Organization",)),
    Named("cas_ReferredPrimaryCaseWorker", "Referred Primary Case Worker", "referral_out.contact"),
    Named("cas_ReasonForOutgoingReferral", "Reason for Outgoing Referral", "referral_out.reason"),
    Named("cas_OutgoingReferralDate", "Outgoing Referral Date", "referral_out.sent_on"),
    Named("cas_OutgoingReferralDetails", "Outgoing Referral Details", "referral_out.details"),
    Named("cas_ReasonForCaseClosure", "Reason for Case Closure", "note.case_text"),
    Named("cco_CaseComment", "Case Comment", "note.case_text"),
    Named("spl_Objectives", "Objectives"),
    Named("spl_ActionPlan", "Action Plan"),
    Named("spl_PlannedEndDate", "Planned End Date"),
    Named("spl_ActualEndDate", "Actual End Date"),
    Named("spl_Type", "Support Plan Type"),
)
# A goal of ours needs its domain and its own words; objectives and action plans of several domains in one cell cannot
# be divided without guessing, so they are left out and named.


def _named() -> dict[str, Named]:
    found: dict[str, Named] = {}
    for field in FIELDS:
        for words in (field.name, field.label, *field.aliases):
            found.setdefault(plain(words), field)
    return found


_BY_WORDS: Final = _named()


def field_named(words: str) -> Named | None:
    """Return the field of the standard with this name or label; before a slash stands the group of a survey tool."""
    return _BY_WORDS.get(plain(words)) or _BY_WORDS.get(plain(words.rpartition("/")[2])) if words else None


def field_of(column: Column) -> Named | None:
    """Return the field a column of a recognised workbook is filled with: by its title, without one by the hint."""
    return field_named(column.title) if column.title else field_named(column.hint)


def fields_of(table: Table) -> Mapping[int, Named]:
    """Return the fields of the standard by column; a second «Second Name» is the title that a survey form misnames."""
    found: dict[int, Named] = {}
    taken: set[str] = set()
    for column in table.columns:
        field = field_of(column)
        if field is not None and field.name == "prs_SecondName" and field.name in taken:
            field = _BY_WORDS[plain("prs_Title")]
        if field is not None:
            found[column.index] = field
            taken.add(field.name)
    return found


def is_htcds(table: Table) -> bool:
    """Tell whether *table* is one of the standard's workbooks, or an export under its names."""
    names = {field.name for field in fields_of(table).values()}
    return len(names) >= RECOGNISED_FROM and len(names & _TELLING) >= 2 and bool(names & _ABOUT_SOMEBODY)
