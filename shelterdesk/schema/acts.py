"""The acts the log knows. A code, once released, keeps its meaning for ever."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from shelterdesk.i18n import N_, text
from shelterdesk.vault.compartments import Compartment


@dataclass(frozen=True)
class _Words:
    code: str
    label: str
    event: bool = False
    """True where the act itself is worth a row even when no field changed."""


class Act(Enum):
    """What a person did."""

    CREATE_VAULT = _Words("create_vault", N_("Created the vault"), event=True)
    SIGN_IN = _Words("sign_in", N_("Signed in"), event=True)
    SIGN_IN_RECOVERY = _Words("sign_in_recovery", N_("Signed in with the recovery code"), event=True)
    SIGN_IN_FAILED = _Words("sign_in_failed", N_("A sign-in failed"), event=True)
    LOCK = _Words("lock", N_("Locked"), event=True)
    CHANGE_PASSPHRASE = _Words("change_passphrase", N_("Changed the own passphrase"), event=True)
    OPEN_RECORD = _Words("open_record", N_("Opened the record"), event=True)
    ADD_PERSON = _Words("add_person", N_("Added a person"))
    CHANGE_PERSON = _Words("change_person", N_("Changed the record"))
    ARCHIVE_PERSON = _Words("archive_person", N_("Archived the record"))
    MERGE_RECORDS = _Words("merge_records", N_("Merged two records"), event=True)
    PART_RECORDS = _Words("part_records", N_("Took two merged records apart"), event=True)
    RECORD_FAMILY = _Words("record_family", N_("Put down who belongs to her"))
    CHANGE_FAMILY = _Words("change_family", N_("Changed who belongs to her"))
    RECORD_IDENTITY_DOCUMENT = _Words("record_identity_document", N_("Put down an identity document"))
    CHANGE_IDENTITY_DOCUMENT = _Words("change_identity_document", N_("Changed an identity document"))
    RECORD_CONTACT = _Words("record_contact", N_("Put down a contact"))
    CHANGE_CONTACT = _Words("change_contact", N_("Changed a contact"))
    ASSIGN_WORKER = _Words("assign_worker", N_("Assigned a worker"))
    OPEN_WHAT_HAPPENED = _Words("open_what_happened", N_("Opened what happened"), event=True)
    RECORD_WHAT_HAPPENED = _Words("record_what_happened", N_("Recorded what happened"))
    RECORD_STATUS = _Words("record_status", N_("Recorded the identification status"))
    RECORD_PHASE = _Words("record_phase", N_("Recorded the phase"))
    RECORD_REFERRAL = _Words("record_referral", N_("Recorded a referral"))
    RECORD_REFERRAL_OUT = _Words("record_referral_out", N_("Recorded a referral to somebody else"))
    RECORD_CONSENT = _Words("record_consent", N_("Recorded a consent"))
    RECORD_REQUEST = _Words("record_request", N_("Recorded a request by an authority"))
    CHANGE_REQUEST = _Words("change_request", N_("Changed a request by an authority"))
    ANSWER_REQUEST = _Words("answer_request", N_("Answered a request by an authority"))
    APPROVE_ANSWER = _Words("approve_answer", N_("Approved the answer to an authority"))
    RESTRICT_RECORD = _Words("restrict_record", N_("Changed whether the record asks why it is opened"))
    CLOSE_RECORD = _Words("close_record", N_("Changed to whom the record is closed"))
    RECORD_ARRIVAL_REQUEST = _Words("record_arrival_request", N_("Recorded a request for a place"))
    CHANGE_ARRIVAL_REQUEST = _Words("change_arrival_request", N_("Changed a request for a place"))
    TURN_AWAY = _Words("turn_away", N_("Turned a request for a place away"))
    ADD_STAY = _Words("add_stay", N_("Recorded an arrival"))
    CHANGE_STAY = _Words("change_stay", N_("Changed a stay"))
    CLOSE_STAY = _Words("close_stay", N_("Recorded leaving"))
    MOVE_BED = _Words("move_bed", N_("Recorded a move to another bed"))
    HOLD_BED = _Words("hold_bed", N_("Put a bed on hold"))
    END_HOLD = _Words("end_hold", N_("Ended the hold of a bed"))
    RECORD_ABSENCE = _Words("record_absence", N_("Recorded nights away"))
    CHANGE_ABSENCE = _Words("change_absence", N_("Changed nights away"))
    RECORD_VISIT = _Words("record_visit", N_("Recorded a visitor"))
    CHANGE_VISIT = _Words("change_visit", N_("Changed a visit"))
    TAKE_IN_BELONGING = _Words("take_in_belonging", N_("Took in belongings or documents"))
    HAND_BACK_BELONGING = _Words("hand_back_belonging", N_("Handed back belongings or documents"))
    CHANGE_BELONGING = _Words("change_belonging", N_("Changed what is kept for somebody"))
    RECORD_FOLLOW_UP = _Words("record_follow_up", N_("Recorded a follow-up after leaving"))
    CHANGE_FOLLOW_UP = _Words("change_follow_up", N_("Changed a follow-up after leaving"))
    CHANGE_HOUSE = _Words("change_house", N_("Changed rooms and beds"))
    ADD_SERVICE = _Words("add_service", N_("Recorded a service"))
    CHANGE_SERVICE = _Words("change_service", N_("Changed a service"))
    RECORD_ALERT = _Words("record_alert", N_("Put down what every shift must know"))
    CHANGE_ALERT = _Words("change_alert", N_("Changed what every shift must know"))
    RECORD_RISK = _Words("record_risk", N_("Recorded the risk level"))
    CORRECT_RISK = _Words("correct_risk", N_("Corrected the risk level"))
    CORRECT_PHASE = _Words("correct_phase", N_("Corrected the phase"))
    CORRECT_WORKER = _Words("correct_worker", N_("Corrected who is the worker"))
    RECORD_SAFETY_PLAN = _Words("record_safety_plan", N_("Made a safety plan"))
    CHANGE_SAFETY_PLAN = _Words("change_safety_plan", N_("Changed the safety plan"))
    ADD_TASK = _Words("add_task", N_("Added a task"))
    CHANGE_TASK = _Words("change_task", N_("Changed a task"))
    RECORD_NEED = _Words("record_need", N_("Recorded what she needs"))
    CHANGE_NEED = _Words("change_need", N_("Changed what she needs"))
    BEGIN_EPISODE = _Words("begin_episode", N_("Began psychological work"))
    CHANGE_EPISODE = _Words("change_episode", N_("Changed psychological work"))
    SET_EPISODE_GOAL = _Words("set_episode_goal", N_("Set or changed a goal of psychological work"))
    RECORD_SCREENING = _Words("record_screening", N_("Recorded a screening scale"))
    CHANGE_SCREENING = _Words("change_screening", N_("Changed a screening scale"))
    RECORD_DEADLINE = _Words("record_deadline", N_("Recorded a date that must not be missed"))
    CHANGE_DEADLINE = _Words("change_deadline", N_("Changed a date that must not be missed"))
    RECORD_MATTER = _Words("record_matter", N_("Put down a legal matter"))
    CHANGE_MATTER = _Words("change_matter", N_("Changed a legal matter"))
    RECORD_MATTER_STAGE = _Words("record_matter_stage", N_("Recorded a stage of a legal matter"))
    CHANGE_MATTER_STAGE = _Words("change_matter_stage", N_("Changed a stage of a legal matter"))
    ADD_APPOINTMENT = _Words("add_appointment", N_("Added an appointment"))
    CHANGE_APPOINTMENT = _Words("change_appointment", N_("Changed an appointment"))
    MOVE_APPOINTMENT = _Words("move_appointment", N_("Moved an appointment"))
    ADD_NOTE = _Words("add_note", N_("Wrote a note"))
    CHANGE_NOTE = _Words("change_note", N_("Changed a note"))
    AMEND_NOTE = _Words("amend_note", N_("Amended a locked note"))
    ADD_FILE = _Words("add_file", N_("Added a scan or photo"))
    CHANGE_FILE = _Words("change_file", N_("Changed what is said of a scan or photo"))
    ADD_PROVIDER = _Words("add_provider", N_("Added a provider"))
    CHANGE_PROVIDER = _Words("change_provider", N_("Changed a provider"))
    ADD_PARTNER = _Words("add_partner", N_("Added a partner"))
    CHANGE_PARTNER = _Words("change_partner", N_("Changed a partner"))
    ADD_PLACEMENT = _Words("add_placement", N_("Recorded a placement"))
    CHANGE_PLACEMENT = _Words("change_placement", N_("Changed a placement"))
    MOVE_PLACEMENT = _Words("move_placement", N_("Moved a placement to another stage"))
    ADD_PLAN = _Words("add_plan", N_("Made a plan"))
    CHANGE_PLAN = _Words("change_plan", N_("Changed the plan"))
    ADD_MILESTONE = _Words("add_milestone", N_("Added a milestone"))
    CHANGE_MILESTONE = _Words("change_milestone", N_("Changed a milestone"))
    SET_NEXT_STEP = _Words("set_next_step", N_("Set the next step"))
    ADD_SHIFT_LINE = _Words("add_shift_line", N_("Wrote into the house book"))
    CHANGE_SHIFT_LINE = _Words("change_shift_line", N_("Changed a line of the house book"))
    HAND_OVER_SHIFT = _Words("hand_over_shift", N_("Handed over to the next shift"))
    SIGN_HANDOVER = _Words("sign_handover", N_("Read and signed the handover"))
    CALL_ROLL = _Words("call_roll", N_("Called the roll"))
    ADD_MEDICINE = _Words("add_medicine", N_("Wrote down a medicine"))
    CHANGE_MEDICINE = _Words("change_medicine", N_("Changed a medicine"))
    GIVE_MEDICINE = _Words("give_medicine", N_("Recorded a dose"))
    RECORD_HOUSE_INCIDENT = _Words("record_house_incident", N_("Recorded an incident"))
    CHANGE_HOUSE_INCIDENT = _Words("change_house_incident", N_("Added to an incident"))
    CLOSE_HOUSE_INCIDENT = _Words("close_house_incident", N_("Closed an incident"))
    ASK_APPROVAL = _Words("ask_approval", N_("Asked for approval"))
    APPROVE = _Words("approve", N_("Approved"))
    GIVE_BACK = _Words("give_back", N_("Gave back with words"))
    WITHDRAW_APPROVAL = _Words("withdraw_approval", N_("Took the request for approval back"))
    ADD_RATING = _Words("add_rating", N_("Recorded a rating of wellbeing"))
    UNDO = _Words("undo", N_("Took a change back"))
    IMPORT = _Words("import", N_("Imported from a spreadsheet"), event=True)
    UNDO_IMPORT = _Words("undo_import", N_("Took back what an import changed"))
    INVENT = _Words("invent", N_("Filled the vault with invented people"), event=True)
    ROTATE = _Words("rotate", N_("Replaced keys"), event=True)
    PRINT = _Words("print", N_("Printed"), event=True)
    EXPORT = _Words("export", N_("Exported"), event=True)
    BACKUP = _Words("backup", N_("Made a backup"), event=True)
    RESTORE = _Words("restore", N_("Restored a backup"), event=True)
    RESCUE = _Words("rescue", N_("Saved what could be read of a damaged vault"), event=True)
    MIGRATE = _Words("migrate", N_("Brought the vault up to date"), event=True)
    INVITE = _Words("invite", N_("Invited a colleague"), event=True)
    ACCEPT_INVITATION = _Words("accept_invitation", N_("Used the set-up code"), event=True)
    NEW_SETUP_CODE = _Words("new_setup_code", N_("Made a new set-up code"), event=True)
    CHANGE_ROLES = _Words("change_roles", N_("Changed a colleague's roles"), event=True)
    GRANT = _Words("grant", N_("Gave keys"), event=True)
    HAND_OVER = _Words("hand_over", N_("Handed keys over"), event=True)
    DEPUTISE = _Words("deputise", N_("Gave keys to a deputy"), event=True)
    TAKE_BACK = _Words("take_back", N_("Took keys back"), event=True)
    SUSPEND = _Words("suspend", N_("Suspended a colleague"), event=True)
    RESUME = _Words("resume", N_("Let a colleague sign in again"), event=True)
    REMOVE_MEMBER = _Words("remove_member", N_("Removed a colleague"), event=True)
    RECOVERY_SHEET = _Words("recovery_sheet", N_("Made a new recovery sheet"), event=True)
    RECOVERY_PIECES = _Words("recovery_pieces", N_("Made pieces of the recovery code"), event=True)
    RECOVERY_COMPLETE = _Words("recovery_complete", N_("Added keys to the recovery code"), event=True)
    CHANGE_MEMBER = _Words("change_member", N_("Changed a colleague's details"))
    LIMIT_ROLE = _Words("limit_role", N_("Changed what a role may do"))
    CHANGE_LIST = _Words("change_list", N_("Changed a list of people"))
    CHANGE_SETTINGS = _Words("change_settings", N_("Changed the settings"))
    REMOVE_LOG_CONTENT = _Words("remove_log_content", N_("Removed what the log says"), event=True)
    HOLD_REMOVAL = _Words("hold_removal", N_("Changed what stops a removal"))
    REMOVE_RECORD = _Words("remove_record", N_("Removed a record for good"), event=True)

    @property
    def code(self) -> str:
        """Code stored in the log."""
        return self.value.code

    @property
    def is_event(self) -> bool:
        """Tell whether the act is logged even when no field changed."""
        return self.value.event

    def label(self, language: str | None = None) -> str:
        """Return the words for people."""
        return text(self.value.label, language)


_BY_CODE = {act.code: act for act in Act}


def act_label(code: str, language: str | None = None) -> str:
    """Return the words for a stored act; one from a newer program shows its code."""
    act = _BY_CODE.get(code)
    return act.label(language) if act else code


@dataclass(frozen=True)
class Fact:
    """Something an event says about itself, e.g. for whom a paper was printed. Kept like a field's content."""

    id: str
    label: str
    compartment: Compartment | None = None


FACTS: tuple[Fact, ...] = (
    Fact("log.what", N_("What")),
    Fact("log.for_whom", N_("For whom"), Compartment.IDENTITY),
    Fact("log.why", N_("Why"), Compartment.IDENTITY),
    Fact("log.how", N_("How")),
    Fact("log.consent", N_("Consent")),
    Fact("log.count", N_("How many")),
    Fact("log.people", N_("How many people")),
    Fact("log.user_name", N_("Sign-in name")),
    Fact("log.when", N_("When")),
    Fact("log.why_locked", N_("Why it locked")),
    Fact("log.until", N_("Until")),
    Fact("log.unreadable", N_("Texts that did not open and were left as they are")),
)
FACTS_BY_ID = {fact.id: fact for fact in FACTS}
