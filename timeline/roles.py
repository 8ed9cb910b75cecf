"""Who may do what. Every page and action of the admin asks `may()`, and nothing else does.

A role is a group; a group has one permission or two; a person may be in several groups. Those
made with `createsuperuser` may do everything.
"""

from enum import StrEnum

from timeline.choices import Status
from timeline.models import Place, Report
from timeline.models.base import Record


class Act(StrEnum):
    """What is done at the workbench."""

    LOOK = "look"
    ADD = "add"
    CHANGE = "change"
    DELETE = "delete"
    SUBMIT = "submit"
    RETURN = "return"
    PUBLISH = "publish"
    WITHDRAW = "withdraw"
    RESTORE = "restore"
    REVERT = "revert"
    MERGE = "merge"
    REVIEW = "review"
    CHECK = "check"
    ANSWER = "answer"


CONTRIBUTE, EDIT, KEEP_VOCABULARY = (
    f"timeline.{name}" for name in ("contribute", "edit", "keep_vocabulary")
)
# The groups that a migration makes; the operator puts accounts into them.
GROUPS = {
    "contributor": [CONTRIBUTE],
    "editor": [CONTRIBUTE, EDIT],
    "administrator": [
        KEEP_VOCABULARY,
        *("auth.add_user", "auth.change_user", "auth.delete_user", "auth.view_user"),
        "auth.view_group",
    ],
}
OWN_DRAFTS = {Act.CHANGE, Act.DELETE, Act.SUBMIT}
"""What a contributor does to drafts, and only to those they entered."""
KEEPING = {Act.ADD, Act.CHANGE, Act.DELETE, Act.REVERT}
"""What is done to sectors, places and coverage statements; they have no status."""


def may(user, act: Act, model: type, record=None) -> bool:
    """Whether the person may do that to the record or, where none is given, to some of them.

    `model` is the class of the record; what hangs on a record follows the record.
    """
    if not user.is_active or not user.is_staff:
        return False
    if model is Report:
        # Readers write to those who can correct the record, and to nobody else.
        return act == Act.ANSWER and user.has_perm(EDIT)
    if act == Act.LOOK:
        return any(map(user.has_perm, (CONTRIBUTE, EDIT, KEEP_VOCABULARY)))
    if not issubclass(model, Record):
        return _may_keep(user, act, model)
    if user.has_perm(EDIT):
        return True
    if not user.has_perm(CONTRIBUTE):
        return False
    if act == Act.ADD:
        return True
    return act in OWN_DRAFTS and (record is None or is_own_draft(user, record))


def is_own_draft(user, record: Record) -> bool:
    return record.status == Status.DRAFT and record.created_by_id == user.pk


def _may_keep(user, act: Act, model: type) -> bool:
    if act in KEEPING and user.has_perm(KEEP_VOCABULARY):
        return True
    # An event is entered with its place; a double is an editor's to merge.
    if model is Place and act == Act.ADD:
        return user.has_perm(CONTRIBUTE) or user.has_perm(EDIT)
    return model is Place and act == Act.MERGE and user.has_perm(EDIT)
