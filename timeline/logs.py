"""How a line of the log is written, and which request it belongs to.

Nothing personal is written: no address of a visitor, no name, and of the address asked for only
the path. What somebody searched for stands behind the question mark.
"""

import json
import logging
from contextvars import ContextVar
from datetime import UTC, datetime

# The id of the request that this thread is answering.
REQUEST_ID: ContextVar[str] = ContextVar("request_id", default="")

# What may be said besides the message, by `extra`.
FIELDS = ["method", "path", "view", "status", "milliseconds", "queries", "sql"]


class OfRequest(logging.Filter):
    """Marks each line with the request during which it was written."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = REQUEST_ID.get()
        record.where = f" [{record.request_id}]" if record.request_id else ""
        return True


class JsonFormatter(logging.Formatter):
    """One line of JSON; line breaks and control characters cannot forge another."""

    def format(self, record: logging.LogRecord) -> str:
        said = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            "request_id": REQUEST_ID.get(),
        }
        said |= {name: getattr(record, name) for name in FIELDS if hasattr(record, name)}
        if record.exc_info:
            said["exception"] = self.formatException(record.exc_info)
        return json.dumps({name: value for name, value in said.items() if value != ""}, default=str)
