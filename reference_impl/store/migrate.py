"""Migrating a database file to the current tables."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config

from reference_impl.store.database import Database


def migrate(path: Path) -> None:
    """Run every migration that the file lacks; a file that is not there is made."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.set_main_option("path_separator", "os")
    path.touch()
    database = Database(path)
    try:
        with database.tables() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    finally:
        database.close()
