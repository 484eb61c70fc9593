"""Words written into an open vault and read back: the least a record can be."""

from __future__ import annotations

from sqlalchemy import text
from sqlalchemy.orm import Session

from shelterdesk.vault import OpenVault


def put(vault: OpenVault, *values: str) -> None:
    with Session(vault.new_engine().execution_options(writes=True)) as session:
        session.execute(text("CREATE TABLE IF NOT EXISTS word (word TEXT PRIMARY KEY)"))
        session.execute(text("INSERT INTO word VALUES (:word)"), [{"word": value} for value in values])
        session.commit()


def words(vault: OpenVault) -> set[str]:
    with Session(vault.new_engine()) as session:
        return set(session.scalars(text("SELECT word FROM word")))
