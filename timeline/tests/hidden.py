"""Records beside each other that are public and that are not, to see whether one shows the other.

Every text that no visitor may read holds `WORD`, which no request of a test ever says. The slugs
of what is hidden begin with `SLUG`.
"""

import gzip
import io
import zipfile

from django.db import models, transaction

from timeline import history
from timeline.choices import Action, Status
from timeline.dates import PartialDate
from timeline.models import (
    Actor,
    Agreement,
    AgreementLink,
    Citation,
    Event,
    EventLink,
    Source,
    Story,
    StoryStep,
    Upload,
)
from timeline.tests.factories import (
    ActorFactory,
    AgreementDateFactory,
    AgreementFactory,
    CitationFactory,
    ClaimFactory,
    DisputeFactory,
    EventFactory,
    PlaceFactory,
    ReportFactory,
    SectorFactory,
    SourceFactory,
    StoryFactory,
    TenureFactory,
)
from timeline.tests.test_pages import full_event

WORD = "qzxwvk"
SLUG = "hidden-"
PUBLIC, HIDDEN = "a", [f"{SLUG}{status}" for status in (Status.DRAFT, Status.IN_REVIEW)]
KINDS = {
    Event: EventFactory,
    Actor: ActorFactory,
    Agreement: AgreementFactory,
    Source: SourceFactory,
    Story: StoryFactory,
}
# What is written in a form of its own, and marks that the program keeps for itself.
FORMED = {"slug", "country", "language", "anchor", "folded", "loaded", "tr_of", "ja_of"}


def hide(thing: models.Model) -> models.Model:
    """Write the word into every text of it."""
    texts = {
        field.name: f"https://{WORD}.example/" if isinstance(field, models.URLField) else WORD
        for field in thing._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField)
        and not field.choices
        and field.name not in FORMED
        and type(field).__name__ in {"CharField", "TextField", "URLField"}
    }
    assert texts
    type(thing).objects.filter(pk=thing.pk).update(**texts)
    return thing


@transaction.atomic
def records(account) -> None:
    """Public records, and hidden ones that touch them in every way there is.

    The hidden ones come first, so that number 1 of each kind is a draft of that account.
    """
    written = [_written(status, account) for status in (Status.DRAFT, Status.IN_REVIEW)]
    public = _public()
    for drafts in written:
        _touch(drafts, public)
    hide(ReportFactory(event=public[Event]))
    sheet = f"slug,title_en,date,kind\n{SLUG}row,{WORD},1934,meeting\n".encode()
    Upload.objects.create(owner=account, kind="events", name=f"{WORD}.csv", content=sheet)
    for model in KINDS:
        model.objects.refold()
    for drafts in written:
        for record in drafts.values():
            _remember(record, account)


def _written(status: str, account) -> dict:
    said = {"slug": f"{SLUG}{status}", "status": status, "created_by": account}
    parts = {Event: {"sides": []}, Story: {"steps": []}}
    return {model: hide(make(**said, **parts.get(model, {}))) for model, make in KINDS.items()}


def _public() -> dict:
    event, actor = full_event(slug=PUBLIC), ActorFactory(slug=PUBLIC)
    event.participants.create(actor=actor)
    agreement, source = AgreementFactory(slug=PUBLIC, published=True), SourceFactory(slug=PUBLIC)
    signed = AgreementDateFactory(agreement=agreement)
    CitationFactory(event=event, source=source, part="date")
    CitationFactory(agreement_date=signed, source=source)
    story = StoryFactory(slug=PUBLIC, published=True)
    PlaceFactory(slug=PUBLIC)
    SectorFactory(slug="trade")
    public = {Event: event, Actor: actor, Agreement: agreement, Source: source, Story: story}
    for model, make in KINDS.items():
        make(slug="withdrawn", status=Status.WITHDRAWN, reason="A mistake.")
        make(slug="merged", status=Status.MERGED, merged_into=public[model])
        # What curators write to each other stands in public records too.
        model.objects.update(note=WORD, returned=WORD)
    return public


def _touch(drafts: dict, public: dict) -> None:
    """What hangs on the drafts, and what of public records leads to them and back."""
    event, actor, treaty = drafts[Event], drafts[Actor], drafts[Agreement]
    shown, known = public[Event], public[Actor]
    year = PartialDate(1934)
    Event.objects.filter(pk=event.pk).update(place=hide(PlaceFactory(slug=event.slug)))
    dispute = hide(DisputeFactory(event=event))
    hide(ClaimFactory(dispute=dispute, start=None, value_en="?", preferred=True))
    hide(TenureFactory(actor=actor, institution=known, start=year))
    AgreementDateFactory(agreement=treaty)
    step = StoryStep.objects.create(
        story=drafts[Story], position=1, anchor="one", heading_en="?", text_en="?"
    )
    hide(step).events.set([event, shown])
    for cited in ({"event": event}, {"agreement": treaty}, {"story_step": step}):
        hide(CitationFactory(source=public[Source], **cited))
    event.participants.create(actor=known)
    shown.participants.create(actor=actor)
    AgreementLink.objects.create(event=shown, agreement=treaty, relation="signed")
    EventLink.objects.create(event=shown, target=event, relation="leads-to")
    EventLink.objects.create(event=event, target=shown, relation="part-of")
    Citation.objects.create(event=shown, source=drafts[Source])
    TenureFactory(actor=known, institution=actor, start=year)
    public[Agreement].parties.add(actor)
    public[Story].steps.first().events.add(event)


def _remember(record, account) -> None:
    """Give the record a history."""
    kind = history.kind_of(record)
    history.keep(kind, [record.pk])
    type(record).objects.filter(pk=record.pk).update(note=f"{WORD} again")
    history.note(kind, [record.pk], Action.CHANGED, by=account, reason=WORD)


def read(headers, body: bytes) -> str:
    """All that an answer says, with its packing taken off."""
    if headers.get("Content-Encoding") == "gzip":
        body = gzip.decompress(body)
    if body[:4] == b"PK\3\4":
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            body = b"\n".join(packed.read(name) for name in packed.namelist())
    return "\n".join([*headers.values(), body.decode(errors="replace")])
