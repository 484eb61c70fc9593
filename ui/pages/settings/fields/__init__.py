"""Settings → Lists and fields: the forms, the lists and the sections of the record as this shelter uses them."""

from ui.pages.settings.fields.section import FieldsSection

__all__ = ["FieldsSection"]
