"""What is asked of the edition, with every request."""

from django.db import connections
from django.db.models import QuerySet

# As it stands: to build the query took longer than to answer it, and every request asks.
_STATE = "SELECT mark, raised FROM timeline_edition"


class EditionQuerySet(QuerySet):
    def state(self) -> tuple[int, int] | None:
        """The mark of the record as it is now, and when it became that; None before the first.

        The time is in seconds, as `time.time()` counts them.
        """
        with connections[self.db].cursor() as cursor:
            cursor.execute(_STATE)
            return cursor.fetchone()

    def mark(self) -> int | None:
        state = self.state()
        return state and state[0]
