"""The revisions of the schema in their order. A released revision never changes; the next change is a new one."""

from __future__ import annotations

from collections.abc import Callable

from alembic.operations import Operations

from shelterdesk.schema.revisions import (
    r0001_first,
    r0002_reach,
    r0003_approvals,
    r0004_authority_requests,
    r0005_arrivals,
    r0006_sharing,
    r0007_harm,
    r0008_family,
    r0009_beds,
    r0010_safety,
    r0011_house_book,
    r0012_files,
    r0013_lists,
    r0014_house,
    r0015_catalogue,
    r0016_calendar,
    r0017_given,
    r0018_note_versions,
    r0019_tasks,
    r0020_matters,
    r0021_episodes,
    r0022_not_attended,
    r0023_papers,
)

REVISIONS: tuple[Callable[[Operations], None], ...] = (
    r0001_first.upgrade,
    r0002_reach.upgrade,
    r0003_approvals.upgrade,
    r0004_authority_requests.upgrade,
    r0005_arrivals.upgrade,
    r0006_sharing.upgrade,
    r0007_harm.upgrade,
    r0008_family.upgrade,
    r0009_beds.upgrade,
    r0010_safety.upgrade,
    r0011_house_book.upgrade,
    r0012_files.upgrade,
    r0013_lists.upgrade,
    r0014_house.upgrade,
    r0015_catalogue.upgrade,
    r0016_calendar.upgrade,
    r0017_given.upgrade,
    r0018_note_versions.upgrade,
    r0019_tasks.upgrade,
    r0020_matters.upgrade,
    r0021_episodes.upgrade,
    r0022_not_attended.upgrade,
    r0023_papers.upgrade,
)
