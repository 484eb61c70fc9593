"""Brings the tables of an opened vault up to what this program knows, in one transaction.

The revisions are plain modules listed in code: files looked up at run time would be missing in a packaged program.
"""

from __future__ import annotations

from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import Column, Connection, Engine, Integer, MetaData, Table, insert, inspect, select, update

from shelterdesk.errors import ShelterDeskError
from shelterdesk.i18n import N_
from shelterdesk.schema.revisions import REVISIONS

NEWEST = len(REVISIONS)

REVISION_TABLE = "schema_revision"
_REVISION = Table(REVISION_TABLE, MetaData(), Column("number", Integer, primary_key=True))


class NewerSchema(ShelterDeskError):
    """The vault was last used by a newer program; ``found`` and ``known`` are schema numbers."""


def revision_of(connection: Connection) -> int:
    """Return the number of the newest revision the vault has, 0 for an empty one."""
    if not inspect(connection).has_table(_REVISION.name):
        return 0
    return connection.execute(select(_REVISION.c.number)).scalar_one()


def check_revision(engine: Engine) -> int:
    """Return how many revisions are missing. Raises NewerSchema for a vault of a newer program."""
    with engine.connect() as connection:
        found = revision_of(connection)
    refuse_newer(found)
    return NEWEST - found


def refuse_newer(found: int) -> None:
    """Raise NewerSchema where *found* is a revision this program does not know."""
    if found > NEWEST:
        raise NewerSchema(
            N_(
                "This vault was last used by a newer ShelterDesk (tables {found}, this program knows {known}). Nothing "
                "was changed. Open it with the newer program."
            ),
            found=found,
            known=NEWEST,
        )


def upgrade(engine: Engine, to: int | None = None) -> None:
    """Run the missing revisions up to number *to*, by default the newest; all or nothing.

    Foreign keys are off meanwhile: SQLite changes a table by rebuilding it, and dropping the old one would silently
    take the rows that point to it along. They are checked before the commit.
    """
    with engine.execution_options(writes=True).connect() as connection:
        raw = connection.connection.driver_connection
        sqlite = engine.dialect.name == "sqlite"
        if sqlite:
            assert raw is not None
            raw.execute("PRAGMA foreign_keys=OFF")
        try:
            with connection.begin():
                _run(connection, NEWEST if to is None else to)
                if sqlite and connection.exec_driver_sql("PRAGMA foreign_key_check").all():
                    raise RuntimeError("a revision broke a link between records")
        finally:
            if sqlite:
                assert raw is not None
                raw.execute("PRAGMA foreign_keys=ON")


def _run(connection: Connection, to: int) -> None:
    operations = Operations(MigrationContext.configure(connection, opts={"render_as_batch": True}))
    found = revision_of(connection)
    if found == 0:
        _REVISION.create(connection)
        connection.execute(insert(_REVISION).values(number=0))
    for revision in REVISIONS[found:to]:
        revision(operations)
    connection.execute(update(_REVISION).values(number=to))
