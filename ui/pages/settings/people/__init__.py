"""Settings → People: who works here, who holds which key, and the way back in when a passphrase is lost."""

from ui.pages.settings.people.section import PeopleSection

__all__ = ["PeopleSection"]
