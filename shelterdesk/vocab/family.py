"""Family, children, those to call, and where papers are."""

from __future__ import annotations

from shelterdesk.i18n import N_
from shelterdesk.vocab.lists import Code, CodeList

# Kinship between people, read as «is the … of this person».
KINSHIPS = CodeList(
    "kinships",
    (
        Code("child", N_("Child")),
        Code("parent", N_("Parent")),
        Code("sibling", N_("Sister or brother")),
        Code("partner", N_("Husband, wife or partner")),
        Code("former_partner", N_("Former husband, wife or partner")),
        Code("grandparent", N_("Grandparent")),
        Code("grandchild", N_("Grandchild")),
        Code("guardian", N_("Guardian")),
        Code("ward", N_("Child in their care")),
        Code("in_law", N_("Relative by marriage")),
        Code("relative", N_("Other relative")),
        Code("friend", N_("Friend")),
        Code("other", N_("Other")),
    ),
)

RELATIVE_PLACES = CodeList(
    "relative_places",
    (
        Code("here", N_("Here, in the shelter")),
        Code("other_shelter", N_("In another shelter")),
        Code("with_parent", N_("With the other parent")),
        Code("with_family", N_("With relatives")),
        Code("foster_care", N_("In foster care")),
        Code("institution", N_("In a children’s home or institution")),
        Code("own_home", N_("At their own home")),
        Code("abroad", N_("Abroad")),
        Code("prison", N_("In prison")),
        Code("died", N_("Died")),
        Code("other", N_("Somewhere else")),
    ),
)

COLLECTING = CodeList(
    "collecting",
    (
        Code("yes", N_("May collect the child")),
        Code("agreed", N_("Only on a day agreed before")),
        Code("no", N_("Must not collect the child")),
    ),
)

FAMILY_CONTACT = CodeList(
    "family_contact",
    (
        Code("free", N_("Wanted")),
        Code("with_us", N_("Only with one of us present")),
        Code("written", N_("Only by phone or message")),
        Code("not_now", N_("Not wanted now")),
        Code("danger", N_("Dangerous: no contact")),
        Code("lost", N_("Lost touch")),
    ),
)

CONTACT_ORDERS = CodeList(
    "contact_orders",
    (
        Code("none", N_("No order")),
        Code("asked", N_("Asked for at court")),
        Code("custody", N_("Decides where the child lives")),
        Code("set_times", N_("Contact at set times")),
        Code("supervised", N_("Contact only under supervision")),
        Code("no_contact", N_("No contact allowed")),
    ),
)

CHILD_WITH = CodeList(
    "child_with",
    (
        Code("parent", N_("With a parent"), {"gbvims": "No"}),
        Code("guardian", N_("With a guardian"), {"gbvims": "No"}),
        Code("separated", N_("With another adult, without parents"), {"gbvims": "Separated Child"}),
        Code("unaccompanied", N_("Alone: without any adult"), {"gbvims": "Unaccompanied Minor"}),
        Code("other_vulnerable", N_("Other child who needs protection"), {"gbvims": "Other Vulnerable Child"}),
    ),
)

GUARDIANSHIPS = CodeList(
    "guardianships",
    (
        Code("parents", N_("A parent")),
        Code("appointed", N_("An appointed guardian")),
        Code("body", N_("The guardianship body")),
        Code("shelter", N_("The shelter, for the time being")),
        Code("asked", N_("Asked for, not decided yet")),
        Code("nobody", N_("Nobody yet")),
    ),
)

SCHOOLING = CodeList(
    "schooling",
    (
        Code("school", N_("Goes to school")),
        Code("kindergarten", N_("Goes to nursery or kindergarten")),
        Code("lessons_here", N_("Lessons here")),
        Code("distance", N_("Lessons from a distance")),
        Code("arranging", N_("Being arranged")),
        Code("none", N_("No school now")),
        Code("too_young", N_("Too young")),
    ),
)

DISABILITIES = CodeList(
    "disabilities",
    (
        Code("none", N_("None"), {"gbvims": "No"}),
        Code("seeing", N_("Seeing"), {"gbvims": "Physical disability"}),
        Code("hearing", N_("Hearing"), {"gbvims": "Physical disability"}),
        Code("moving", N_("Walking or using her hands"), {"gbvims": "Physical disability"}),
        Code("speaking", N_("Speaking or being understood"), {"gbvims": "Physical disability"}),
        Code("learning", N_("Learning, remembering or concentrating"), {"gbvims": "Mental disability"}),
        Code("mental_health", N_("Long-term mental health condition"), {"gbvims": "Mental disability"}),
        Code("self_care", N_("Washing, dressing, eating"), {"gbvims": "Physical disability"}),
        Code("other", N_("Other")),
    ),
)

DOCUMENT_PLACES = CodeList(
    "document_places",
    (
        Code("with_her", N_("With her")),
        Code("our_safe", N_("In our safe")),
        Code("authority", N_("With an authority")),
        Code("family", N_("With her family")),
        Code("taken", N_("Taken from her")),
        Code("lost", N_("Lost")),
        Code("applied_for", N_("Applied for")),
        Code("handed_back", N_("Handed back to who issued it")),
    ),
)

CONTACT_KINDS = CodeList(
    "contact_kinds",
    (
        Code("herself", N_("Herself")),
        Code("relative", N_("Relative")),
        Code("friend", N_("Friend")),
        Code("lawyer", N_("Lawyer")),
        Code("doctor", N_("Doctor or clinic")),
        Code("school", N_("School or kindergarten")),
        Code("employer", N_("Employer or training place")),
        Code("organisation", N_("Organisation or authority")),
        Code("embassy", N_("Embassy or consulate")),
        Code("other", N_("Other")),
    ),
    open=True,
)

SAFE_TO_CALL = CodeList(
    "safe_to_call",
    (
        Code("yes", N_("Safe to call")),
        Code("at_times", N_("Only at the times said")),
        Code("ask_first", N_("Ask her first")),
        Code("message", N_("Only a message that says nothing")),
        Code("no", N_("Do not call")),
    ),
)
