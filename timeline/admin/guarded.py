"""No lost edit: a form is written over the version it was opened on, and over no later one."""

import copy

from django import forms
from django.contrib import messages
from django.contrib.admin.utils import flatten_fieldsets, unquote
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import QueryDict
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from timeline import checks, curation, history
from timeline.admin import comparing, conflicts, lost
from timeline.admin.permitted import PermittedAdmin, record_of
from timeline.admin.refusals import say_refused
from timeline.admin.typed_dates import TypedDatesForm
from timeline.choices import Action
from timeline.curation import REASON_LENGTH
from timeline.models import Revision

VERSION, LOADED, REOPEN = "_version", "_loaded", "_reopen"


class GuardedForm(TypedDatesForm):
    """A form that asks why, where readers see the change."""

    reopened = asks_why = False
    is_bare = False
    """Whether it may be sent as it was opened, for the sake of a button, and then asks nothing."""
    change_reason = forms.CharField(
        label=_("Reason for the change"),
        required=False,
        max_length=REASON_LENGTH,
        widget=forms.TextInput(attrs={"class": "vTextField", "aria-describedby": "why-help"}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        is_public = self.instance.pk and getattr(record_of(self.instance), "is_published", False)
        self.is_public = bool(is_public)
        self.fields["change_reason"].required = self.asks_why or (is_public and not self.is_bare)

    def clean(self):
        cleaned = super().clean()
        if self.has_changed() and self.is_public and not cleaned.get("change_reason", "x"):
            self.add_error("change_reason", self.fields["change_reason"].error_messages["required"])
        if self.reopened:
            raise ValidationError(
                _("Nothing is saved yet. Look over what you typed, and save it."), code="reopened"
            )
        return cleaned


class GuardedAdmin(PermittedAdmin):
    """A form that stops where someone else saved the record in the meantime."""

    form = GuardedForm
    change_form_template = "admin/timeline/change_form.html"

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if request.method != "POST":
            return super().changeform_view(request, object_id, form_url, extra_context)
        with transaction.atomic():
            if object_id and (stop := self._stopped(request, object_id)):
                return stop
            try:
                with transaction.atomic():
                    return super().changeform_view(request, object_id, form_url, extra_context)
            except ValidationError as refusal:
                # What was written is taken back, and what was typed is shown again.
                say_refused(request, refusal)
                request.POST = request.POST.copy()
                request.POST[REOPEN] = "1"
                return super().changeform_view(request, object_id, form_url, extra_context)

    def _stopped(self, request, object_id):
        """The page that stops a form opened on an earlier version; None when it may pass."""
        found = self.get_object(request, unquote(object_id))
        if found is None:
            return self._gone(request)
        record = record_of(found)
        kind = history.kind_of(record)
        version = str(history.lock(kind, [record.pk])[record.pk])
        if request.POST.get(VERSION) == version and comparing.RESOLVING not in request.POST:
            return None
        # What was read before the lock may be old by now.
        thing = self.get_object(request, unquote(object_id))
        form, formsets = self.unsent(request, thing)
        conflict = comparing.read(request.POST, form, formsets, version)
        if conflict.is_decided and self.has_change_permission(request, thing):
            request.POST = conflict.result()
            request.POST[VERSION] = version
            request.POST[LOADED] = conflict.theirs.as_json()
            return None
        return self._conflict_page(request, thing, conflict, kind, record)

    def _gone(self, request):
        """What was typed for something that is no longer there: a form to enter it anew."""
        if not self.has_add_permission(request):
            fields = self.get_form(request).base_fields
            context = {
                **self.admin_site.each_context(request),
                "title": _("What you were changing is no longer there"),
                "opts": self.opts,
                "typed": lost.typed(request.POST, fields),
            }
            return TemplateResponse(request, "admin/timeline/gone.html", context, status=409)
        formsets = [formset for formset, _inline in self.get_formsets_with_inlines(request)]
        request.POST = lost.as_new(request.POST, formsets)
        request.POST[REOPEN] = "1"
        messages.error(
            request, _("The record was deleted while you were at work. Save to enter it anew.")
        )
        page = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_add")
        return super().changeform_view(request, None, page)

    def unsent(self, request, thing):
        """The form and its lists as they would be shown now."""
        reading = copy.copy(request)
        reading.method, reading.GET = "GET", QueryDict()
        names = flatten_fieldsets(self.get_fieldsets(reading, thing))
        # A form to change it has no fields for one who may not.
        form = self.get_form(reading, thing, change=False, fields=names)(instance=thing)
        formsets, _inlines = self._create_formsets(reading, thing, change=True)
        return form, formsets

    def _conflict_page(self, request, thing, conflict, kind, record):
        since = Revision.objects.of(kind, record.pk).select_related("by")
        if conflict.version.isdecimal():
            since = since.filter(version__gt=int(conflict.version[:9]))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Someone else changed this in the meantime"),
            "opts": self.opts,
            "original": thing,
            "conflict": conflict,
            "since": since[:10],
            "may_save": self.has_change_permission(request, thing),
            "is_popup": "_popup" in request.POST,
        }
        return TemplateResponse(request, "admin/timeline/conflict.html", context, status=409)

    def get_form(self, request, obj=None, change=False, **kwargs):
        made = super().get_form(request, obj, change=change, **kwargs)
        made.reopened = REOPEN in request.POST
        return made

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if change:
            if request.method == "POST":
                version, loaded = (request.POST.get(name, "") for name in (VERSION, LOADED))
            else:
                version = record_of(obj).version
                formsets = [one.formset for one in context["inline_admin_formsets"]]
                loaded = conflicts.sheet_shown(context["adminform"].form, formsets).as_json()
            context |= {"version": version, "loaded": loaded}
        return super().render_change_form(request, context, add, change, form_url, obj)

    def save_model(self, request, thing, form, change):
        record = record_of(thing)
        if record.pk:
            history.keep(history.kind_of(record), [record.pk])
            record.refresh_from_db(fields=["version"])
        elif hasattr(record, "created_by"):
            record.created_by = request.user
        super().save_model(request, thing, form, change)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        reason = form.cleaned_data["change_reason"]
        if form.is_public and not reason and any(one.has_changed() for one in formsets):
            raise ValidationError(_("Readers see this record: say why it is changed."))
        record = record_of(form.instance)
        is_new = record is form.instance and not change
        self.refold(form.instance)
        curation.refuse_broken(type(record).objects.filter(pk=record.pk))
        history.note(
            history.kind_of(record),
            [record.pk],
            Action.CREATED if is_new else Action.CHANGED,
            by=request.user,
            reason=reason,
        )
        if type(record) in checks.KINDS:
            checks.refresh(type(record), [record.slug])

    def refold(self, thing):
        """Bring every searched text that holds words of the thing up to date."""

    def delete_model(self, request, record):
        with transaction.atomic():
            self._note_deletion(request, [record])
            super().delete_model(request, record)

    def delete_queryset(self, request, records):
        with transaction.atomic():
            self._note_deletion(request, list(records))
            super().delete_queryset(request, records)

    def _note_deletion(self, request, records):
        for record in records:
            history.note_deletion(history.kind_of(record), record.pk, by=request.user)
