"""Python's collector of garbage, told how this program works."""

from __future__ import annotations

import gc

_YOUNG, _OLDER, _OLDEST = 20_000, 20, 20


def settle() -> None:
    """Let the collector pass over what was loaded so far and run less often. Called once, before anybody signs in.

    A summary or a long list makes 100,000 small rows at once. By default the collector looks through the whole
    program several times meanwhile, which costs as long as reading them does. What is loaded at the start stays to
    the end anyway; pages and records are made later and are collected as before.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(_YOUNG, _OLDER, _OLDEST)
