"""Merging two records, and taking them apart again: choose, look at what comes of it, confirm."""

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.contrib.admin import action
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from timeline import merging, pictures
from timeline.admin import choosing
from timeline.admin.guarded import GuardedAdmin
from timeline.admin.refusals import change_page, in_words
from timeline.curation import REASON_LENGTH
from timeline.differences import Difference, differences
from timeline.differences.names import Names
from timeline.pictures import KIND_OF, MODELS
from timeline.roles import Act
from timeline.uniting import choosable, united

OTHER, TAKE, REASON = "with", "take", "reason"


@dataclass
class Field:
    """A field in which the two differ: what it says in the one and in the other."""

    name: str
    told: list[Difference]
    is_taken: bool

    @property
    def label(self) -> str:
        return capfirst(", ".join(dict.fromkeys(one.label for one in self.told)))


class OtherSelect(choosing.Select):
    """A record chosen by typing. The hint also names the field to those who do not see it."""

    def build_attrs(self, base_attrs, extra_attrs=None):
        hint = _("The record that stays: type a part of its name")
        return super().build_attrs(base_attrs, extra_attrs) | {"data-placeholder": hint}

    def optgroups(self, name, value, attrs=None):
        self.is_required = False  # The hint shows in the place of an empty choice.
        return super().optgroups(name, value, attrs)


class MergeAdmin(GuardedAdmin):
    """A record that may go up in another of its kind."""

    actions = ["merge_two"]

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        wrap = self.admin_site.admin_view
        return [
            path("<path:object_id>/merge/", wrap(self.merge_view), name=f"{name}_merge"),
            path("<path:object_id>/unmerge/", wrap(self.unmerge_view), name=f"{name}_unmerge"),
            *super().get_urls(),
        ]

    def has_merge_permission(self, request):
        return self.may(request, Act.MERGE)

    @action(description=gettext_lazy("Merge the two selected records"), permissions=["merge"])
    def merge_two(self, request, records):
        chosen = list(records.order_by("pk").values_list("pk", flat=True)[:3])
        if len(chosen) != 2:
            self.message_user(request, _("Select two records to merge."), messages.ERROR)
            return None
        given_up, kept = chosen
        return HttpResponseRedirect(f"{self._page('merge', given_up)}?{OTHER}={kept}")

    def merge_view(self, request, object_id):
        """First the other record is chosen, then what stands of each; then they are one."""
        given_up = self._mergeable(request, object_id)
        data = request.POST if request.method == "POST" else request.GET
        if (asked := data.get(OTHER)) and not choosing.is_key(asked):
            raise Http404
        form = self._other_form(given_up, data if asked else None)
        if not form.is_valid():
            context = self._merge_context(request, given_up, form=form)
            return TemplateResponse(request, "admin/timeline/merge.html", context)
        kept, refused = form.cleaned_data[OTHER], []
        if request.method == "POST":
            try:
                self._merge(request, given_up, kept)
            except ValidationError as refusal:
                refused = [in_words(error) for error in refusal.error_list]
            else:
                self.message_user(request, _("The two records are one."), messages.SUCCESS)
                return HttpResponseRedirect(change_page(kept))
        context = self._merge_context(request, given_up, kept=kept, refused=refused)
        context |= self._preview(given_up, kept, request.POST.getlist(TAKE))
        return TemplateResponse(request, "admin/timeline/merge_preview.html", context)

    def unmerge_view(self, request, object_id):
        record = self._mergeable(request, object_id)
        merger = merging.undoable(record)
        if merger is None:
            raise Http404
        refused = []
        if request.method == "POST":
            try:
                merging.undo(merger, by=request.user, reason=request.POST.get(REASON, ""))
            except ValidationError as refusal:
                refused = [in_words(error) for error in refusal.error_list]
            else:
                done = _("The merging is undone: every record says again what it said before.")
                self.message_user(request, done, messages.SUCCESS)
                return HttpResponseRedirect(change_page(record))
        parts = merger.parts.order_by("kind", "number")
        context = self._merge_context(request, record, refused=refused, merger=merger, parts=parts)
        return TemplateResponse(request, "admin/timeline/unmerge.html", context)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj and self.has_merge_permission(request):
            if obj.merged_into_id is None:
                context["merge_page"] = self._page("merge", obj.pk)
            elif merging.undoable(obj):
                context["unmerge_page"] = self._page("unmerge", obj.pk)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def _mergeable(self, request, object_id):
        if not self.has_merge_permission(request):
            raise PermissionDenied
        if not choosing.is_key(object_id):
            raise Http404
        return get_object_or_404(self.model, pk=object_id)

    def _page(self, name, number):
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_{name}", args=[number])

    def _other_form(self, record, data):
        others = self.model.objects.filter(merged_into=None).exclude(pk=record.pk)
        widget = OtherSelect(self.opts.get_field("merged_into"), self.admin_site)
        chosen = forms.ModelChoiceField(others, widget=widget, label=_("The record that stays"))
        chosen.label_from_instance = choosing.label
        return type("OtherForm", (forms.Form,), {OTHER: chosen})(data)

    def _merge(self, request, given_up, kept):
        merging.merge(
            given_up,
            kept,
            request.POST.getlist(TAKE),
            by=request.user,
            reason=request.POST.get(REASON, "").strip(),
        )

    def _preview(self, given_up, kept, taken):
        kind = KIND_OF[self.model]
        old = pictures.of_all(kind, pk__in=[given_up.pk, kept.pk])
        stays, goes = old[kept.pk], old[given_up.pk]
        after = united(kind, stays, goes)
        names = Names.in_pictures((kind, one) for one in (stays, goes, after))
        fields = [
            Field(name, told, name in taken)
            for name in choosable(stays, goes)
            if (told := differences(kind, {name: stays.get(name)}, {name: goes.get(name)}, names))
        ]
        numbers = {
            MODELS[name]._meta.verbose_name_plural: len({*of_kind} - {given_up.pk, kept.pk})
            if name == kind
            else len(of_kind)
            for name, of_kind in merging.touched(given_up).items()
        }
        return {
            "fields": fields,
            "lists": differences(kind, stays, after, names),
            "naming": [(name, count) for name, count in numbers.items() if count],
        }

    def _merge_context(self, request, record, **more):
        title = _("Undo the merging") if "merger" in more else _("Merge into another record")
        context = {
            **self.admin_site.each_context(request),
            "title": title,
            "subtitle": str(record),
            "opts": self.opts,
            "original": record,
            "reason": request.POST.get(REASON, ""),
            "most": REASON_LENGTH,
            "media": self.media,
            **more,
        }
        if "form" in more:
            context["media"] += more["form"].media
        if "kept" in more:
            context["swapped"] = f"{self._page('merge', more['kept'].pk)}?{OTHER}={record.pk}"
        return context
