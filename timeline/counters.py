"""What each process counts, for `/metrics` to add up over all of them."""

from prometheus_client import Counter, Histogram

REQUESTS = Counter("timeline_requests", "Requests answered.", ["view", "method", "status"])
SECONDS = Histogram(
    "timeline_request_seconds",
    "Time from a request to its answer.",
    ["view"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)
QUERIES = Counter("timeline_queries", "Questions asked of the database.", ["view"])
SLOW_QUERIES = Counter("timeline_slow_queries", "Questions that took longer than SLOW_QUERY_MS.")
_PAGES = Counter("timeline_cache", "Pages looked for in the cache.", ["result"])


def count_cache(*, hit: bool) -> None:
    """For the cache of pages to call: it had the page, or it had not."""
    _PAGES.labels("hit" if hit else "miss").inc()
