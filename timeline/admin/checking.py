"""Comparing records with their sources: in one step from the form, and from the list."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponseRedirect
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from timeline import checks, footnotes
from timeline.admin.queues import QueuedMixin
from timeline.roles import Act

TICKED = "compared_with"
"""The name of the boxes in the form: the sources that the record was compared with."""


class CheckedMixin(QueuedMixin):
    """An event, an agreement or an actor, which is compared with its sources."""

    def get_readonly_fields(self, request, record=None):
        return [*super().get_readonly_fields(request, record), "comparison"]

    def get_fieldsets(self, request, record=None):
        fieldsets = super().get_fieldsets(request, record)
        if record is None or not self.has_check_permission(request):
            return fieldsets
        return [*fieldsets, (_("Check"), {"fields": ["comparison"]})]

    def has_check_permission(self, request):
        return self.may(request, Act.CHECK)

    def get_form(self, request, obj=None, change=False, **kwargs):
        made = super().get_form(request, obj, change=change, **kwargs)
        made.is_bare = "_check" in request.POST
        return made

    @admin.display(description=_("compared with its sources"))
    def comparison(self, record):
        loaded = self.model.objects.for_page().get(pk=record.pk)
        return render_to_string(
            "admin/_check.html",
            {
                "last": loaded.checks.select_related("by").prefetch_related("sources").first(),
                "notes": footnotes.of_record(loaded),
                "name": TICKED,
            },
        )

    def response_change(self, request, record):
        response = super().response_change(request, record)
        if "_check" not in request.POST:
            return response
        if not self.has_check_permission(request):
            raise PermissionDenied
        ticked = set(request.POST.getlist(TICKED))
        loaded = self.model.objects.for_page().get(pk=record.pk)
        sources = [n.source for n in footnotes.of_record(loaded) if str(n.source.pk) in ticked]
        self._note(request, [(record, sources)])
        return HttpResponseRedirect(request.get_full_path())

    @admin.action(description=_("Compared with all their sources today"), permissions=["check"])
    def compared_with_all(self, request, records):
        loaded = records.model.objects.for_page().filter(pk__in=records.values("pk"))
        self._note(request, [(one, [n.source for n in footnotes.of_record(one)]) for one in loaded])

    def get_actions(self, request):
        actions = super().get_actions(request)
        if self.has_check_permission(request):
            actions["compared_with_all"] = self.get_action("compared_with_all")
        return actions

    def _note(self, request, compared):
        count = 0
        for record, sources in compared:
            try:
                checks.note(record, sources, by=request.user)
            except ValidationError as refusal:
                self.message_user(request, refusal.messages[0], messages.ERROR)
                continue
            count += 1
            self.log_change(request, record, str(_("Compared with its sources.")))
        if count:
            done = ngettext("%d record noted as checked.", "%d records noted as checked.", count)
            self.message_user(request, done % count, messages.SUCCESS)
