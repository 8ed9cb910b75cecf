from django.contrib import admin
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _

from timeline.admin.base import CuratedAdmin
from timeline.admin.entering import KeepsContext, NewSourceForm
from timeline.admin.narrowing import LanguageFilter
from timeline.admin.queues import QueuedMixin
from timeline.models import Source


@admin.register(Source)
class SourceAdmin(QueuedMixin, KeepsContext, CuratedAdmin):
    form = NewSourceForm
    kept = ("language", "kind", "side", "publisher")
    list_display = ["title", "publisher", "date", "kind", "side", "statements", "status"]
    worked_out = ("statements",)
    list_filter = ["status", "kind", "side", LanguageFilter]
    readonly_fields = [*CuratedAdmin.readonly_fields, "links"]
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
            {
                "fields": [
                    *("url", "copy_url", "archived_url", "links"),
                    *("accessed", "archive_location"),
                ]
            },
        ),
        CuratedAdmin.curation_fields,
    ]

    def for_list(self, records):
        return records.with_statement_count()

    @admin.display(description=_("statements"), ordering="statement_count")
    def statements(self, source):
        return source.statement_count

    @admin.display(description=_("links, as last checked"))
    def links(self, source):
        found = source.link_checks.present() if source.pk else []
        return format_html_join(
            "",
            "<p>{}: {} ({}){}</p>",
            (
                (
                    one.address,
                    one.get_status_display(),
                    one.checked.date().isoformat(),
                    f" → {one.moved_to}" if one.moved_to else "",
                )
                for one in found
            ),
        ) or _("not yet checked")
