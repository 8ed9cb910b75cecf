from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import localdate

from timeline import releases


class Command(BaseCommand):
    help = "Freeze the published data as a numbered release, with checksums: all or nothing."

    def add_arguments(self, parser):
        parser.add_argument("number", help="Year and month, such as 2026.11; then 2026.11.1.")
        parser.add_argument("--notes", default="", help="What readers should know of it.")

    def handle(self, *, number, notes, **options):
        try:
            release = releases.make(number, localdate(), notes)
        except releases.Refused as refused:
            raise CommandError(str(refused), returncode=1) from refused
        for kind, found in release.changes.items():
            counts = ", ".join(f"{len(slugs)} {what}" for what, slugs in found.items())
            self.stdout.write(f"{kind}: {counts}")
        self.stdout.write(f"Release {number}: {release.records} events, sha256 {release.checksum}")
