"""The page of a damaged vault, before anybody is signed in: what is known, backups, and saving what can be read."""

from ui.pages.damage.page import DamagePage

__all__ = ["DamagePage"]
