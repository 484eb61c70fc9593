"""What a closed vault leaves in memory: nothing. Somebody who locks for the night must not leave the day behind."""

from __future__ import annotations

import gc
import weakref
from pathlib import Path
from typing import Any

from shelterdesk import people
from shelterdesk.opening import create_desk, open_desk
from shelterdesk.search import build_index
from shelterdesk.vault import KdfCost
from tests.desks import PASSPHRASE, ROLES, Clock


def test_a_closed_vault_is_let_go(tmp_path: Path, statements_put_into_words_once: dict[Any, Any]) -> None:
    folder = tmp_path / "desk-7F3A.vault"
    made, _code = create_desk(
        folder,
        user_name="leyla",
        shown_as="Leyla A.",
        passphrase=PASSPHRASE,
        shelter="House",
        roles=ROLES,
        cost=KdfCost.for_tests(),
        clock=Clock(),
    )
    made.close()
    desk = open_desk(folder, "leyla", PASSPHRASE, clock=Clock())
    aysel = people.add_person(desk, short_name="Aysel M.")
    people.change_person(desk, aysel, phone="+994 50 000 00 00")
    build_index(desk)
    kept = [weakref.ref(one) for one in (made, made.vault, desk, desk.vault, desk.engine, desk.engine.pool, aysel)]
    desk.close()
    del made, desk, aysel
    # Only tests share these; in the program they go with the engine.
    statements_put_into_words_once.clear()
    gc.collect()
    assert [one() for one in kept] == [None] * len(kept)
