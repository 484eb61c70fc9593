"""Writing acts about people and keys into the log, and telling pages that colleagues changed."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from contextlib import contextmanager

from sqlalchemy.orm import Session

from shelterdesk.desk import Desk
from shelterdesk.schema.acts import Act
from shelterdesk.schema.collecting import will_have_changed


@contextmanager
def telling(desk: Desk, act: Act, facts: Mapping[str, object]) -> Generator[Session]:
    """Give a session for writing that logs *act*; it tells of colleagues even where only their keys changed."""
    with desk.write(act, facts=facts) as db:
        will_have_changed(db, "colleague")
        yield db
