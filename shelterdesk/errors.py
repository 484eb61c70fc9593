"""What can go wrong in a way people should read.

A :class:`Problem` is shown beside the field it belongs to. Everything that is not a subclass of
:class:`ShelterDeskError` is a bug and reaches the exception hook.
"""

from __future__ import annotations

from collections.abc import Mapping

from shelterdesk.i18n import text


class ShelterDeskError(Exception):
    """Base of every error whose message is meant for people.

    ``message`` is a message id declared with ``N_``; ``values`` fill its named placeholders. Translation
    happens only when the error is shown.
    """

    def __init__(self, message: str, **values: object) -> None:
        super().__init__(message)
        self.message = message
        self.values: Mapping[str, object] = values

    def text(self, language: str | None = None) -> str:
        """Return the sentence for people in *language* (default: the language of the window)."""
        return text(self.message, language, **self.values)

    def __str__(self) -> str:
        return self.text("en")


class Problem(ShelterDeskError):
    """One thing to change before saving, at the field with id ``field`` (empty: the whole form)."""

    def __init__(self, field: str, message: str, **values: object) -> None:
        super().__init__(message, **values)
        self.field = field


class Problems(ShelterDeskError):
    """Several :class:`Problem` of one form, in the order of its fields. Never empty."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(problems[0].message, **problems[0].values)
        self.problems = tuple(problems)


class NotAllowed(ShelterDeskError):
    """The signed-in person has no right to do this."""


class NoKey(ShelterDeskError):
    """The signed-in person does not hold the key of the compartment a value is sealed in."""


class StaleRecord(ShelterDeskError):
    """Somebody saved the record after it was opened here; nothing was overwritten."""
