"""Changes of status: buttons under the form of a record, and actions on its list."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.contrib.admin import helpers
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from timeline import curation
from timeline.admin.guarded import GuardedAdmin
from timeline.admin.refusals import change_page, say_refused
from timeline.choices import Status
from timeline.curation import REASON_LENGTH
from timeline.roles import Act

MOVE, APPLY, REASON = "_move", "_apply", "reason"


@dataclass(frozen=True)
class Move:
    """One way from status to status: who may go it, where it starts, whether it asks why."""

    act: Act
    do: Callable
    starts: tuple[Status, ...]
    button: str
    action: str
    done: Callable[[int], str]
    asks: str = ""


MOVES = {
    "submit": Move(
        Act.SUBMIT,
        curation.submit,
        (Status.DRAFT,),
        _("Save and submit for review"),
        _("Submit the selected records for review"),
        lambda n: ngettext("%d record submitted.", "%d records submitted.", n) % n,
    ),
    "give_back": Move(
        Act.RETURN,
        curation.give_back,
        (Status.IN_REVIEW,),
        _("Save and return with the note"),
        _("Return the selected records with a note"),
        lambda n: ngettext("%d record returned.", "%d records returned.", n) % n,
        asks=_("What is asked for, for whoever entered the record. Readers do not see it."),
    ),
    "publish": Move(
        Act.PUBLISH,
        curation.publish,
        (Status.DRAFT, Status.IN_REVIEW),
        _("Save and publish"),
        _("Publish the selected records"),
        lambda n: ngettext("%d record published.", "%d records published.", n) % n,
    ),
    "withdraw": Move(
        Act.WITHDRAW,
        curation.withdraw,
        (Status.PUBLISHED,),
        _("Save and withdraw for that reason"),
        _("Withdraw the selected records"),
        lambda n: ngettext("%d record withdrawn.", "%d records withdrawn.", n) % n,
        asks=_("Readers see the reason at the old address."),
    ),
    "restore": Move(
        Act.RESTORE,
        curation.restore,
        (Status.WITHDRAWN,),
        _("Save and publish again"),
        _("Publish the selected withdrawn records again"),
        lambda n: ngettext("%d record published again.", "%d records published again.", n) % n,
    ),
}


class MovesAdmin(GuardedAdmin):
    """A record with a status, which changes by a button or an action and never in a field."""

    def get_actions(self, request):
        actions = super().get_actions(request)
        if "_popup" in request.GET:
            return actions
        allowed = {
            name: (_action(name), name, move.action)
            for name, move in MOVES.items()
            if self.may(request, move.act)
        }
        return allowed | actions

    def get_form(self, request, obj=None, change=False, **kwargs):
        made = super().get_form(request, obj, change=change, **kwargs)
        move = MOVES.get(request.POST.get(MOVE, ""))
        made.asks_why = bool(move and move.asks)
        return made

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        status = obj.status if obj else Status.DRAFT
        if context["is_popup"]:
            context["moves"] = []
        else:
            context["moves"] = [
                (name, move.button)
                for name, move in MOVES.items()
                if status in move.starts and self.may(request, move.act, obj)
            ]
        return super().render_change_form(request, context, add, change, form_url, obj)

    def response_add(self, request, record, post_url_continue=None):
        if response := self._moved(request, record):
            return response
        return super().response_add(request, record, post_url_continue)

    def response_change(self, request, record):
        if response := self._moved(request, record):
            return response
        return super().response_change(request, record)

    def _moved(self, request, record):
        """The answer when a button was pressed that also changes the status."""
        move = MOVES.get(request.POST.get(MOVE, ""))
        if not move or "_popup" in request.POST:
            return None
        if not self.may(request, move.act, record):
            raise PermissionDenied
        chosen = self.model.objects.filter(pk=record.pk)
        if self.make_move(request, move, chosen, request.POST.get("change_reason", "")):
            page = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")
            return HttpResponseRedirect(self._with_filters(request, page))
        return HttpResponseRedirect(self._with_filters(request, change_page(record)))

    def _with_filters(self, request, page):
        kept = self.get_preserved_filters(request)
        return f"{page}?{kept}" if kept else page

    def make_move(self, request, move: Move, records, reason: str) -> bool:
        """Whether it was made; the messages say so, or what stands in the way."""
        try:
            count = move.do(records, by=request.user, reason=reason.strip())
        except ValidationError as refusal:
            say_refused(request, refusal)
            return False
        self.message_user(request, move.done(count), messages.SUCCESS)
        return True


def _action(name: str):
    move = MOVES[name]

    def action(model_admin, request, records):
        chosen = list(records)
        if not all(model_admin.may(request, move.act, record) for record in chosen):
            raise PermissionDenied
        reason = request.POST.get(REASON, "").strip()
        is_answer = APPLY in request.POST
        if move.asks and not (is_answer and 0 < len(reason) <= REASON_LENGTH):
            return _ask(model_admin, request, name, chosen, reason, is_answer)
        # Sorted and annotated lists cannot be locked.
        plain = model_admin.model.objects.filter(pk__in=[record.pk for record in chosen])
        model_admin.make_move(request, move, plain, reason)
        return None

    return action


def _ask(model_admin, request, name, records, reason, is_answer):
    context = {
        **model_admin.admin_site.each_context(request),
        "title": capfirst(MOVES[name].action),
        "opts": model_admin.opts,
        "records": records,
        "action": name,
        "asks": MOVES[name].asks,
        "reason": reason,
        "most": REASON_LENGTH,
        "is_missing": is_answer,
        "checkbox": helpers.ACTION_CHECKBOX_NAME,
        "media": model_admin.media,
    }
    return TemplateResponse(request, "admin/timeline/move.html", context)
