"""Files outside of the database: sealed, named by a keyed digest, in a folder or in an S3-compatible store."""

from app.adapters.files.place import Place, stores_at, told_of_files, told_of_scanner

__all__ = ["Place", "stores_at", "told_of_files", "told_of_scanner"]
