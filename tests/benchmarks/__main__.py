"""``python -m tests.benchmarks``: make or reuse the stock, measure, print."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from shelterdesk import memory
from tests.benchmarks.backups import measure_backups
from tests.benchmarks.house import measure_house
from tests.benchmarks.long_log import measure_log
from tests.benchmarks.measures import measure_core
from tests.benchmarks.replay import Times
from tests.benchmarks.rotation import measure_rotation
from tests.benchmarks.stock import make_stock


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--services", type=int, default=300_000)
    parser.add_argument("--rounds", type=int, default=9, help="medians of so many (default 9)")
    parser.add_argument("--folder", type=Path, help="where the stock is kept and used again")
    parser.add_argument("--no-window", action="store_true", help="leave out what needs Qt")
    parser.add_argument("--no-rotation", action="store_true", help="leave out the replacing of keys, which takes long")
    parser.add_argument("--no-workbook", action="store_true", help="leave out the workbook of everything")
    parser.add_argument("--log", type=int, default=500_000, metavar="ROWS", help="rows of the long log, 0 for none")
    parser.add_argument("--backup", type=int, default=500, metavar="MB", help="size of the vault backed up, 0 for none")
    options = parser.parse_args(arguments)
    name = f"shelterdesk-benchmarks-{options.people}-{options.services}"
    folder = options.folder or Path(tempfile.gettempdir()) / name
    stock = make_stock(folder, options.people, options.services, lambda words: print(words, file=sys.stderr))
    # As the program itself does at its start.
    memory.settle()
    times = measure_core(stock, options.rounds)
    times += measure_house(stock, options.rounds, everything=not options.no_workbook)
    if not options.no_window:
        from tests.benchmarks.window import measure_window

        times += measure_window(stock, min(3, options.rounds))
    if not options.no_rotation:
        times += measure_rotation(stock, min(3, options.rounds), lambda words: print(words, file=sys.stderr))
    if options.log:
        times += measure_log(folder / "log", options.log, options.rounds, lambda words: print(words, file=sys.stderr))
    if options.backup:
        rounds = min(3, options.rounds)
        times += measure_backups(
            folder / "backups", options.backup, rounds, lambda words: print(words, file=sys.stderr)
        )
    for line in lines_of(times):
        print(line)
    return 0


def lines_of(times: Iterable[Times]) -> list[str]:
    """Return the table: medians in milliseconds, and how many times as long as plain SQLite."""
    lines = [f"{'':44}{'ours':>12}{'plain':>12}{'ratio':>9}  aim"]
    for one in times:
        plain = "" if one.plain_median is None else f"{one.plain_median:9.2f} ms"
        ratio = "" if one.ratio is None else f"{one.ratio:6.2f} ×"
        lines.append(f"{one.name:44}{one.our_median:9.2f} ms{plain:>12}{ratio:>9}  {one.aim}".rstrip())
    return lines


if __name__ == "__main__":
    sys.exit(main())
