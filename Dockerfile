# The site as one image: no compiler, no root, no secret; it writes to /data and nowhere else.
# What it needs at run time: SECRET_KEY and ALLOWED_HOSTS; DATABASE_URL, or a volume on /data for SQLite.
#   docker run … python manage.py migrate      once per version, then load_seeds
# BASE may be any image with Python 3.11 or newer and its venv module.

ARG BASE=python:3.11-slim

FROM ${BASE} AS build
WORKDIR /app
RUN python3 -m venv /opt/venv
ENV PATH=/opt/venv/bin:$PATH
COPY requirements.txt .
# pip goes when it has done its work: a running site installs nothing.
RUN pip install --no-cache-dir --disable-pip-version-check --require-hashes -r requirements.txt \
    && pip uninstall --yes --quiet pip setuptools
COPY . .
# The key of this one command; the image holds none.
RUN SECRET_KEY=build python -m relations.prepare messages static && python -m compileall -q .

FROM ${BASE}
WORKDIR /app
RUN install -d -o 1000 -g 1000 /data
COPY --from=build /opt/venv /opt/venv
COPY --from=build /app /app
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    LISTEN=0.0.0.0:8000 \
    DATABASE_URL=sqlite:////data/db.sqlite3 \
    RELEASES_DIR=/data/releases
USER 1000:1000
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s CMD ["python", "-m", "relations.healthcheck"]
CMD ["gunicorn", "relations.wsgi"]
