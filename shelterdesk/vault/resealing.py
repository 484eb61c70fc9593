"""Sealing whole columns anew under replaced keys.

The work is done inside the database: one statement for each table calls back for each cell. Nothing is decoded and no
row leaves the file, so that millions of cells take seconds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from shelterdesk.vault.compartments import Compartment
from shelterdesk.vault.database import DatabaseError, RawConnection
from shelterdesk.vault.seal import CellSealer, KeyRing

_AT_ONCE = 2048
"""After so many cells it is told how far the work is, and asked whether it should go on."""


@dataclass(frozen=True, slots=True)
class SealedIn:
    """What the seals of one column bind; declared with the column, as its ``info["sealed"]``.

    ``row`` is the column with the id of the row. ``field`` is the permanent field id, or its beginning where the
    column ``field_in`` holds the rest. Where ``compartment`` is None, the last part of the words in the column
    ``compartment_in`` says it: «case», or «person.own_1.case».
    """

    row: str = "id"
    field: str = ""
    field_in: str = ""
    compartment: Compartment | None = None
    compartment_in: str = ""


Places = Mapping[tuple[str, str], SealedIn]
"""What the seals bind in each sealed column: by table and column."""


@dataclass(frozen=True, slots=True)
class Resealed:
    """``cells`` that were sealed anew, and ``broken`` ones that did not open and were left as they are."""

    cells: int
    broken: int


def reseal(
    connection: RawConnection,
    places: Places,
    old: KeyRing,
    new: KeyRing,
    compartments: Iterable[Compartment],
    tell: Callable[[int, int], None],
) -> Resealed:
    """Seal every cell of *compartments* in *places* anew, in one transaction of *connection*.

    What does not open under *old* is left as it is. *tell* hears how many cells of how many are done, and what it
    raises ends the work.
    """
    work = _Work({c: old.sealer_to(new, c) for c in compartments}, tell)
    if not work.sealers:
        return Resealed(0, 0)
    tables: dict[str, list[_Column]] = {}
    for (table, column), place in places.items():
        if place.compartment is None or place.compartment in work.sealers:
            tables.setdefault(table, []).append(_Column(column, place))
    work.whole = sum(_rows_of(connection, table) * len(columns) for table, columns in tables.items())
    tell(0, work.whole)
    connection.create_function("reseal", 5, work.cell)
    done = 0
    for table, columns in tables.items():
        done += _rows_of(connection, table) * len(columns)
        work.columns = columns
        statement = _statement(table, columns, sorted(work.sealers))
        connection.execute("BEGIN")
        try:
            connection.execute(statement)
        except DatabaseError as error:
            raise work.stopped_by or error from error
        connection.execute("COMMIT")
        work.done = done
        tell(done, work.whole)
    return Resealed(work.resealed, work.broken)


@dataclass(frozen=True, slots=True)
class _Column:
    name: str
    place: SealedIn


class _Work:
    """What happens to one cell after the other."""

    def __init__(self, sealers: Mapping[Compartment, CellSealer], tell: Callable[[int, int], None]) -> None:
        self.sealers = sealers
        self.columns: list[_Column] = []
        self.whole = self.done = self.resealed = self.broken = 0
        self.stopped_by: BaseException | None = None
        self._tell = tell
        self._compartments = {compartment.value: compartment for compartment in sealers}

    def cell(self, column: int, row: object, sealed: object, field: object, compartment: object) -> object:
        """Return what stands in a cell from now on."""
        self.done += 1
        if self.done % _AT_ONCE == 0:
            self._say()
        if sealed is None:
            return None
        place = self.columns[column].place
        chosen = place.compartment or self._compartments.get(str(compartment).rpartition(".")[2])
        if chosen is None:
            return sealed
        found = None
        if isinstance(row, bytes) and isinstance(sealed, bytes):
            found = self.sealers[chosen](place.field if field is None else f"{place.field}{field}", row, sealed)
        if found is None:
            self.broken += 1
            return sealed
        self.resealed += 1
        return found

    def _say(self) -> None:
        try:
            self._tell(min(self.done, self.whole), self.whole)
        except BaseException as error:
            # The database only learns that its function failed; why is kept for whoever waits.
            self.stopped_by = error
            raise


def _rows_of(connection: RawConnection, table: str) -> int:
    (rows,) = connection.execute(f"SELECT count(*) FROM {_quoted(table)}").fetchone()  # noqa: S608
    return int(rows)


def _statement(table: str, columns: list[_Column], compartments: list[Compartment]) -> str:
    values = [
        f"{_quoted(one.name)} = reseal({number}, {_quoted(one.place.row)}, {_quoted(one.name)}, "
        f"{_or_null(one.place.field_in)}, {_or_null(one.place.compartment_in)})"
        for number, one in enumerate(columns)
    ]
    wanted = [_wanted(one, compartments) for one in columns]
    return f"UPDATE {_quoted(table)} SET {', '.join(values)} WHERE {' OR '.join(wanted)}"  # noqa: S608


def _wanted(column: _Column, compartments: list[Compartment]) -> str:
    # Rows of other compartments are left alone: reading them is cheap, writing them is not.
    there = f"{_quoted(column.name)} IS NOT NULL"
    says = column.place.compartment_in
    if not says:
        return there
    fits = " OR ".join(f"{_quoted(says)} = '{c.value}' OR {_quoted(says)} LIKE '%.{c.value}'" for c in compartments)
    return f"({there} AND ({fits}))"


def _or_null(column: str) -> str:
    return _quoted(column) if column else "NULL"


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
