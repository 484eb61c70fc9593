"""Every command is one row here: menus, shortcuts sheet, command box and tooltips come from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from shelterdesk.access import Right
from shelterdesk.i18n import N_

FILE, RECORD, VIEW, GO, HELP = N_("&File"), N_("&Record"), N_("&View"), N_("&Go"), N_("&Help")
MENUS: Final = (FILE, RECORD, VIEW, GO, HELP)


@dataclass(frozen=True)
class Command:
    """One thing to do. ``id`` is what a page or the window answers to; ``right`` hides it from who may not."""

    id: str
    text: str
    menu: str = ""
    icon: str = ""
    keys: tuple[str, ...] = ()
    right: Right | None = None
    also: Right | None = None
    """A second right it takes."""
    help: str = ""
    begins_group: bool = False
    in_box: bool = True
    """Offered by the command box."""

    def rights(self) -> frozenset[Right]:
        """Return the rights it takes."""
        return frozenset(right for right in (self.right, self.also) if right is not None)


COMMANDS: Final[tuple[Command, ...]] = (
    Command("new_arrival", N_("New arrival"), FILE, "door-open", ("Ctrl+N",), Right.ADD_PERSON),
    Command("new_call", N_("New request for a place"), FILE, "phone", (), Right.ADD_PERSON),
    Command("new_person", N_("New resident"), FILE, "plus", (), Right.ADD_PERSON, also=Right.SEE_RECORDS),
    Command("new_service", N_("New service"), FILE, "hand-heart", ("Ctrl+Shift+N",), Right.GIVE_SERVICES),
    Command("new_group", N_("New group session"), FILE, "users-round", (), Right.GIVE_SERVICES),
    Command(
        "new_appointment",
        N_("New appointment"),
        FILE,
        "calendar-plus",
        ("Ctrl+Shift+A",),
        Right.KEEP_APPOINTMENTS,
    ),
    Command("new_note", N_("New note"), FILE, "notebook-pen", ("Ctrl+Shift+O",), Right.SEE_RECORDS),
    Command("new_scan", N_("New scan or photo"), FILE, "file-text", (), Right.SEE_RECORDS),
    Command("new_milestone", N_("New milestone"), FILE, "flag", ("Ctrl+Shift+M",), Right.CASE_WORK),
    Command("new_request", N_("New request by an authority"), FILE, "file-question-mark", (), Right.CASE_WORK),
    Command("new_referral", N_("New referral to somebody else"), FILE, "arrow-right", (), Right.CASE_WORK),
    Command("new_matter", N_("New legal matter"), FILE, "scale", (), Right.CASE_WORK),
    Command("ask_scale", N_("Ask a screening scale"), FILE, "list-checks", (), Right.CASE_WORK),
    Command("new_incident", N_("New incident"), FILE, "triangle-alert", (), Right.KEEP_HOUSE_BOOK),
    Command("new_placement", N_("New placement"), FILE, "briefcase", (), Right.KEEP_PLACEMENTS),
    Command("new_partner", N_("New partner"), FILE, "building", (), Right.KEEP_PLACEMENTS),
    Command("invite", N_("Invite a colleague…"), FILE, "users-round", (), Right.MANAGE_PEOPLE, begins_group=True),
    Command("import", N_("Import residents…"), FILE, "download", (), Right.IMPORT_PEOPLE),
    Command("print", N_("Print…"), FILE, "printer", ("Ctrl+P",)),
    Command("print_tonight", N_("Print tonight's list…"), FILE, "moon", (), Right.SEE_HOUSE),
    Command(
        "print_tomorrow",
        N_("Print tomorrow's appointments…"),
        FILE,
        "calendar",
        (),
        Right.SEE_HOUSE,
    ),
    Command("print_first_papers", N_("Print papers of the first weeks…"), FILE, "file-pen", (), Right.SEE_HOUSE),
    Command("export", N_("Export…"), FILE, "file-output", ("Ctrl+Shift+E",)),
    Command(
        "export_tables",
        N_("Export as HTCDS or GBVIMS…"),
        FILE,
        "file-output",
        (),
        Right.EXPORT_EXACT,
        also=Right.SEE_RECORDS,
    ),
    Command(
        "export_everything",
        N_("Export everything…"),
        FILE,
        "file-output",
        (),
        Right.EXPORT_EXACT,
        also=Right.SEE_RECORDS,
    ),
    Command("back_up", N_("Back up now"), FILE, "hard-drive", (), Right.BACK_UP, begins_group=True),
    Command("lock", N_("Lock"), FILE, "lock", ("Ctrl+L",), begins_group=True),
    Command("change_person", N_("Change person"), FILE, "users-round", ("Ctrl+Shift+L",)),
    Command("quit", N_("Quit"), FILE, "x", ("Ctrl+Q",)),
    Command("edit", N_("Edit"), RECORD, "pencil", ("Ctrl+E", "F2")),
    Command("save", N_("Save"), RECORD, "check", ("Ctrl+S",), in_box=False),
    Command("save_and_add", N_("Save and add another"), RECORD, "", ("Ctrl+Return",), in_box=False),
    Command("cancel", N_("Cancel edit"), RECORD, "x", ("Esc",), in_box=False),
    Command("undo", N_("Undo"), RECORD, "undo-2", ("Ctrl+Z",)),
    Command("merge", N_("Merge with another record…"), RECORD, "users-round", (), Right.CHANGE_PERSON),
    Command("archive", N_("Archive"), RECORD, "archive", ("Ctrl+Backspace",), Right.CHANGE_PERSON, begins_group=True),
    Command("show_masked", N_("Show masked values"), VIEW, "eye", ("Ctrl+Shift+U",)),
    Command("visitor_mode", N_("Visitor mode"), VIEW, "eye-off", ("Ctrl+Shift+H",), help=N_("Masks all names")),
    Command("hide", N_("Hide now"), VIEW, "eye-off", ("Ctrl+H",)),
    Command("choose_pin", N_("PIN for coming back…"), VIEW),
    Command("larger", N_("Larger text"), VIEW, "", ("Ctrl++", "Ctrl+="), begins_group=True),
    Command("smaller", N_("Smaller text"), VIEW, "", ("Ctrl+-",)),
    Command("normal_size", N_("Normal text"), VIEW, "", ("Ctrl+0",)),
    Command("refresh", N_("Refresh"), VIEW, "refresh-cw", ("F5", "Ctrl+R"), begins_group=True),
    Command("go_today", N_("Today"), GO, "sun", ("Alt+1",)),
    Command("go_residents", N_("Residents"), GO, "user-round", ("Alt+2",), Right.SEE_RECORDS),
    Command("go_house_book", N_("House book"), GO, "book-open-check", ("Alt+3",), Right.SEE_HOUSE),
    Command("go_beds", N_("Beds"), GO, "bed", ("Ctrl+B",), Right.SEE_HOUSE),
    Command("go_people_table", N_("Residents as a table"), GO, "table", (), Right.SEE_RECORDS),
    Command("go_services", N_("Services"), GO, "hand-heart", ("Alt+4",), Right.SEE_HOUSE),
    Command("go_register", N_("Register of services"), GO, "list-checks", (), Right.SEE_RECORDS),
    Command("go_calendar", N_("Calendar"), GO, "calendar", (), Right.SEE_HOUSE),
    Command("go_tasks", N_("Tasks"), GO, "list-checks", (), Right.SEE_RECORDS),
    Command("go_caseload", N_("Caseload"), GO, "users-round", (), Right.SEE_RECORDS),
    Command("go_providers", N_("Providers"), GO, "building", (), Right.SEE_RECORDS),
    Command("go_work", N_("Work & training"), GO, "briefcase", ("Alt+5",), Right.SEE_RECORDS),
    Command("go_plans", N_("Plans"), GO, "list-checks", ("Alt+6",), Right.SEE_RECORDS),
    Command("go_summaries", N_("Summaries"), GO, "chart-column", ("Alt+7",), Right.SEE_SUMMARIES),
    Command("go_settings", N_("Settings"), GO, "settings", ("Ctrl+,",), begins_group=True),
    Command("people", N_("People and keys"), GO, "key-round"),
    Command("incidents", N_("Closed incidents"), GO, "triangle-alert", (), Right.SEE_HOUSE),
    Command("command_box", N_("Search or command"), GO, "search", ("Ctrl+K", "Ctrl+F"), in_box=False),
    Command("back", N_("Back"), GO, "arrow-left", ("Alt+Left",), begins_group=True),
    Command("forward", N_("Forward"), GO, "arrow-right", ("Alt+Right",)),
    Command("next_pane", N_("Next pane"), GO, "", ("F6",), in_box=False),
    Command("previous_pane", N_("Previous pane"), GO, "", ("Shift+F6",), in_box=False),
    Command("next_section", N_("Next section of the record"), GO, "", ("Ctrl+PgDown",), in_box=False),
    Command("previous_section", N_("Previous section of the record"), GO, "", ("Ctrl+PgUp",), in_box=False),
    Command("next_record", N_("Next record"), GO, "", ("Ctrl+Down",), in_box=False),
    Command("previous_record", N_("Previous record"), GO, "", ("Ctrl+Up",), in_box=False),
    Command("help", N_("Help"), HELP, "circle-question-mark", ("F1",)),
    Command("shortcuts", N_("Shortcuts"), HELP, "keyboard", ("Ctrl+/",)),
    Command("about", N_("About ShelterDesk"), HELP, "info"),
)
BY_ID: Final = {command.id: command for command in COMMANDS}
