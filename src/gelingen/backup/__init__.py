"""A whole installation in one file, and back: every table, every attached file, all or nothing."""

from gelingen.backup.manifest import BackupError, Manifest
from gelingen.backup.reading import restore
from gelingen.backup.writing import links_of, write_backup

__all__ = ["BackupError", "Manifest", "links_of", "restore", "write_backup"]
