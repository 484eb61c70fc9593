"""Settings → Log: who has looked, changed, signed in, and what left; and whether the log is whole."""

from ui.pages.settings.log.section import LogSection

__all__ = ["LogSection"]
