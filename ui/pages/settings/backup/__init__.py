"""Backups and checks: places, schedule, looking into a backup and putting it back, and the check of the whole vault."""

from ui.pages.settings.backup.section import BackupSection

__all__ = ["BackupSection"]
