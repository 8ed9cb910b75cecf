"""What is said of a record of each kind, and of everything that hangs on it."""

from timeline.models.base import TARGET_LANGUAGES


def _said(**fields) -> dict:
    """The fields that say something; the rest is left out of an entry."""
    return {name: value for name, value in fields.items() if value not in ("", None, [], {})}


def _texts(record, field: str) -> dict:
    return _said(**record.in_all_languages(field))


def _record(record) -> dict:
    merged_into = record.merged_into
    return _said(
        slug=record.slug,
        id=record.pk,
        status=record.status,
        reason=record.reason,
        merged_into=merged_into and merged_into.slug,
        added=record.added and record.added.isoformat(),
        changed=record.changed and record.changed.isoformat(),
        note=record.note,
    )


def _translations(record) -> dict:
    """Of which English text each translation was made, and whether it was reviewed."""
    said = {}
    for language in TARGET_LANGUAGES:
        if mark := getattr(record, f"{language}_of"):
            is_reviewed = getattr(record, f"{language}_reviewed")
            said[language] = f"{'reviewed' if is_reviewed else 'unreviewed'} {mark}"
    return said


def _slug(record) -> str | None:
    return record.slug if record else None


def _citations(target) -> list[dict]:
    return [
        _said(
            source=citation.source.slug,
            part=citation.part,
            stance=citation.stance,
            locator=citation.locator,
            note=citation.note,
        )
        for citation in target.citations.all()
    ]


def _disputes(record) -> list[dict]:
    return [
        _said(
            about=dispute.about,
            question=_texts(dispute, "question"),
            reason=_texts(dispute, "reason"),
            claims=[
                _said(
                    date=claim.when and str(claim.when),
                    value=_texts(claim, "value"),
                    preferred=claim.preferred,
                    citations=_citations(claim),
                )
                for claim in dispute.claims.all()
            ],
        )
        for dispute in record.disputes.all()
    ]


def _sector(sector) -> dict:
    return {"slug": sector.slug, "position": sector.position, "name": _texts(sector, "name")}


def _place(place) -> dict:
    return _said(
        slug=place.slug,
        name=_texts(place, "name"),
        aliases=place.aliases.splitlines(),
        country=place.country,
        latitude=_coordinate(place.latitude),
        longitude=_coordinate(place.longitude),
        merged_into=_slug(place.merged_into),
    )


def _coordinate(value) -> str | None:
    return None if value is None else f"{value:.4f}"


def _source(source) -> dict:
    return _record(source) | _said(
        title=source.title,
        language=source.language,
        author=source.author,
        publisher=source.publisher,
        date=source.date and str(source.date),
        kind=source.kind,
        side=source.side,
        url=source.url,
        copy_url=source.copy_url,
        archived_url=source.archived_url,
        accessed=source.accessed and str(source.accessed),
        archive_location=source.archive_location,
    )


def _office(tenure) -> dict:
    return _said(
        title=_texts(tenure, "title"),
        institution=_slug(tenure.institution),
        start=tenure.start and str(tenure.start),
        end=tenure.end and str(tenure.end),
        citations=_citations(tenure),
    )


def _actor(actor) -> dict:
    return _record(actor) | _said(
        translations=_translations(actor),
        kind=actor.kind,
        name=_texts(actor, "name"),
        aliases=actor.aliases.splitlines(),
        country=actor.country,
        wikidata=actor.wikidata,
        offices=[_office(tenure) for tenure in actor.tenures.all()],
    )


def _agreement(agreement) -> dict:
    return _record(agreement) | _said(
        translations=_translations(agreement),
        kind=agreement.kind,
        title=_texts(agreement, "title"),
        summary=_texts(agreement, "summary"),
        standing=agreement.standing,
        sectors=[sector.slug for sector in agreement.sectors.all()],
        parties=[party.slug for party in agreement.parties.all()],
        dates=[
            _said(
                kind=dated.kind,
                date=str(dated.when),
                place=_slug(dated.place),
                citations=_citations(dated),
            )
            for dated in agreement.dates.all()
        ],
        citations=_citations(agreement),
        disputes=_disputes(agreement),
    )


def _event(event) -> dict:
    return _record(event) | _said(
        translations=_translations(event),
        title=_texts(event, "title"),
        summary=_texts(event, "summary"),
        date=str(event.when),
        kind=event.kind,
        sectors=[link.sector.slug for link in event.sector_links.all()],
        importance=event.importance,
        background=event.background,
        place=_slug(event.place),
        participants=[
            {"actor": one.actor.slug, "role": one.role} for one in event.participants.all()
        ],
        agreements=[
            {"agreement": link.agreement.slug, "relation": link.relation}
            for link in event.agreement_links.all()
        ],
        related=[
            {"event": link.target.slug, "relation": link.relation} for link in event.related.all()
        ],
        citations=_citations(event),
        disputes=_disputes(event),
    )


def _story(story) -> dict:
    return _record(story) | _said(
        translations=_translations(story),
        title=_texts(story, "title"),
        standfirst=_texts(story, "standfirst"),
        sectors=[sector.slug for sector in story.sectors.all()],
        steps=[
            _said(
                anchor=step.anchor,
                heading=_texts(step, "heading"),
                text=_texts(step, "text"),
                events=sorted(event.slug for event in step.events.all()),
                citations=_citations(step),
            )
            for step in story.steps.all()
        ],
    )


def _coverage(statement) -> dict:
    years = [statement.first_year, statement.last_year]
    return _said(
        slug=statement.slug,
        years="/".join(f"{year:04}" for year in dict.fromkeys(years)),
        sectors=[sector.slug for sector in statement.sectors.all()],
        research=statement.research,
        judged_by=statement.judged_by,
        judged_on=statement.judged_on.isoformat(),
        note=_texts(statement, "note"),
    )


SAID = {
    "sectors": _sector,
    "places": _place,
    "sources": _source,
    "actors": _actor,
    "agreements": _agreement,
    "events": _event,
    "stories": _story,
    "coverage": _coverage,
}
