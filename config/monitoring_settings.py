"""The log, and where else a service is watched, of which nothing is loaded while it is off."""

from config.environment import DEMO, env

# A service's log is JSON, for a machine to gather (config/logs.py); a demo's is for people to read.
LOG_FORMAT = env("LOG_FORMAT", default="plain" if DEMO else "json")

# Where the web processes keep their figures for a monitoring system, for them alone; empty: nothing is measured.
METRICS_FOLDER = env("METRICS_FOLDER", default="")
# Where errors are reported (pairs/service/error_reports.py); empty: nowhere.
SENTRY_DSN = env("SENTRY_DSN", default="")
LOG_FORMATTERS = {
    "plain": {
        "()": "config.log_secrets.PlainFormatter",
        "fmt": "%(asctime)s %(levelname)s %(name)s %(message)s",
    },
    "json": {"()": "config.logs.build_formatter"},
}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {LOG_FORMAT: LOG_FORMATTERS[LOG_FORMAT]},  # the other's parts are not even imported
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": LOG_FORMAT}},
    "root": {"handlers": ["console"], "level": env("LOG_LEVEL", default="INFO")},
    "loggers": {name: {"level": "WARNING"} for name in ("weasyprint", "fontTools")},  # a line for every page
}
