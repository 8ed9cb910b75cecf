from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError

from timeline import seeding


class Command(BaseCommand):
    help = "Check the data files, then write them to the database: all or nothing."

    def add_arguments(self, parser):
        parser.add_argument("directory", nargs="?", type=Path, default=settings.SEEDS_DIR)
        parser.add_argument(
            "--dry-run", action="store_true", help="Say what would change; write nothing."
        )
        parser.add_argument(
            "--overwrite", action="store_true", help="Replace records that staff changed, too."
        )

    def handle(self, *, directory, dry_run, overwrite, verbosity, **options):
        try:
            report = seeding.load(directory, overwrite=overwrite, dry_run=dry_run)
        except seeding.SeedErrors as refused:
            for error in refused.errors:
                self.stderr.write(error)
            raise CommandError(
                f"{len(refused.errors)} errors; nothing was written.", returncode=1
            ) from refused
        except OperationalError as failed:
            raise CommandError(f"The database fails; nothing was written: {failed}") from failed
        if dry_run or verbosity > 1:
            for name in report.created:
                self.stdout.write(f"new: {name}")
            for name in report.changed:
                self.stdout.write(f"different: {name}")
        for name in report.kept:
            self.stdout.write(f"kept as staff changed it: {name}")
        self.stdout.write(
            f"{len(report.created)} created, {len(report.changed)} changed, "
            f"{report.unchanged} unchanged, {len(report.kept)} kept"
            + (" (nothing is written)." if dry_run else ".")
        )
