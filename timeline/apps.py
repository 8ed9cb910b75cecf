from django.apps import AppConfig
from django.contrib.admin import apps as admin
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _

from timeline import triggers


class TimelineConfig(AppConfig):
    name = "timeline"
    verbose_name = _("Record")

    def ready(self):
        # The one use of signals: Django has no other place for what must follow a migration.
        pre_migrate.connect(triggers.remove, sender=self)
        post_migrate.connect(triggers.install, sender=self)


class CurationConfig(admin.AdminConfig):
    """The admin of Django, with a site of ours."""

    default = False  # Not the configuration of this application.
    default_site = "timeline.workbench.CurationSite"
