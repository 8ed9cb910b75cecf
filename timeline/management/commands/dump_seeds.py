from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from timeline import seeding


class Command(BaseCommand):
    help = "Write the database back to the data files."

    def add_arguments(self, parser):
        parser.add_argument("directory", nargs="?", type=Path, default=settings.SEEDS_DIR)
        parser.add_argument(
            "--copy",
            action="store_true",
            help="Only write: what staff changed goes on counting as changed since the last load.",
        )

    def handle(self, *, directory, copy, verbosity, **options):
        try:
            counts = seeding.export(directory) if copy else seeding.dump(directory)
        except OSError as error:
            raise CommandError(f"The files cannot be written: {error}") from error
        for name, count in counts.items() if verbosity else ():
            self.stdout.write(f"{name}: {count}")
