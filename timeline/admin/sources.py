from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from timeline.admin.base import CuratedAdmin
from timeline.admin.entering import KeepsContext, NewSourceForm
from timeline.models import Source


@admin.register(Source)
class SourceAdmin(KeepsContext, CuratedAdmin):
    form = NewSourceForm
    kept = ("language", "kind", "side", "publisher")
    list_display = ["title", "publisher", "date", "kind", "side", "statements", "status"]
    list_filter = ["status", "kind", "side", "language"]
    prepopulated_fields = {"slug": ["title"]}
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "title",
                    ("language", "kind", "side"),
                    ("author", "publisher"),
                    "date",
                    "slug",
                ]
            },
        ),
        (
            _("Where it can be read"),
            {"fields": ["url", "copy_url", "archived_url", "accessed", "archive_location"]},
        ),
        CuratedAdmin.curation_fields,
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).with_statement_count()

    @admin.display(description=_("statements"), ordering="statement_count")
    def statements(self, source):
        return source.statement_count
