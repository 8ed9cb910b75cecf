"""Reporting an error, and what became of the report."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import DetailView, FormView

from timeline import reports
from timeline.models import Actor, Agreement, Event, Report, Source
from timeline.views.base import PublicMixin

KINDS = {"events": Event, "actors": Actor, "agreements": Agreement, "sources": Source}


@method_decorator([csrf_exempt, never_cache], name="dispatch")
class ReportView(FormView):
    """A short form under the record that it is about.

    It needs no cookie: nobody is logged in here, so there is nothing to forge. That the form is
    one of ours, and which, is signed into it.
    """

    form_class = reports.ReportForm
    template_name = "timeline/report.html"
    http_method_names = ["get", "head", "options", "post"]

    def get_initial(self):
        return {"form": reports.new_form()}

    def get_record(self):
        model = KINDS.get(self.kwargs["kind"])
        if model is None:
            raise Http404
        return get_object_or_404(model.objects.published(), slug=self.kwargs["slug"])

    def get_context_data(self, **kwargs):
        record = self.get_record()
        return super().get_context_data(**kwargs) | {"reported": record, "discovery": None}

    def form_valid(self, form):
        sender = reports.sender_of(self.request)
        try:
            report = reports.take(self.get_record(), form, sender=sender)
        except reports.TooMany:
            return self.refuse(form, status=429, is_full=True)
        return redirect(report)

    def form_invalid(self, form):
        if "form" in form.errors:
            # An old form, or none of ours: a new one, with what was typed.
            form.data = form.data.copy()
            form.data["form"] = reports.new_form()
        return self.refuse(form, status=400)

    def refuse(self, form, *, status, is_full=False):
        context = self.get_context_data(form=form, is_full=is_full)
        return self.render_to_response(context, status=status)


@method_decorator(never_cache, name="dispatch")
class ReportStateView(PublicMixin, DetailView):
    """What became of a report, for whoever has its number."""

    template_name = "timeline/report_state.html"
    context_object_name = "report"
    slug_field = "number"
    slug_url_kwarg = "number"

    def get_queryset(self):
        return Report.objects.for_page()

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"discovery": None}
