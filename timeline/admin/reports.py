from django import forms
from django.contrib import admin
from django.utils.html import format_html
from django.utils.timezone import localdate as today
from django.utils.translation import gettext_lazy as _

from timeline.admin.listing import ListedAdmin
from timeline.admin.queues import QueuedMixin
from timeline.choices import ReportState
from timeline.models import Report
from timeline.roles import Act, may


class ReportForm(forms.ModelForm):
    """What became of a report."""

    class Meta:
        model = Report
        fields = ["state", "answer_en", "answer_tr", "answer_ja"]

    def clean(self):
        said = super().clean()
        if said.get("state") == ReportState.DECLINED and not said.get("answer_en"):
            self.add_error("answer_en", _("Say in the answer why nothing was changed."))
        # The day is not in the form, and the constraint asks for it.
        if self.instance.closed is None or "state" in self.changed_data:
            is_closed = said.get("state") in (ReportState.CORRECTED, ReportState.DECLINED)
            self.instance.closed = today() if is_closed else None
        return said


@admin.register(Report)
class ReportAdmin(QueuedMixin, ListedAdmin):
    """What readers say is wrong; it comes from the public form, and is answered here."""

    form = ReportForm
    list_display = ["case", "about", "state", "received", "language"]
    list_filter = ["state", "language", "received"]
    search_fields = ["number", "text", "evidence"]
    readonly_fields = [*("case", "about", "text", "evidence"), *("language", "received", "closed")]
    fieldsets = [
        (_("What the reader says"), {"fields": ["case", "about", "text", "evidence", "language"]}),
        (
            _("What became of it"),
            {"fields": ["state", "answer_en", "answer_tr", "answer_ja", "received", "closed"]},
        ),
    ]

    def for_list(self, records):
        return records.for_page()

    def has_add_permission(self, request):
        return False

    def has_module_permission(self, request):
        return may(request.user, Act.ANSWER, Report)

    def has_view_permission(self, request, obj=None):
        return may(request.user, Act.ANSWER, Report)

    def has_change_permission(self, request, obj=None):
        return may(request.user, Act.ANSWER, Report)

    def has_delete_permission(self, request, obj=None):
        return may(request.user, Act.ANSWER, Report)

    @admin.display(description=_("case number"), ordering="number")
    def case(self, report):
        return report.case

    @admin.display(description=_("what it is about"))
    def about(self, report):
        record = report.record
        return format_html('<a href="{}">{}</a>', record.get_absolute_url(), record)
