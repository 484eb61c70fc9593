"""What the invented shelter made its own: a choice of its own in a list, two fields, and a list of people."""

from __future__ import annotations

from typing import Final

from shelterdesk import house_settings, i18n, own_choices, own_lists, vocab
from shelterdesk.desk import Desk
from shelterdesk.fields import Kind
from shelterdesk.i18n import N_

TEA: Final = N_("Talk over tea")
SUITCASE: Final = N_("Brought a suitcase")
SIZE: Final = N_("Shoe size")
CHILDREN: Final = N_("Children")
SIZES: Final = ("35", "36", "37", "38", "39", "40", "41", "42")


def make_it_theirs(desk: Desk) -> None:
    """Add a choice, two fields and a list of the shelter's own."""
    own_choices.add_choice(desk, vocab.SERVICE_KINDS, i18n.text(TEA), "social_talk")
    house_settings.add_own_field(desk, "stay", i18n.text(SUITCASE), Kind.FLAG, None, group=N_("Arrival"))
    house_settings.add_own_field(desk, "person", i18n.text(SIZE), Kind.CHOICE, None, choices=SIZES)
    own_lists.add_list(desk, name=i18n.text(CHILDREN), base="everybody", ages="child", shared=True)
