"""How a colleague's roles, standing and keys are put into words."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from shelterdesk import formats, vocab
from shelterdesk.desk import Desk
from shelterdesk.i18n import _
from shelterdesk.staff import KeyHeld, StaffMember
from shelterdesk.vault.compartments import Compartment
from shelterdesk.vault.members import Standing
from ui.widgets.chip import ChipText


def roles_of(member: StaffMember) -> str:
    """Return «Director, social worker»."""
    words = [vocab.ROLES.label(role) for role in member.roles]
    return ", ".join([words[0], *(word[:1].lower() + word[1:] for word in words[1:])]) if words else _("No role")


def key_label(compartment: Compartment) -> str:
    """Return the name of a key."""
    return vocab.COMPARTMENTS.label(compartment.value)


def short_day(day: date, today: date) -> str:
    """Return a day without the year where it is this year's."""
    return formats.day(day, style="day_month" if day.year == today.year else "short")


def standing_of(member: StaffMember) -> ChipText:
    """Return in a few words whether somebody may sign in."""
    if member.standing is Standing.REMOVED:
        return ChipText(_("Left"), "neutral", "log-out")
    if member.standing is Standing.SUSPENDED:
        return ChipText(_("Suspended"), "attention", "lock")
    if member.invited_until is None:
        return ChipText(_("Here"), "done", "check")
    if member.code_ran_out:
        return ChipText(_("Set-up code ran out"), "attention", "clock")
    until = formats.day(member.invited_until, style="day_month_short")
    return ChipText(_("Invited until {day}").format(day=until), "info", "clock")


def is_here(member: StaffMember) -> bool:
    """Tell whether somebody has a passphrase of their own and may sign in."""
    return member.standing is Standing.ACTIVE and not member.invited


def waits_to_begin(member: StaffMember) -> bool:
    """Tell whether the set-up code was not used yet."""
    return member.standing is Standing.ACTIVE and member.invited


def last_sign_in(member: StaffMember, desk: Desk) -> str:
    """Return when somebody last signed in, «last sign-in yesterday, 18:10»."""
    if member.last_sign_in is None:
        return _("has not signed in yet")
    on = member.last_sign_in.astimezone(desk.zone).date()
    day = formats.relative_day(on, desk.today())
    when = f"{day[:1].lower()}{day[1:]}, {formats.clock(member.last_sign_in, desk.zone)}"
    return _("last sign-in {when}").format(when=when)


def key_remark(key: KeyHeld, others: Sequence[str], today: date) -> str:
    """Return what is to be said about a key somebody holds: until when, or what ends it. *others* hold it too."""
    if key.ending:
        if not others:
            return _("until another holder signs in")
        if len(others) == 1:
            return _("until {name} next signs in").format(name=others[0])
        return _("until one of {names} next signs in").format(names=", ".join(others))
    return _("until {day}").format(day=short_day(key.until, today)) if key.until else ""


def other_holders(
    compartment: Compartment, everyone: Collection[StaffMember], but: StaffMember
) -> tuple[StaffMember, ...]:
    """Return who else can open a compartment today with a passphrase of their own."""
    return tuple(one for one in everyone if one.id != but.id and holds(one, compartment))


def holds(member: StaffMember, compartment: Compartment) -> bool:
    """Tell whether somebody can open *compartment* today and pass its key on."""
    return is_here(member) and compartment in member.opens


def keeps(member: StaffMember, compartment: Compartment) -> bool:
    """Tell whether somebody holds a key for good, not until a day."""
    lasting = any(key.compartment is compartment and key.until is None for key in member.keys)
    return lasting and holds(member, compartment)
