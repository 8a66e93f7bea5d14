# syntax=docker/dockerfile:1
# One image for web, worker, relay and the one-off that prepares the database.

# ---- the npm parts and the style sheet
FROM node:22-bookworm-slim AS pages
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts --omit=dev
COPY templates/style templates/style
RUN mkdir -p static/build && npm run style

# ---- the Python packages
FROM python:3.11-slim-bookworm AS packages
RUN python -m venv /opt/pairs
COPY requirements/base.txt requirements/base.txt
RUN /opt/pairs/bin/pip install --no-cache-dir --require-hashes -r requirements/base.txt

# ---- what saves and brings back the database: PostgreSQL's own programs of the server's version
FROM postgres:18-bookworm AS backup
RUN apt-get update \
    && apt-get install -y --no-install-recommends python3 python3-psycopg \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /srv/pairs
COPY script script
ENTRYPOINT ["python3", "-m", "script.local.backup"]

# ---- what runs
FROM python:3.11-slim-bookworm
RUN apt-get update \
    && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /srv/pairs --shell /usr/sbin/nologin pairs
WORKDIR /srv/pairs
ENV PATH=/opt/pairs/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 DJANGO_SETTINGS_MODULE=config.settings
COPY --from=packages /opt/pairs /opt/pairs
COPY --from=pages /build/node_modules/nhsuk-frontend/dist node_modules/nhsuk-frontend/dist
COPY --from=pages /build/node_modules/htmx.org/dist node_modules/htmx.org/dist
COPY --from=pages /build/node_modules/@fontsource/source-sans-3 node_modules/@fontsource/source-sans-3
COPY --from=pages /build/node_modules/@fontsource-variable node_modules/@fontsource-variable
COPY manage.py ./
COPY config config
COPY pairs pairs
COPY referrals referrals
COPY interventions interventions
COPY outcomes outcomes
COPY reporting reporting
COPY templates templates
COPY docs/guide docs/guide
COPY static static
COPY --from=pages /build/static/build static/build
# Collecting needs settings, not secrets: demo mode for this one command, which leaves nothing of it behind.
RUN PAIRS_DEMO=1 HASHED_STATIC=1 STATIC_ROOT=/srv/pairs/var/static python manage.py collectstatic --noinput \
    && PAIRS_DEMO=1 python manage.py compile_templates \
    && python -m compileall -q /srv/pairs
USER pairs
EXPOSE 8000
CMD ["gunicorn", "config.wsgi", "--config", "python:config.gunicorn", "--workers", "3", "--bind", "0.0.0.0:8000", "--worker-tmp-dir", "/dev/shm"]
