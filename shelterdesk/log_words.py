"""What the log keeps as codes, in words: kinds of record, fields with their values, facts of events."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Final, cast
from uuid import UUID

from shelterdesk import formats, lock_reasons, vocab
from shelterdesk.desk import Desk
from shelterdesk.fields import Field, Kind
from shelterdesk.i18n import N_, text
from shelterdesk.names import names_for
from shelterdesk.schema.acts import FACTS_BY_ID, Act
from shelterdesk.schema.base import RECORDS
from shelterdesk.schema.collecting import UNANSWERED

KINDS: Final[Mapping[str, str]] = {
    "person": N_("Personal details"),
    "relation": N_("Relative"),
    "child_care": N_("Care of the child"),
    "identity_document": N_("Identity document"),
    "contact": N_("Contact"),
    "arrival_request": N_("Request for a place"),
    "stay": N_("Stay"),
    "bed_since": N_("Bed"),
    "referral": N_("Referral"),
    "referral_out": N_("Referral to somebody else"),
    "consent": N_("Consent"),
    "authority_request": N_("Request by an authority"),
    "status_since": N_("Identification status"),
    "phase_since": N_("Phase"),
    "worker_since": N_("Worker"),
    "alert": N_("What every shift must know"),
    "risk_since": N_("Risk level"),
    "safety_plan": N_("Safety plan"),
    "deadline": N_("Date that must not be missed"),
    "legal_matter": N_("Legal matter"),
    "matter_stage": N_("Stage of a legal matter"),
    "service": N_("Service"),
    "appointment": N_("Appointment"),
    "note": N_("Note"),
    "file": N_("Scan or photo"),
    "removal_hold": N_("What stops a removal"),
    "plan": N_("Plan"),
    "goal": N_("Goal"),
    "milestone": N_("Milestone"),
    "next_step": N_("Next step"),
    "approval": N_("Approval"),
    "rating": N_("Wellbeing"),
    "placement": N_("Placement"),
    "stage_since": N_("Stage of a placement"),
    "partner": N_("Partner"),
    "provider": N_("Provider"),
    "task": N_("Task"),
    "need": N_("Help she needs"),
    "episode": N_("Psychological work"),
    "episode_goal": N_("Goal of psychological work"),
    "screening": N_("Screening scale"),
    "shift_line": N_("Line of the house book"),
    "handover": N_("Handover"),
    "roll_mark": N_("Roll call"),
    "medicine": N_("Medicine"),
    "dose": N_("Dose"),
    "house_incident": N_("Incident in the house"),
    "incident_step": N_("What was done about an incident"),
    "own_list": N_("List of people"),
    "absence": N_("Nights away"),
    "visit": N_("Visitor"),
    "belonging": N_("What is kept"),
    "bed_hold": N_("Bed on hold"),
    "follow_up": N_("Follow-up after leaving"),
    "site": N_("Site"),
    "room": N_("Room"),
    "bed": N_("Bed in a room"),
    "project": N_("Project"),
    "colleague": N_("Colleague"),
    "told_topic": N_("How a topic of what happened stands"),
    "exploitation": N_("Exploitation"),
    "harm_event": N_("Place and time of exploitation"),
    "labour_signs": N_("Signs of forced labour"),
    "gbv_incident": N_("Incident of violence"),
    "who_harmed": N_("Person who caused harm"),
    "restriction": N_("Record that asks why"),
    "knows_family": N_("Colleague who knows the family"),
}
"""Kinds of record that have rows of their own in the log."""

PAPERS: Final[Mapping[str, str]] = {
    "plan_for_the_file": N_("Plan for the file"),
    "her_sheet": N_("Her own sheet"),
    "tomorrow": N_("List of appointments"),
    "tonight": N_("Tonight's list"),
    "handover_sheet": N_("Handover sheet"),
    "bed_card": N_("Bed card"),
    "work_list": N_("List of work and training"),
    "contact_sheet": N_("Contact sheet of providers"),
    "residents": N_("List of residents"),
    "log_for_her": N_("Her part of the log, for herself"),
    "log_for_the_file": N_("Her part of the log, for the file"),
    "authority_request": N_("Request by an authority"),
    "referral_letter": N_("Letter of referral"),
    "what_happened": N_("What happened, chosen topics"),
    "notes": N_("Notes for the file"),
    "legal_matters": N_("Legal matters for the file"),
    "psychology": N_("Psychological work, for the file"),
    "consent_to_services": N_("Consent form: support, rights and house rules"),
    "consent_to_data": N_("Consent form: data and sharing"),
    "intake": N_("Intake"),
    "handover_act": N_("Handover act"),
    "certificate": N_("Certificate of support"),
    "people_list": N_("List by code"),
    "htcds_named": N_("Table as HTCDS, with names"),
    "htcds_coded": N_("Table as HTCDS, coded"),
    "gbvims_coded": N_("Table as GBVIMS, coded"),
    "service_report": N_("Services of one person"),
    "help_receipt": N_("Receipt for things or money given"),
    "receipt": N_("Receipt for belongings and documents"),
    "scan": N_("Scan or photo"),
    "setup_slip": N_("Slip with a set-up code"),
    "recovery_sheet": N_("Recovery sheet"),
    "recovery_piece": N_("Piece of the recovery code"),
}
"""What left the program, by the code the log keeps."""

_WAYS: Final[Mapping[str, str]] = {
    "print": N_("on paper"),
    "pdf": N_("as a PDF file"),
    "docx": N_("as a Word file"),
    "xlsx": N_("as an Excel file"),
    "csv": N_("as a CSV file"),
    "json": N_("as a JSON file"),
    "sheet": N_("with the recovery sheet"),
    "pieces": N_("with pieces of the recovery code"),
}
_SOURCES: Final[Mapping[str, str]] = {
    "spreadsheet": N_("Spreadsheet"),
    "htcds": N_("Spreadsheet of the HTCDS"),
    "database": N_("Key of the vault"),
    "mine": N_("only their own people"),
    "team": N_("the people of their team"),
    "all": N_("everybody on file"),
}
_LIMITS: Final[Mapping[str, str]] = {"+": N_("may again: {right}"), "-": N_("may not any more: {right}")}
_SETTINGS: Final[Mapping[str, str]] = {
    "zone": N_("Time zone"),
    "backup_folder": N_("Folder for backups"),
    "backup_targets": N_("Places for backups"),
    "backup_when": N_("When backups are made"),
    "backup_keep": N_("How many backups are kept"),
    "daily": N_("daily, and on leaving"),
    "once": N_("daily"),
    "by_hand": N_("by hand only"),
    "currency": N_("Currency"),
    "follow_up_months": N_("Months after leaving to ask"),
    "shifts": N_("Shifts"),
    "holidays": N_("Holidays"),
    "meeting_hours": N_("Hours of appointments"),
    "invented": N_("Invented people"),
    "department_clock": N_("Hours to tell the department, adults"),
    "department_hours": N_("How many hours, adults"),
    "department_children": N_("Hours to tell the department, children"),
    "department_hours_children": N_("How many hours, children"),
    "house_rules": N_("House rules"),
    "deadlines": N_("Reminders and lengths of dates"),
    "risk_review": N_("When the risk is looked at again"),
    "not_asked_for": N_("What «Not recorded yet» leaves out"),
    "catalogue": N_("Services of the shelter"),
    "service_kinds": N_("Kinds of service"),
    "provider_kinds": N_("Kinds of provider"),
    "minutes": N_("minutes"),
    "roles": N_("given by"),
    "how": N_("now"),
    "as usual": N_("as usual"),
    "hidden": N_("hidden"),
    "required": N_("needed"),
    "label": N_("words"),
    "help": N_("help"),
    "group": N_("group"),
    "added": N_("added"),
    "what": N_("choice"),
    "order": N_("order"),
    "field_order": N_("Order of the fields"),
    "scales": N_("Screening scales"),
    "unused_sections": N_("Sections of the record not used"),
}
_SUMMARIES: Final[Mapping[str, str]] = {
    "exact": N_("Summary {period}, exact figures"),
    "protected": N_("Summary {period}, small numbers covered"),
}
_ENDINGS: Final[Mapping[str, str]] = {
    "archived": N_("Archived"),
    "merged": N_("Merged with another record"),
    "unanswered": N_("Not answered"),
}


def kind_words(record: str, language: str | None = None) -> str:
    """Return what a kind of record is called; one from a newer program stands for itself."""
    return text(KINDS.get(record, record), language)


class LogWords:
    """Labels and values of fields and facts for one reader; names of linked records are read once."""

    def __init__(
        self, desk: Desk, language: str | None = None, names: Mapping[str, Mapping[UUID, str]] | None = None
    ) -> None:
        """*names* are words for linked records to use in place of their own, by kind, such as codes on a paper."""
        self._desk, self._language = desk, language
        self._names: dict[str, Mapping[UUID, str]] = dict(names or {})
        self._fields: dict[str, dict[str, Field]] = {}

    def label(self, record: str, field_id: str) -> str:
        """Return what a field or a fact is called."""
        field = self.field(record, field_id)
        if field is not None:
            return text(field.label, self._language)
        if field_id in FACTS_BY_ID:
            return text(FACTS_BY_ID[field_id].label, self._language)
        return text(_ENDINGS.get(field_id.rpartition(".")[2], field_id), self._language)

    def value(self, act: str, record: str, field_id: str, spelled: str | None) -> str:
        """Return a value as the log spells it in words, «» for none."""
        if not spelled:
            return ""
        if field_id == UNANSWERED.format(record):
            return self._reasons(record, spelled)
        if field_id in FACTS_BY_ID:
            return self._fact(act, field_id, spelled)
        field = self.field(record, field_id)
        # Archiving and merging keep a moment and an id, which say nothing to people.
        return self._spelled(field, spelled) if field is not None else ""

    def field(self, record: str, field_id: str) -> Field | None:
        """Return a field of a kind of record as this shelter uses it, one it hides now included."""
        if record not in self._fields:
            kind = RECORDS.get(record)
            used = (*kind.declared, *self._desk.own_fields.get(record, ())) if kind is not None else ()
            self._fields[record] = {one.id: one for one in used}
            if kind is not None:
                self._fields[record] |= {one.id: one for one in self._desk.fields(kind)}
        return self._fields[record].get(field_id)

    def _reasons(self, record: str, spelled: str) -> str:
        """Return «Phone: Prefers not to say» for each field that has a reason for its silence."""
        words: list[str] = []
        for part in spelled.split(";"):
            field_id, _equals, reason = part.partition("=")
            if reason:
                why = next((code.label for code in vocab.RESERVED if code.code == reason), reason)
                words.append(f"{self.label(record, field_id)}: {text(why, self._language)}")
        return ", ".join(words)

    def _spelled(self, field: Field, spelled: str) -> str:
        try:
            value = field.decode(spelled)
        except ValueError:
            return spelled
        names = self._names_of(field.target) if field.kind is Kind.LINK else None
        return field.show(value, self._language, names)

    def _names_of(self, target: str) -> Mapping[UUID, str]:
        if target not in self._names:
            self._names[target] = names_for(self._desk, target)
        return self._names[target]

    # --- facts of events ---------------------------------------------------------------------------------------

    def _fact(self, act: str, fact_id: str, spelled: str) -> str:
        if act == Act.CHANGE_SETTINGS.code:
            return self._setting(fact_id, spelled)
        spell: Mapping[str, Callable[[str], str]] = {
            "log.what": self._what,
            "log.how": self._codes,
            "log.consent": lambda code: vocab.CONSENT_STANDINGS.label(code, self._language),
            "log.when": self._moment,
            "log.until": self._moment,
            "log.why_locked": lambda code: lock_reasons.in_words(code, self._language),
        }
        return spell.get(fact_id, str)(spelled)

    def _what(self, spelled: str) -> str:
        kind, _space, rest = spelled.partition(" ")
        if kind == "summary":
            period, _space, figures = rest.partition(" ")
            return text(_SUMMARIES.get(figures, spelled), self._language, period=period)
        return self._codes(spelled)

    def _codes(self, spelled: str) -> str:
        """Return codes in words: papers, ways, roles and keys; what is no code, such as the name of a file, stays."""
        return ", ".join(self._code(one) for one in spelled.split(", "))

    def _code(self, code: str) -> str:
        for known in (PAPERS, _WAYS, _SOURCES):
            if code in known:
                return text(known[code], self._language)
        if code[:1] in _LIMITS and vocab.RIGHTS.get(code[1:]) is not None:
            return text(_LIMITS[code[0]], self._language, right=vocab.RIGHTS.label(code[1:], self._language))
        found = next((one for one in (vocab.ROLES, vocab.COMPARTMENTS) if one.get(code) is not None), None)
        return found.label(code, self._language) if found is not None else code

    def _moment(self, spelled: str) -> str:
        try:
            if "T" not in spelled:
                return formats.day(date.fromisoformat(spelled), self._language)
            return formats.moment(datetime.fromisoformat(spelled), self._desk.zone, self._language)
        except ValueError:
            return spelled

    def _setting(self, fact_id: str, spelled: str) -> str:
        """Return the name of a setting or field, or what became of it."""
        if fact_id == "log.what":
            return text(_SETTINGS[spelled], self._language) if spelled in _SETTINGS else self._field_name(spelled)
        try:
            value: object = json.loads(spelled)
        except ValueError:
            return spelled
        return self._plain(value)

    def _field_name(self, field_id: str) -> str:
        record = field_id.partition(".")[0]
        return (
            f"{kind_words(record, self._language)}: {self.label(record, field_id)}" if record in RECORDS else field_id
        )

    def _plain(self, value: object) -> str:
        """Return what was set as far as words go: «hidden: yes», or the places of backups one after the other."""
        if isinstance(value, bool):
            return text(N_("yes") if value else N_("no"), self._language)
        if isinstance(value, list):
            return ", ".join(self._plain(one) for one in cast("list[object]", value))
        if isinstance(value, dict):
            changed = cast("dict[str, object]", value)
            if "path" in changed:
                # A place for backups: the label of a stick, else the folder.
                return str(changed.get("label") or changed["path"])
            return ", ".join(
                f"{text(_SETTINGS.get(key, key), self._language)}: {self._plain(one)}" for key, one in changed.items()
            )
        return "" if value is None else text(_SETTINGS.get(str(value), str(value)), self._language)
