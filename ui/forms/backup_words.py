"""What backups and their places are called on every page that shows them."""

from __future__ import annotations

from datetime import datetime, timedelta, tzinfo

from shelterdesk import backups, formats, vocab
from shelterdesk.backup_facts import Comparison, Facts
from shelterdesk.backup_targets import STICK, Target
from shelterdesk.backups import State
from shelterdesk.desk import Desk
from shelterdesk.i18n import _, ngettext
from shelterdesk.lineage import Kinship
from shelterdesk.schema.upgrade import NEWEST
from shelterdesk.vault import Compartment
from shelterdesk.vault.members import Standing
from shelterdesk.vault.returning import Returning

_KILO = 1000
_LONG = timedelta(days=7)
"""A place that was away for longer is worth a word."""


def place_words(target: Target) -> str:
    """Return how a place is called in a list: «ROSA (stick)», or the path of a folder."""
    return _("{label} (stick)").format(label=target.label) if target.kind == STICK else target.path


def size_words(size: int) -> str:
    """Return «7.2 MB»."""
    if size >= _KILO**3:
        return _("{n} GB").format(n=formats.number(size / _KILO**3, decimals=1))
    if size >= _KILO**2:
        return _("{n} MB").format(n=formats.number(size / _KILO**2, decimals=1))
    return _("{n} KB").format(n=formats.number(max(1, round(size / _KILO))))


def when_words(moment: datetime, desk: Desk) -> str:
    """Return «today 14:02» or «6 November 14:02», in the middle of a sentence."""
    on, today = desk.day_of(moment), desk.today()
    if on in (today, today - timedelta(days=1)):
        day = formats.relative_day(on, today)
        day = f"{day[:1].lower()}{day[1:]}"
    else:
        day = formats.day(on, style="day_month" if on.year == today.year else "long")
    return f"{day} {formats.clock(moment, desk.zone)}"


def trouble_words(desk: Desk) -> str:
    """Return in a few words what to look after at one of the places, «» where all is well. Asks no disk."""
    if backups.clock_was_set_back(desk) is not None:
        return _("check the clock of this computer")
    for state in backups.states(desk):
        memory, place = state.memory, place_words(state.target)
        if memory.has_failed:
            return _("{place} did not work").format(place=place)
        if memory.made is not None and desk.now() - memory.made > _LONG:
            return _("{place}: {day}").format(place=place, day=formats.day(desk.day_of(memory.made), style="day_month"))
    return ""


def state_words(state: State, desk: Desk, *, there: bool | None) -> str:
    """Return what is known of one place in a sentence. *there* is None until somebody has looked."""
    memory = state.memory
    said = _("No backup there yet.") if memory.made is None else ""
    troubled = there is False or memory.has_failed
    if memory.made is not None:
        words = _("Last backup {when}.") if troubled else _("Last backup {when}, opened and checked.")
        said = words.format(when=when_words(memory.made, desk))
    if there is False:
        # A folder is made with the first backup.
        if memory.made is not None:
            said = f"{_absent(state, desk)} {said}"
        elif state.target.kind == STICK or memory.has_failed:
            said = _absent(state, desk)
    elif memory.has_failed and memory.failed is not None:
        failed = _("Did not work {when}: {why}").format(when=when_words(memory.failed, desk), why=memory.why())
        said = f"{failed} {said}" if memory.made is not None else failed
    if memory.unreadable and there is not False:
        said += " " + ngettext(
            "{n} older file there cannot be read and was left alone.",
            "{n} older files there cannot be read and were left alone.",
            memory.unreadable,
        )
    return said


def _absent(state: State, desk: Desk) -> str:
    is_stick, seen = state.target.kind == STICK, state.memory.seen
    if seen is None:
        return _("Not plugged in yet.") if is_stick else _("Not there yet.")
    day = formats.day(desk.day_of(seen), style="day_month")
    return (_("Not plugged in since {day}.") if is_stick else _("Not there since {day}.")).format(day=day)


def comparison_rows(found: Comparison, zone: tzinfo) -> list[tuple[str, str, str]]:
    """Return what the backup holds and what the vault holds now, line by line."""
    then, now = found.then, found.now
    return [
        (_("As of"), formats.moment(then.made, zone), _("now") if now else ""),
        (_("People on file"), _number(then.people), _number(now.people) if now else ""),
        (_("Last entry"), _moment(then.last_entry, zone), _moment(now.last_entry, zone) if now else ""),
        (_("Tables"), _tables(then), _tables(now) if now else ""),
        (_("Who could sign in"), ", ".join(then.may_sign_in), ", ".join(now.may_sign_in) if now else ""),
        (_("File"), f"{found.outline.file.name}, {size_words(found.outline.size)}", ""),
    ]


def kinship_words(found: Comparison, zone: tzinfo) -> str:
    """Return how the backup and the vault belong together."""
    since = found.entries_since or 0
    match found.kinship:
        case Kinship.SAME:
            return _("The backup and the vault hold exactly the same.")
        case Kinship.OLDER:
            return ngettext(
                "The backup is an earlier state of this vault. The log has gone on by {n} row since.",
                "The backup is an earlier state of this vault. The log has gone on by {n} rows since.",
                since,
            )
        case Kinship.NEWER:
            return _("The backup goes on from this vault: it is newer than what is open here.")
        case Kinship.FORKED:
            parted = formats.moment(found.parted, zone) if found.parted else _("their beginning")
            words = _(
                "The backup comes from another copy of this vault. Both were the same until {day}; what was written "
                "into one since is not in the other."
            )
            return words.format(day=parted)
        case None:
            return ""


def returning_words(found: Comparison) -> str:
    """Return who would be let in again by the backup, «» where nobody would."""
    said = [_returning(one) for one in found.returning]
    if found.another_recovery:
        said.append(_("the recovery sheet that was replaced since"))
    return "; ".join(said)


def _returning(one: Returning) -> str:
    if one.standing is Standing.REMOVED:
        return _("{name}, who was removed").format(name=one.user_name)
    if one.standing is Standing.SUSPENDED:
        return _("{name}, who is suspended").format(name=one.user_name)
    labels = {compartment.value for compartment in Compartment} & set(one.keys)
    keys = ", ".join(vocab.COMPARTMENTS.label(name) for name in sorted(labels))
    return _("{name}, who gave back keys: {keys}").format(name=one.user_name, keys=keys)


def _tables(facts: Facts) -> str:
    if facts.tables is None:
        return _("not readable")
    words = _("version {n}").format(n=facts.tables)
    if facts.newer_tables:
        return _("{version}, of a newer program").format(version=words)
    if facts.older_tables:
        return _("{version}, of an earlier program; brought up to {newest} when opened").format(
            version=words, newest=NEWEST
        )
    return _("{version}, of this program").format(version=words)


def _number(value: int | None) -> str:
    return _("not readable") if value is None else formats.number(value)


def _moment(value: datetime | None, zone: tzinfo) -> str:
    return formats.moment(value, zone) if value is not None else _("none")
