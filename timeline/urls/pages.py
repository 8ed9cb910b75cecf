"""The pages, each in every language."""

from django.urls import path, register_converter
from django.views.generic import RedirectView

from timeline.urls.converters import CaseNumber
from timeline.views.about import AboutView, CoverageView
from timeline.views.actors import ActorListView, ActorView
from timeline.views.agreements import AgreementListView, AgreementView
from timeline.views.anniversaries import AnniversariesView, calendar
from timeline.views.briefing import BriefingView
from timeline.views.changes import ChangesView, changes_feed
from timeline.views.cited import CitedView, CiteView
from timeline.views.data import CodebookView, DataView
from timeline.views.embed import EmbeddedEventView, EmbeddedListView, EmbeddedStoryView
from timeline.views.events import EventView
from timeline.views.lanes import LanesView
from timeline.views.preview import (
    ActorPreview,
    AgreementPreview,
    EventPreview,
    SourcePreview,
    StoryPreview,
)
from timeline.views.reports import ReportStateView, ReportView
from timeline.views.sources import SourceListView, SourceView
from timeline.views.stories import StoryListView, StoryView
from timeline.views.timeline import TimelineView

register_converter(CaseNumber, "case")

urlpatterns = [
    path("", TimelineView.as_view(), name="timeline"),
    path("lanes/", LanesView.as_view(), name="lanes"),
    path("briefing/", BriefingView.as_view(), name="briefing"),
    path("cite/", CiteView.as_view(), name="cite"),
    path("cite/<number:number>/", CitedView.as_view(), name="cited-view"),
    path("embed/", EmbeddedListView.as_view(), name="embed"),
    path("embed/events/<slug:slug>/", EmbeddedEventView.as_view(), name="embed-event"),
    path("embed/stories/<slug:slug>/", EmbeddedStoryView.as_view(), name="embed-story"),
    # The list of events is the timeline.
    path("events/", RedirectView.as_view(pattern_name="timeline", query_string=True)),
    path("events/<slug:slug>/", EventView.as_view(), name="event"),
    path("actors/", ActorListView.as_view(), name="actors"),
    path("actors/<slug:slug>/", ActorView.as_view(), name="actor"),
    path("agreements/", AgreementListView.as_view(), name="agreements"),
    path("agreements/<slug:slug>/", AgreementView.as_view(), name="agreement"),
    path("sources/", SourceListView.as_view(), name="sources"),
    path("sources/<slug:slug>/", SourceView.as_view(), name="source"),
    path("report/<slug:kind>/<slug:slug>/", ReportView.as_view(), name="report"),
    path("reports/<case:number>/", ReportStateView.as_view(), name="report-state"),
    # For staff, before a record is public.
    path("preview/events/<slug:slug>/", EventPreview.as_view(), name="preview-event"),
    path("preview/actors/<slug:slug>/", ActorPreview.as_view(), name="preview-actor"),
    path("preview/agreements/<slug:slug>/", AgreementPreview.as_view(), name="preview-agreement"),
    path("preview/sources/<slug:slug>/", SourcePreview.as_view(), name="preview-source"),
    path("preview/stories/<slug:slug>/", StoryPreview.as_view(), name="preview-story"),
    path("stories/", StoryListView.as_view(), name="stories"),
    path("stories/<slug:slug>/", StoryView.as_view(), name="story"),
    path("about/", AboutView.as_view(), name="about"),
    path("changes/", ChangesView.as_view(), name="changes"),
    path("changes.atom", changes_feed, name="changes-feed"),
    path("coverage/", CoverageView.as_view(), name="coverage"),
    path("data/", DataView.as_view(), name="data"),
    path("data/codebook/", CodebookView.as_view(), name="codebook"),
    path("anniversaries.ics", calendar, name="anniversaries-calendar"),
    path("anniversaries/", AnniversariesView.as_view(), name="anniversaries"),
]
