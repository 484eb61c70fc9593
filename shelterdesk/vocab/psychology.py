"""Psychological work: how an episode ended, how a goal stands, and the scales that are agreed on."""

from __future__ import annotations

from shelterdesk.i18n import N_
from shelterdesk.vocab.lists import Code, CodeList

EPISODE_ENDINGS = CodeList(
    "episode_endings",
    (
        Code("goals_reached", N_("Goals reached")),
        Code("agreed", N_("Ended as agreed, goals partly reached")),
        Code("stopped_coming", N_("She stopped coming")),
        Code("did_not_want", N_("She did not want to go on")),
        Code("left", N_("She left the shelter")),
        Code("sent_on", N_("Goes on with somebody else")),
        Code("other", N_("Other")),
    ),
    open=True,
)

EPISODE_GOAL_STATES = CodeList(
    "episode_goal_states",
    (
        Code("open", N_("Working on it")),
        Code("partly", N_("Partly reached")),
        Code("reached", N_("Reached")),
        Code("put_aside", N_("Put aside")),
    ),
)

# The wording of the scales lies in ``resources/instruments``. One the shelter loads itself is a kind of «other»: its
# code and title come with it, so nothing is added to this list by hand.
SCREENING_SCALES = CodeList(
    "screening_scales",
    (
        Code("phq9", N_("PHQ-9, low mood"), aliases=("phq-9", "phq 9")),
        Code("gad7", N_("GAD-7, anxiety"), aliases=("gad-7", "gad 7")),
        Code("pcptsd5", N_("PC-PTSD-5, after a traumatic event"), aliases=("pc-ptsd-5", "pc-ptsd")),
        Code("pcl5", N_("PCL-5, after a very stressful experience"), aliases=("pcl-5", "pcl 5")),
        Code("other", N_("Another scale")),
    ),
)
