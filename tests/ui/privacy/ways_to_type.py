"""Every way a form is opened in the window."""

from __future__ import annotations

from tests.ui.privacy.way_steps import Way
from tests.ui.privacy.ways_in_a_record import IN_A_RECORD
from tests.ui.privacy.ways_on_pages import ON_PAGES

WAYS: dict[str, Way] = IN_A_RECORD | ON_PAGES
