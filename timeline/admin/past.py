"""The history of a record: its versions, what each changed, and how one is brought back."""

from itertools import pairwise

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _

from timeline import curation, history, pictures
from timeline.admin.guarded import GuardedAdmin
from timeline.admin.permitted import record_of
from timeline.admin.refusals import change_page, history_page, in_words
from timeline.curation import REASON_LENGTH
from timeline.differences import differences
from timeline.differences.names import Names
from timeline.models import Revision
from timeline.roles import Act

PER_PAGE = 20


class PastAdmin(GuardedAdmin):
    """A record whose earlier versions can be looked at, compared and brought back."""

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_version"
        view = self.admin_site.admin_view(self.version_view)
        return [
            path("<path:object_id>/history/<int:version>/", view, name=name),
            *super().get_urls(),
        ]

    def history_view(self, request, object_id, extra_context=None):
        record = self._record(request, object_id)
        kind = history.kind_of(record)
        revisions = Revision.objects.of(kind, record.pk).select_related("by")
        page = Paginator(revisions, PER_PAGE).get_page(request.GET.get("page"))
        # One more than is shown: the oldest of a page is compared with the one before it.
        shown = list(revisions[page.start_index() - 1 : page.end_index() + 1]) if page else []
        names = Names.in_pictures((kind, one.entry) for one in shown)
        told = [
            {"revision": new, "differences": differences(kind, old.entry, new.entry, names)}
            for new, old in pairwise(shown)
        ]
        if shown and page.end_index() == page.paginator.count:
            told.append({"revision": shown[-1], "differences": []})
        context = {
            **self._past_context(request, record, _("History")),
            "told": told,
            "page": page,
            "may_revert": self.may(request, Act.REVERT, record),
        }
        return TemplateResponse(request, "admin/timeline/history.html", context)

    def version_view(self, request, object_id, version):
        """What would change if a version were brought back, and the button that does it."""
        record = self._record(request, object_id)
        kind = history.kind_of(record)
        revision = get_object_or_404(Revision.objects.of(kind, record.pk), version=version)
        refused, reason = [], request.POST.get("reason", "")
        if request.method == "POST":
            if not self.may(request, Act.REVERT, record):
                raise PermissionDenied
            try:
                curation.revert(record, revision, by=request.user, reason=reason)
            except ValidationError as refusal:
                refused = [in_words(error) for error in refusal.error_list]
            else:
                done = _("The record says again what it said in version %d.") % version
                self.message_user(request, done, messages.SUCCESS)
                return HttpResponseRedirect(change_page(record))
        present = pictures.of_all(kind, pk=record.pk)[record.pk]
        names = Names.in_pictures([(kind, present), (kind, revision.entry)])
        kept = {name: present[name] for name in curation.NOT_REVERTED if name in present}
        after = {k: v for k, v in revision.entry.items() if k not in curation.NOT_REVERTED} | kept
        context = {
            **self._past_context(request, record, _("Version %d") % version),
            "revision": revision,
            "differences": differences(kind, present, after, names),
            "refused": refused,
            "reason": reason,
            "most": REASON_LENGTH,
            "may_revert": self.may(request, Act.REVERT, record),
        }
        return TemplateResponse(request, "admin/timeline/version.html", context)

    def _record(self, request, object_id):
        thing = self.get_object(request, unquote(object_id))
        if thing is None:
            raise Http404
        if not self.has_view_permission(request, thing):
            raise PermissionDenied
        return thing

    def _past_context(self, request, record, title):
        return {
            **self.admin_site.each_context(request),
            "title": title,
            "subtitle": str(record),
            "opts": self.opts,
            "original": record,
            "history_name": f"admin:{self.opts.app_label}_{self.opts.model_name}_history",
            "version_name": f"admin:{self.opts.app_label}_{self.opts.model_name}_version",
        }


class PartPastAdmin(GuardedAdmin):
    """What hangs on a record has the history of that record."""

    def history_view(self, request, object_id, extra_context=None):
        part = self.get_object(request, unquote(object_id))
        if part is None:
            raise Http404
        return HttpResponseRedirect(history_page(record_of(part)))
