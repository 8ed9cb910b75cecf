# The site as one image: no compiler, no root, no secret. What it needs at run time:
# SECRET_KEY and ALLOWED_HOSTS; DATABASE_URL, or a volume on /data for SQLite.
#   docker run … python manage.py migrate      once per version, then load_seeds

FROM python:3.11-slim AS build
WORKDIR /app
RUN python -m venv /opt/venv
ENV PATH=/opt/venv/bin:$PATH
COPY requirements.txt .
RUN pip install --no-cache-dir --disable-pip-version-check --require-hashes -r requirements.txt
COPY . .
# The key of this one command; the image holds none.
RUN SECRET_KEY=build python -m relations.prepare messages static

FROM python:3.11-slim
WORKDIR /app
RUN install -d -o 1000 -g 1000 /data
COPY --from=build /opt/venv /opt/venv
COPY --from=build /app /app
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    DATABASE_URL=sqlite:////data/db.sqlite3 \
    RELEASES_DIR=/data/releases
USER 1000:1000
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s CMD ["python", "-m", "relations.healthcheck"]
CMD ["gunicorn", "relations.wsgi", "--bind", "0.0.0.0:8000"]
