"""What belongs to an account besides what Django and django-otp keep of it."""

from django.conf import settings
from django.db import models
from django.db.models import UniqueConstraint


class RecoveryCode(models.Model):
    """Lets one person in once, in the place of a code of the device. Only its digest is kept."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="recovery_codes"
    )
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [UniqueConstraint(name="recoverycode_once", fields=["user", "digest"])]

    def __str__(self):
        return f"a recovery code of {self.user}"
