"""Pages before anybody is signed in: a damaged vault, what can be saved of it, and putting a backup back."""

from ui.pages.damage.page import DamagePage
from ui.pages.damage.put_back import PutBackPage

__all__ = ["DamagePage", "PutBackPage"]
