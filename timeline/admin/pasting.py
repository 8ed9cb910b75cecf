"""Sources pasted from elsewhere: read, looked through, and saved as drafts, all or none."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminTextInputWidget
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.forms import formset_factory
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from timeline import curation, pasting
from timeline.admin.choosing import label
from timeline.admin.typed_dates import TypedDateField, TypedDatesForm
from timeline.likeness import like_source
from timeline.models import Source
from timeline.text import fold
from timeline.workbench import REOPEN

FIELDS = [
    *("title", "slug", "language", "author", "publisher", "date", "kind", "side"),
    *("url", "copy_url", "archived_url", "accessed", "archive_location"),
]
DATES = ["date", "accessed"]


class PasteForm(forms.Form):
    text = forms.CharField(
        label=gettext_lazy("BibTeX, RIS or CSL-JSON"),
        widget=forms.Textarea({"rows": 16, "class": "vLargeTextField", "spellcheck": "false"}),
        strip=True,
    )

    def clean_text(self):
        try:
            self.found = pasting.read(self.cleaned_data["text"])
        except pasting.PasteError as refusal:
            raise forms.ValidationError(refusal.reasons) from refusal
        return self.cleaned_data["text"]


class PastedSourceForm(TypedDatesForm):
    leave_out = forms.BooleanField(label=gettext_lazy("Leave this one out"), required=False)

    class Meta:
        model = Source
        fields = FIELDS
        widgets = {
            name: AdminTextInputWidget for name in FIELDS if name not in ("kind", "side", *DATES)
        }
        field_classes = dict.fromkeys(DATES, TypedDateField)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # However few forms a request says it began with, none of them may be left blank.
        self.empty_permitted = False

    def full_clean(self):
        super().full_clean()
        # What is left out need not be right.
        if self.is_bound and self.data.get(self.add_prefix("leave_out")):
            self._errors.clear()

    def like(self) -> list[dict]:
        """The sources that are there already and may be this one."""
        value = {name: str(self[name].value() or "") for name in FIELDS}
        urls = [value["url"], value["copy_url"], value["archived_url"]]
        found = like_source(urls, value["title"], value["publisher"])
        return [{"pk": one.pk, "label": label(one)} for one in found]

    @property
    def left(self) -> list[str]:
        """What the paste said and no field could take."""
        return list((self.initial.get("left") or {}).values())


class _PastedFormSet(forms.BaseFormSet):
    def kept(self) -> list[PastedSourceForm]:
        return [form for form in self.forms if not form.cleaned_data.get("leave_out")]

    def clean(self):
        slugs = set()
        for form in self.forms:
            slug = form.cleaned_data.get("slug") if form.is_valid() else None
            if slug and not form.cleaned_data["leave_out"] and slug in slugs:
                form.add_error("slug", _("Another of these sources has this slug."))
            slugs.add(slug)


PastedFormSet = formset_factory(
    PastedSourceForm,
    formset=_PastedFormSet,
    extra=0,
    max_num=pasting.MOST,
    absolute_max=pasting.MOST,
    validate_max=True,
)


def paste_sources(request):
    """The page: a text at first, then a form for each source that was found in it."""
    curated = admin.site.get_model_admin(Source)
    if not curated.has_add_permission(request):
        raise PermissionDenied
    text, formset = PasteForm(), None
    if "sources-TOTAL_FORMS" in request.POST:
        formset = PastedFormSet(request.POST, prefix="sources")
        if REOPEN in request.POST:
            # The session had ended: what was typed outlives it, and is looked over once more.
            messages.warning(
                request, _("Nothing is saved yet. Look over what you typed, and save it.")
            )
        elif formset.is_valid():
            return _save(request, curated, formset)
    elif request.method == "POST":
        text = PasteForm(request.POST)
        if text.is_valid():
            initial = [one.fields | {"left": one.left} for one in _with_slugs(text.found)]
            formset = PastedFormSet(initial=initial, prefix="sources")
    context = admin.site.each_context(request) | {
        "title": _("Paste sources"),
        "form": text,
        "formset": formset,
        "opts": Source._meta,
        "media": curated.media + PastedSourceForm().media,
    }
    return render(request, "admin/entering/paste.html", context)


def _with_slugs(found: list[pasting.Pasted]) -> list[pasting.Pasted]:
    """Each with an address made from its year and title, one that nothing has yet."""
    taken = set(Source.objects.values_list("slug", flat=True))
    for pasted in found:
        year = pasted.fields.get("date", "")[:4]
        words = slugify(fold(f"{year} {pasted.fields.get('title', '')}"))[:60].strip("-")
        slug, number = words, 2
        while slug in taken:
            slug, number = f"{words}-{number}", number + 1
        if slug:
            pasted.fields["slug"] = slug
            taken.add(slug)
    return found


@transaction.atomic
def _save(request, curated, formset):
    sources = [form.save() for form in formset.kept()]
    saved = Source.objects.filter(pk__in=[source.pk for source in sources])
    curation.bring_in(saved, by=request.user, reason=_("Pasted."))
    n = len(sources)
    done = ngettext("%d source saved as a draft.", "%d sources saved as drafts.", n) % n
    curated.message_user(request, done, messages.SUCCESS if n else messages.WARNING)
    return redirect("admin:timeline_source_changelist")
