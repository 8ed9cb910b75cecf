"""Where sessions are kept: in the database, as Django does, and under keys as Django makes them."""

from django.contrib.sessions.backends import db


class SessionStore(db.SessionStore):
    def _validate_session_key(self, key):
        # A cookie may hold anything, and PostgreSQL is not to be asked for a NUL.
        return super()._validate_session_key(key) and key.isalnum()
