"""Settings. The environment decides; what it leaves unsaid is the safe choice.

SECRET_KEY     required; ./run makes one and keeps it in var/
CACHE_URL      redis://host:6379/0, shared by all processes; unset: each keeps its own pages
PAGE_CACHE     0: every page is made anew each time, for measurements; unset: pages are kept
DATABASE_URL   postgres://user:password@host/name; unset: SQLite in var/
REPLICA_URL    a replica of that PostgreSQL, from which visitors read; unset: all read the first
ALLOWED_HOSTS  names the site answers to, separated by commas; unset: this machine
HTTPS          1: the site is reached over HTTPS only
TRUST_PROXY    1: a proxy in front sets X-Forwarded-Proto, and drops one a visitor sends; and
               adds the visitor's address to X-Forwarded-For
API_RATE       how often one address may ask the API: 120/min (the default), 5000/day
REQUIRE_SECOND_FACTOR   1: staff give a code as well as their password; unset: as HTTPS
SECURITY_CONTACT        where a weakness is reported: mailto:… or https://…; unset: not said
METRICS_TOKEN  what who reads /metrics has to send; unset: only this machine reads it
LOG_FORMAT     json: one line for each request and each message; unset: text, and no requests
SLOW_QUERY_MS  a query that takes longer is logged; unset: 500
STATEMENT_TIMEOUT_MS    PostgreSQL gives a longer query up; the server sets it, commands do not
DEBUG          1: error pages show the code; never in public
VAR_DIR        where the site keeps what it makes; unset: var/ beside manage.py
RELEASES_DIR   where the files of releases stand; unset: releases/ in VAR_DIR
BACKUP_DIR     where scripts/backup puts its copies; unset: backups/ in VAR_DIR
TESTING        1: plain static files and quick password hashes; the test suite sets it
"""

import os
import re
from datetime import timedelta
from pathlib import Path

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from relations.environment import (
    cache,
    database,
    number,
    one_of,
    replica,
    secret_key,
    security_contact,
    switch,
)

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(os.environ.get("VAR_DIR") or BASE_DIR / "var")
BACKUP_DIR = Path(os.environ.get("BACKUP_DIR") or VAR_DIR / "backups")
SEEDS_DIR = BASE_DIR / "seeds"
RELEASES_DIR = Path(os.environ.get("RELEASES_DIR") or VAR_DIR / "releases")

DEBUG = switch("DEBUG")
TESTING = switch("TESTING")
SECRET_KEY = secret_key()
ALLOWED_HOSTS = [
    host.strip()
    for host in (os.environ.get("ALLOWED_HOSTS") or "localhost,127.0.0.1,[::1]").split(",")
]

# The application

ROOT_URLCONF = "relations.urls"
WSGI_APPLICATION = "relations.wsgi.application"
CSRF_FAILURE_VIEW = "timeline.views.errors.csrf_failure"
LOGIN_URL = "admin:login"

INSTALLED_APPS = [
    "timeline",
    "timeline.apps.CurationConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "django_filters",
    "rest_framework",
    "drf_spectacular",
    "csp",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_totp",
]

MIDDLEWARE = [
    "timeline.middleware.Watched",
    "timeline.middleware.Isolated",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "timeline.middleware.Replicated",
    # The suite asks for one page under many states of a transaction that is never committed.
    *(["timeline.pagecache.PageCache"] if switch("PAGE_CACHE", unset=not TESTING) else []),
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "timeline.middleware.SecondFactorRequired",
    "axes.middleware.AxesMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "timeline.context.site",
            ],
        },
    },
]

# Data

DATABASES = {"default": database("DATABASE_URL", VAR_DIR / "db.sqlite3")}
if os.environ.get("REPLICA_URL"):
    DATABASES["replica"] = replica()
    DATABASE_ROUTERS = ["timeline.replica.Router"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": cache()}
# An event with many participants and citations is one large form.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

# An address typed without its scheme is taken for https, as it will be from Django 6 on.
FORMS_URLFIELD_ASSUME_HTTPS = True

# The API: for reading, by anyone, as much as is fair

API_RATE = os.environ.get("API_RATE") or "120/min"
if not re.fullmatch(r"[1-9][0-9]{0,6}/(sec|min|hour|day)", API_RATE):
    raise ImproperlyConfigured(f"API_RATE is {API_RATE!r}; it must look like 120/min or 5000/day.")
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": [],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_THROTTLE_CLASSES": ["rest_framework.throttling.AnonRateThrottle"],
    "DEFAULT_THROTTLE_RATES": {"anon": API_RATE},
    # Whose request it is: what the visitor says of himself is not believed.
    "NUM_PROXIES": 1 if switch("TRUST_PROXY") else 0,
    "UNAUTHENTICATED_USER": None,
    "URL_FORMAT_OVERRIDE": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Japan–Türkiye: a sourced timeline, 1924–2025",
    "DESCRIPTION": "Everything that is published, for reading. What is promised of it stands "
    "in docs/data.md.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "LICENSE": {"name": "CC BY 4.0", "url": "https://creativecommons.org/licenses/by/4.0/"},
    "POSTPROCESSING_HOOKS": [],  # no names made up for vocabularies
}

# Languages. Each is named in itself, so that its readers recognise it.

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("tr", "Türkçe"), ("ja", "日本語")]
LOCALE_PATHS = [BASE_DIR / "timeline" / "locale"]
TIME_ZONE = "UTC"
USE_TZ = True

# Static files

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        # The suite must not need a collectstatic before it can draw a page.
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if TESTING
        else "relations.storage.StaticFilesStorage"
    },
}
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = DEBUG or TESTING

# Safety

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    },
}
X_FRAME_OPTIONS = "DENY"

HTTPS = switch("HTTPS")
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz|metrics)$"]  # asked from inside, past the proxy
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True  # forms carry the token themselves; no script asks for it
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
# Preloading writes the name into browsers for good: the owner of the name decides, not we.
SILENCED_SYSTEM_CHECKS = ["security.W021"]
TRUST_PROXY = switch("TRUST_PROXY")
if TRUST_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

SECURITY_CONTACT = security_contact()
METRICS_TOKEN = os.environ.get("METRICS_TOKEN", "")

# Signing in. See timeline/signin.py.

REQUIRE_SECOND_FACTOR = switch("REQUIRE_SECOND_FACTOR", unset=HTTPS)
OTP_TOTP_ISSUER = "Japan–Türkiye"
SESSION_ENGINE = "relations.sessions"
SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_RESET_ON_SUCCESS = True
# Together: nobody can lock a colleague out, nor one address the rest of an office.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_CLIENT_IP_CALLABLE = "timeline.signin.client_address"
AXES_LOCKOUT_CALLABLE = "timeline.views.second_factor.locked_out"
# Who signed in from where is kept no longer than the lock needs it.
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in {
        "UserAttributeSimilarityValidator": {},
        "MinimumLengthValidator": {"min_length": 12},
        "CommonPasswordValidator": {},
        "NumericPasswordValidator": {},
    }.items()
]
if TESTING:
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# To stderr. As text only what somebody should act on: a missing page is not news.

LOG_FORMAT = one_of("LOG_FORMAT", "text", "json")
SLOW_QUERY_MS = number("SLOW_QUERY_MS", 500)
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request": {"()": "timeline.logs.OfRequest"}},
    "formatters": {
        "text": {
            "format": "{asctime} {levelname} {name}: {message}{where}",
            "style": "{",
        },
        "json": {"()": "timeline.logs.JsonFormatter"},
    },
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": LOG_FORMAT,
            "filters": ["request"],
        },
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        "django.request": {"level": "ERROR"},
        "django.security.DisallowedHost": {"level": "CRITICAL"},
        "timeline.requests": {"level": "INFO" if LOG_FORMAT == "json" else "WARNING"},
        "axes": {"level": "CRITICAL"},
        # It finds fault with every answer to HEAD, which Django makes as if for GET.
        "gunicorn.http.wsgi": {"level": "ERROR"},
    },
}
