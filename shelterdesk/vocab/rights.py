"""What a role lets people do, and whose records it reaches, in words."""

from __future__ import annotations

from shelterdesk.i18n import N_
from shelterdesk.vocab.lists import Code, CodeList

RIGHT_GROUPS = CodeList(
    "right_groups",
    (
        Code("house", N_("In the house")),
        Code("records", N_("With records")),
        Code("numbers", N_("With numbers and papers")),
        Code("desk", N_("With the program")),
    ),
)

RIGHTS = CodeList(
    "rights",
    (
        Code("see_house", N_("See short names, rooms, beds and appointments"), group="house"),
        Code("add_person", N_("Take people in"), group="house"),
        Code("keep_stays", N_("Record arrivals, beds and leaving"), group="house"),
        Code("keep_appointments", N_("Make appointments"), group="house"),
        Code("keep_house_book", N_("Keep the house book"), group="house"),
        Code("see_records", N_("Open records"), group="records"),
        Code("change_person", N_("Change personal details"), group="records"),
        Code("case_work", N_("Status, referrals, consents and plans"), group="records"),
        Code("see_what_happened", N_("Open what happened, with a reason"), group="records"),
        Code("give_services", N_("Record services"), group="records"),
        Code("keep_placements", N_("Partners and placements"), group="records"),
        Code("approve", N_("Approve what colleagues ask for"), group="records"),
        Code("restrict_records", N_("Restrict records, close them to colleagues"), group="records"),
        Code("remove_records", N_("Remove records for good, after years"), group="records"),
        Code("print_plans", N_("Print plans"), group="numbers"),
        Code("see_summaries", N_("See summaries"), group="numbers"),
        Code("export_summaries", N_("Give summaries away"), group="numbers"),
        Code("export_exact", N_("Give exact figures to a named recipient"), group="numbers"),
        Code("import_people", N_("Bring in lists"), group="desk"),
        Code("manage_people", N_("Manage people and roles"), group="desk"),
        Code("read_log", N_("Read the log"), group="desk"),
        Code("back_up", N_("Make backups"), group="desk"),
        Code("change_settings", N_("Change settings"), group="desk"),
    ),
)

CASELOADS = CodeList(
    "caseloads",
    (Code("all", N_("Everybody's")), Code("team", N_("My team's")), Code("mine", N_("My own"))),
)
