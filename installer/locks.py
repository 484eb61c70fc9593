"""The lists of exact versions and hashes, remade from the ``.in`` files. One list serves Linux and Windows."""

from __future__ import annotations

from installer import environment
from installer.console import Stop, run, say


def remake(*, upgrade: bool) -> int:
    """Write the ``.txt`` beside each ``.in``; pins stay where they are unless *upgrade*.

    No address of a package index gets into them: they are for everybody.
    """
    environment.prepare("run", "test")
    for lock in environment.LOCKS.values():
        source = lock.with_suffix(".in").relative_to(environment.ROOT)
        command = [
            environment.PROGRAMS / "uv", "pip", "compile", "--quiet", "--universal", "--generate-hashes",
            "--only-binary", ":all:", "--python-version", "3.11", "--no-header", "--no-emit-index-url",
            "--no-emit-find-links", "-o", lock.relative_to(environment.ROOT), source,
        ]  # fmt: skip
        outcome = run([*command, "--upgrade"] if upgrade else command, seconds=300)
        if outcome.code != 0:
            raise Stop(f"{outcome.tail()}\n\n{source} could not be resolved.")
        say(f"  {lock.name} written")
    return 0
