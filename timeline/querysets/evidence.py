"""What records rest on, and where sources disagree."""

from typing import Self

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from timeline.choices import Stance, Status


class CitationQuerySet(QuerySet):
    def supporting(self) -> Self:
        return self.filter(stance=Stance.SUPPORTS)

    def cited_for(self, record) -> Self:
        """Those of a record itself, of its typed dates, and of the claims about it."""
        name = record._meta.model_name
        of_it = Q(**{name: record}) | self._of("claim", **{f"dispute__{name}": record})
        if name == "agreement":
            of_it |= self._of("agreement_date", agreement=record)
        return self.filter(of_it)

    def _of(self, target: str, **said) -> Q:
        """Of the targets that say so; found by the key, where a join would read every citation."""
        targets = self.model._meta.get_field(target).related_model._default_manager
        return Q(**{f"{target}__in": targets.filter(**said).values("pk")})

    def not_shown(self) -> Self:
        """Those whose source readers cannot see."""
        return self.exclude(source__status=Status.PUBLISHED)

    def for_notes(self) -> Self:
        """Those of published sources, with what a footnote says of each."""
        return self.filter(source__status=Status.PUBLISHED).select_related("source")

    def of_published_records(self) -> Self:
        """Those that stand on a page a reader may open."""
        records = ["event", "agreement", "agreement_date__agreement", "tenure__actor"]
        records += ["claim__dispute__event", "claim__dispute__agreement"]
        records += ["story_step__story"]
        shown = (Q(**{f"{record}__status": Status.PUBLISHED}) for record in records)
        return self.filter(Q(*shown, _connector=Q.OR))

    def for_source_page(self) -> Self:
        """Those of published records, with the record that each speaks of."""
        return self.of_published_records().select_related(
            "event",
            "agreement",
            "agreement_date__agreement",
            "tenure__actor",
            "claim__dispute__event",
            "claim__dispute__agreement",
            "story_step__story",
        )


class DisputeQuerySet(QuerySet):
    def decided(self) -> Self:
        """Questions with a preferred claim: until then a curator is still at work."""
        return self.filter(claims__preferred=True)

    def unexplained(self) -> Self:
        """Questions that prefer no claim, or give no reason."""
        claims = self.model._meta.get_field("claims").related_model._default_manager
        preferred = claims.filter(dispute=OuterRef("pk"), preferred=True)
        return self.filter(Q(reason_en="") | ~Exists(preferred))

    def for_page(self) -> Self:
        """Those that are decided, with the claims, and what each rests on."""
        claims = self.model._meta.get_field("claims").related_model._default_manager
        citations = claims.model._meta.get_field("citations").related_model.objects
        return self.decided().prefetch_related(
            Prefetch(
                "claims",
                claims.prefetch_related(Prefetch("citations", citations.for_notes())),
            )
        )
