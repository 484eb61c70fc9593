"""What a column may stand for in a sheet of one kind of record: its fields, whose entry it is, and what it hangs on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from shelterdesk.exchange.headers import WORDS
from shelterdesk.exchange.kinds import PERSON, Parent, brought, parents_of
from shelterdesk.exchange.targets import CODE, TAKEN_BACK, TAKEN_BACK_TITLE, Target
from shelterdesk.fields import Field, Kind
from shelterdesk.i18n import LANGUAGES, N_, text
from shelterdesk.log_words import KINDS, kind_words
from shelterdesk.vocab import plain

if TYPE_CHECKING:
    from shelterdesk.desk import Desk
    from shelterdesk.schema.base import Record

WHOSE: Final = "import.person"
ENTRY: Final = "import.entry"

PERSON_TITLE: Final = N_("Person")
ENTRY_TITLE: Final = N_("Entry")
PARENT_TITLE: Final = N_("{record}: entry")

_SHEET_WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    "stay": ("stays", "arrivals", "accommodation", "qalma", "yerləşdirmə", "проживание", "заселения"),
    "bed_since": ("beds", "moves", "çarpayılar", "кровати", "переселения"),
    "absence": ("absences", "отсутствия"),
    "service": ("services", "services given", "xidmətlər", "услуги"),
    "appointment": ("appointments", "calendar", "görüşlər", "встречи", "приёмы"),
    "placement": ("placements", "jobs", "work", "employment", "training", "məşğulluq", "трудоустройство"),
    "note": ("notes", "case notes", "qeydlər", "заметки", "записи"),
    "contact": ("contacts", "əlaqələr", "контакты"),
    "relation": ("relatives", "family", "children", "ailə", "семья", "родственники"),
    "child_care": ("children's care", "care of children"),
    "identity_document": ("documents", "identity documents", "passports", "sənədlər", "документы"),
    "belonging": ("belongings", "əşyalar", "вещи"),
    "alert": ("alerts", "health and safety"),
    "risk_since": ("risk", "risks", "risk levels", "risklər", "риски"),
    "deadline": ("dates", "deadlines", "court dates", "protection orders", "son tarixlər", "сроки"),
    "legal_matter": (
        "legal matters",
        "legal cases",
        "court cases",
        "lawsuits",
        "hüquqi işlər",
        "məhkəmə işləri",
        "судебные дела",
        "юридические дела",
    ),
    "matter_stage": ("legal stages", "stages of legal matters", "stages of court cases"),
    "safety_plan": ("safety plans", "təhlükəsizlik planları", "планы безопасности"),
    "consent": ("consents", "razılıqlar", "согласия"),
    "referral": ("referrals", "referrals in", "yönləndirmələr", "направления"),
    "referral_out": ("referrals out",),
    "phase_since": ("phases", "mərhələlər", "этапы"),
    "status_since": ("statuses", "statuslar", "статусы"),
    "worker_since": ("workers",),
    "plan": ("plans", "planlar", "планы"),
    "goal": ("goals", "məqsədlər", "цели"),
    "milestone": ("milestones", "addımlar", "шаги"),
    "next_step": ("next steps",),
    "follow_up": ("follow-ups", "follow ups", "aftercare"),
    "visit": ("visitors", "visits", "посетители"),
    "rating": ("ratings",),
    "partner": ("partners", "employers", "tərəfdaşlar", "партнёры", "работодатели"),
    "project": ("projects", "layihələr", "проекты"),
    "site": ("sites",),
    "room": ("rooms", "otaqlar", "комнаты"),
    "medicine": ("medicines", "dərmanlar", "лекарства"),
    "gbv_incident": ("gbv incidents", "incidents of violence"),
}
"""What the sheets of one kind are called in the workbooks of others, besides our own words for the kind."""
_COLUMN_WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    "stay.arrived_on": (
        "arrival date", "date of arrival", "arrived", "arrival", "from", "check in", "admission date", "entry date",
        "gəliş tarixi", "дата заселения", "дата прибытия",
    ),
    "stay.left_on": (
        "departure date", "date of departure", "date of leaving", "left", "until", "to", "check out", "exit date",
        "discharge date", "ayrılma tarixi", "дата выбытия", "дата выезда",
    ),
    "stay.leaving_reason": ("reason for leaving", "exit reason", "ayrılma səbəbi", "причина выбытия"),
    "stay.destination": ("destination", "left to", "куда выбыла"),
    "service.kind": ("service", "type of service", "service type", "xidmət", "xidmət növü", "услуга", "вид услуги"),
    "service.given_on": ("date", "day", "service date", "tarix", "дата", "дата услуги"),
    "service.given_by": ("given by", "provided by", "staff", "worker", "kim göstərib", "кто оказал", "специалист"),
    "service.minutes": ("duration", "minutes", "length", "müddət", "длительность", "минут"),
    "service.outcome": ("outcome", "result", "nəticə", "результат"),
    "service.case_note": ("note", "notes", "comment", "qeyd", "примечание"),
    "placement.kind": ("type", "kind", "placement type", "növü", "вид"),
    "placement.post": ("job", "post", "position", "course", "vəzifə", "kurs", "должность", "курс"),
    "placement.partner": ("employer", "partner", "organisation", "işəgötürən", "работодатель"),
    "placement.started_on": ("start date", "started", "from", "başlama tarixi", "дата начала"),
    "placement.ended_on": ("end date", "ended", "until", "bitmə tarixi", "дата окончания"),
    "identity_document.number": ("document number", "passport number", "nömrə", "номер"),
    "identity_document.expires_on": ("expiry date", "valid until", "expires", "etibarlıdır", "действителен до"),
    "contact.phone": ("telephone", "mobile", "телефон", "telefon"),
    "risk_since.level": ("risk", "level", "risk level", "risk səviyyəsi", "уровень риска"),
    "legal_matter.kind": ("type", "type of case", "kind of case", "case", "işin növü", "вид дела"),
    "legal_matter.subject": ("subject", "about", "mövzu", "предмет"),
    "legal_matter.opened_on": ("date opened", "opened", "start date", "filed on", "açılma tarixi", "дата открытия"),
    "legal_matter.ended_on": ("date closed", "closed", "end date", "bağlanma tarixi", "дата закрытия"),
    "legal_matter.number": ("case number", "file number", "işin nömrəsi", "номер дела"),
    "legal_matter.body_name": ("court", "court or authority", "məhkəmə", "суд"),
    "legal_matter.lawyer": ("lawyer", "advocate", "vəkil", "адвокат"),
    "legal_matter.result": ("outcome", "nəticə", "результат"),
    "matter_stage.since": ("date", "day", "tarix", "дата"),
    "matter_stage.stage": ("stage", "status", "mərhələ", "стадия"),
    "note.written_on": ("date", "day", "tarix", "дата"),
    "note.case_text": ("note", "text", "notes", "comment", "qeyd", "заметка", "текст"),
    "appointment.on": ("date", "day", "tarix", "дата"),
}  # fmt: skip
_NOT_READ_AGAIN: Final = frozenset({"gbvims"})
"""Sheets of our own export that say in other words what stands in the rest of it."""
_LONGEST_SHEET_NAME: Final = 31
"""Characters a workbook takes for the name of a sheet; longer ones are cut."""


def record_targets(desk: Desk, kind: type[Record]) -> dict[str, Target]:
    """Return everything a column of a sheet of *kind* may stand for, by id, the shelter's own fields included."""
    group = kind_words(kind.__tablename__)
    found: list[Target] = []

    def put(target_id: str, label: str, number: Kind = Kind.TEXT) -> None:
        found.append(Target(target_id, label, group, kind.__tablename__, Field(target_id, label, number)))

    if "person_id" in kind.__table__.columns:
        put(WHOSE, N_("Code of the person"))
    parents = {parent.column for parent in parents_of(kind)}
    found += [
        Target(field.id, field.label, group, field.record, field, field.kind is Kind.CHOICES)
        for field in desk.fields(kind)
        if field.attribute not in parents and field.attribute != "person_id"
    ]
    for parent in parents_of(kind):
        put(parent.target, parent_title(kind, parent))
    put(ENTRY, ENTRY_TITLE)
    put(TAKEN_BACK, TAKEN_BACK_TITLE, Kind.DAY)
    return {target.id: target for target in found}


def parent_title(kind: type[Record], parent: Parent, language: str | None = None) -> str:
    """Return what the column is called that names the entry something hangs on."""
    words = kind_words(parent.kind, language)
    if sum(other.kind == parent.kind for other in parents_of(kind)) > 1:
        words = f"{words} ({parent.column.removesuffix('_id').replace('_', ' ')})"
    return text(PARENT_TITLE, language, record=words)


def record_names(kind: type[Record], targets: Mapping[str, Target]) -> dict[str, list[str]]:
    """Return the targets of a sheet of *kind* by every name a column may have for them, reduced to its letters."""
    found: dict[str, list[str]] = {}

    def put(target_id: str, *names: str) -> None:
        for name in dict.fromkeys(plain(words) for words in names if words):
            if name:
                found.setdefault(name, []).append(target_id)

    for parent in parents_of(kind):
        put(parent.target, parent.column, *(parent_title(kind, parent, language) for language in LANGUAGES))
    for target in targets.values():
        if target.id == WHOSE:
            whom = (*WORDS[CODE], "person", "resident", "name", "sakin", "проживающая")
            put(WHOSE, "person code", *whom, *(text(PERSON_TITLE, language) for language in LANGUAGES))
        elif target.id == ENTRY:
            put(ENTRY, *(text(ENTRY_TITLE, language) for language in LANGUAGES))
        elif target.id == TAKEN_BACK:
            put(TAKEN_BACK, *(text(TAKEN_BACK_TITLE, language) for language in LANGUAGES))
        elif not target.id.startswith("import."):
            labels = (target.words(language) for language in LANGUAGES)
            technical = (target.id, target.id.split(".")[1], target.field.attribute)
            put(target.id, *labels, *technical, *_COLUMN_WORDS.get(target.id, ()), *WORDS.get(target.id, ()))
    return found


def kind_called(sheet: str) -> str | None:
    """Return what the rows of a sheet are that is called after it: people, a kind of record, «» for what stays out.

    None where its name says nothing. Sheets are called as we call the kind, or as others do.
    """
    name = plain(sheet)
    if not name:
        return None
    cut = len(sheet.strip()) >= _LONGEST_SHEET_NAME - 2
    known = brought()
    for kind in KINDS:
        ours = (kind, *(kind_words(kind, language) for language in LANGUAGES))
        for words in (*ours, *_SHEET_WORDS.get(kind, ())):
            wanted = plain(words)
            if wanted == name or (cut and wanted.startswith(name)):
                return kind if kind in known or kind == PERSON else ""
    return "" if name in _NOT_READ_AGAIN else None
