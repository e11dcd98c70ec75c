"""A whole installation in one file, and back: every table, every attached file, all or nothing."""

from gelingen.backup.manifest import BackupError, Manifest
from gelingen.backup.reading import restore
from gelingen.backup.writing import write_backup

__all__ = ["BackupError", "Manifest", "restore", "write_backup"]
