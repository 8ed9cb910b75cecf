from django.core.management.base import BaseCommand, CommandError

from timeline import audit, statistics


class Command(BaseCommand):
    help = "Check the published record against its own rules; errors fail, warnings are counted."

    def handle(self, *, verbosity, **options):
        for line in statistics.lines():
            self.stdout.write(line)
        found = list(audit.findings())
        errors = [finding for finding in found if finding.is_error]
        warnings = [finding for finding in found if not finding.is_error]
        if verbosity > 1:
            for finding in warnings:
                self.stdout.write(f"warning: {finding.record.slug}: {finding.message}")
        for finding in errors:
            self.stderr.write(f"error: {finding.record.slug}: {finding.message}")
        self.stdout.write(f"{len(errors)} errors, {len(warnings)} warnings")
        if errors:
            raise CommandError("The record breaks its own rules.", returncode=1)
