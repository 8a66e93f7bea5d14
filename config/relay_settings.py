"""Settings of the relay process: it reads one table and needs no other app's models, pages or middleware."""

from config.settings import *  # noqa: F403

INSTALLED_APPS = ["pairs.jobs.apps.JobsConfig"]
MIDDLEWARE: list[str] = []
