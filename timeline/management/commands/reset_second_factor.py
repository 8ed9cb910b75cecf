from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django_otp.plugins.otp_totp.models import TOTPDevice

from timeline.models import RecoveryCode


class Command(BaseCommand):
    help = "Let somebody who lost telephone and recovery codes enrol anew at the next sign-in."

    def add_arguments(self, parser):
        parser.add_argument("username")

    @transaction.atomic
    def handle(self, *, username, **options):
        people = get_user_model()
        try:
            user = people.objects.get_by_natural_key(username)
        except people.DoesNotExist:
            raise CommandError(f"There is no account of the name {username!r}.") from None
        TOTPDevice.objects.filter(user=user).delete()
        RecoveryCode.objects.filter(user=user).delete()
        self.stdout.write(f"{username} has no second factor any more.")
