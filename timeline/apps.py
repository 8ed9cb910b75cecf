from django.apps import AppConfig
from django.contrib.admin import apps as admin
from django.utils.translation import gettext_lazy as _


class TimelineConfig(AppConfig):
    name = "timeline"
    verbose_name = _("Record")


class CurationConfig(admin.AdminConfig):
    """The admin of Django, with a site of ours."""

    default = False  # Not the configuration of this application.
    default_site = "timeline.workbench.CurationSite"
