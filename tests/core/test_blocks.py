"""Long lists in parts that one query can ask for."""

from __future__ import annotations

from shelterdesk.schema.blocks import in_blocks


def test_everything_comes_once_and_in_its_order() -> None:
    assert [len(block) for block in in_blocks(range(1001))] == [500, 500, 1]
    assert [one for block in in_blocks(iter(range(1001))) for one in block] == list(range(1001))
    assert list(in_blocks([])) == []
