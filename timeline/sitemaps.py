"""Every address a search engine should know, with when what stands there last changed."""

from django.contrib.sitemaps import GenericSitemap, Sitemap
from django.db.models import Max
from django.urls import reverse

from timeline.models import Actor, Agreement, Event, Source, Story


class EveryLanguage:
    """Each page in all languages, and each naming the others."""

    i18n = alternates = x_default = True
    limit = 6000  # addresses a file: some 5 MB


class RecordSitemap(EveryLanguage, GenericSitemap):
    """The published records of one kind."""

    def __init__(self, records):
        super().__init__({"queryset": records.published().for_sitemap(), "date_field": "updated"})


class PageSitemap(EveryLanguage, Sitemap):
    """The pages that are no records. A list changes with what it lists."""

    lists = {
        "timeline": Event,
        "actors": Actor,
        "agreements": Agreement,
        "sources": Source,
        "stories": Story,
    }
    others = ["lanes", "anniversaries", "changes", "coverage", "about", "data", "codebook"]

    def items(self):
        newest = {
            name: model.objects.published().aggregate(newest=Max("updated"))["newest"]
            for name, model in self.lists.items()
        }
        return [*newest.items(), *((name, None) for name in self.others)]

    def location(self, item):
        return reverse(item[0])

    def lastmod(self, item):
        return item[1]


SITEMAPS = {
    "pages": PageSitemap(),
    "events": RecordSitemap(Event.objects),
    "actors": RecordSitemap(Actor.objects),
    "agreements": RecordSitemap(Agreement.objects),
    "sources": RecordSitemap(Source.objects),
    "stories": RecordSitemap(Story.objects),
}
