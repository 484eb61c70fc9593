"""The window with its sidebar, menus and status strip filled."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.widgets.sidebar import SavedList, SidebarEntry
from ui.window_frame import FrameWindow

RESIDENT_LISTS = (
    SavedList("here", "Here now", "11"),
    SavedList("mine", "Mine", "5"),
    SavedList("leaving", "Leaving soon", "2"),
    SavedList("left", "Left recently", "6"),
    SavedList("archived", "Archived", "38"),
)

ENTRIES = (
    SidebarEntry("today", "Today", "sun", "Today (Alt+1)"),
    SidebarEntry("residents", "Residents", "user-round", "Residents (Alt+2)", RESIDENT_LISTS),
    SidebarEntry("services", "Services", "hand-heart", "Services (Alt+3)"),
    SidebarEntry("work", "Work & training", "briefcase", "Work & training (Alt+4)"),
    SidebarEntry("plans", "Plans", "list-checks", "Plans (Alt+5)"),
    SidebarEntry("summaries", "Summaries", "chart-column", "Summaries (Alt+6)"),
)
FOOT = (
    SidebarEntry("settings", "Settings", "settings", "Settings (Ctrl+,)"),
    SidebarEntry("help", "Help", "circle-question-mark", "Help (F1)"),
)


def window(page: QWidget, place: str, saved_list: str = "", size: tuple[int, int] = (1366, 768)) -> FrameWindow:
    """Return a window that shows *page*."""
    made = FrameWindow()
    for title in ("File", "Record", "View", "Go", "Help"):
        made.top_bar.menu_bar.addMenu(title).addAction(title)
    made.frame.sidebar.set_entries(ENTRIES, FOOT)
    made.frame.sidebar.set_current(place, saved_list)
    made.frame.sidebar.set_person("Leyla A.", "Social worker")
    made.frame.status.say("Saved 09:48")
    made.frame.status.set_facts([("hard-drive", "Backup yesterday 18:10"), ("timer", "Locks after 5 minutes idle")])
    made.frame.show_page(page)
    made.resize(*size)
    made.frame.setFocus()
    return made
