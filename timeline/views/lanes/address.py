"""Where the links of the lanes lead."""

from django.http import QueryDict
from django.urls import reverse

from timeline.lanes import Window

VIEW = ("by", "zoom", "at", "event")


def address(data: QueryDict, **changes: object) -> str:
    """The query string of the same lanes looked at otherwise; `None` takes a parameter out."""
    rest = data.copy()
    rest.pop("page", None)
    for name, value in changes.items():
        rest.pop(name, None)
        if value is not None:
            rest[name] = str(value)
    return f"?{rest.urlencode()}"


def list_question(asked, window: Window | None) -> QueryDict:
    """The question whose list holds the very records of the view.

    `asked` is a valid `EventFilter`. A window narrows the period asked for; where the two
    share no day the question is one that finds nothing.
    """
    rest = asked.data.copy()
    for name in (*VIEW, "page"):
        rest.pop(name, None)
    if window:
        since, until = (asked.form.cleaned_data.get(name) for name in ("from", "to"))
        period = window.period
        if not since or since.earliest < period.earliest:
            rest["from"] = str(window.first)
        if not until or until.latest > period.latest:
            rest["to"] = str(window.last)
    return rest


def lane_url(data: QueryDict, by: str, name: str, question: QueryDict | None) -> str:
    """The list of a lane's records; "" where no list is just that.

    A record has several sectors, and the filter cannot ask for two of them at once.
    """
    parameter = {"sector": "sector", "kind": "kind", "side": "attestation"}[by]
    if by == "sector" and data.getlist("sector"):
        return ""
    rest = data.copy() if question is None else question.copy()
    for one in (*VIEW, "page", parameter):
        rest.pop(one, None)
    rest[parameter] = name
    return f"{reverse('timeline')}?{rest.urlencode()}"
