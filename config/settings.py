"""Every setting of PaIRS, in one place; what differs between machines comes from the environment."""

from pathlib import Path

import pghistory
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from config.account_settings import *  # noqa: F403
from config.api_settings import *  # noqa: F403
from config.environment import DEMO, ROOT, env
from config.monitoring_settings import *  # noqa: F403
from config.monitoring_settings import LOG_FORMAT, METRICS_FOLDER
from config.service_settings import *  # noqa: F403
from config.single_sign_on import *  # noqa: F403
from config.single_sign_on import SINGLE_SIGN_ON_APPS, list_form_targets
from config.timetable import TIMETABLE  # noqa: F401

DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env("SECRET_KEY", default="")
# Former keys, newest first, while something encrypted or signed with them is left.
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[])
if DEMO:
    SECRET_KEY = SECRET_KEY or "demo-only-never-for-a-real-family-" + "0" * 30
    ALLOWED_HOSTS = ALLOWED_HOSTS or ["localhost", "127.0.0.1", "[::1]"]


def refuse_unsafe_settings() -> None:
    """Stop a real service from starting half-configured; the demo is exempt."""
    if len(SECRET_KEY) < 50 or SECRET_KEY.startswith("demo-only"):
        raise ImproperlyConfigured("SECRET_KEY must be set to a random text of 50 characters or more.")
    if DEBUG:
        raise ImproperlyConfigured("DEBUG must be off outside demo mode.")
    if not ALLOWED_HOSTS or "*" in ALLOWED_HOSTS:
        raise ImproperlyConfigured("ALLOWED_HOSTS must name the hosts this service answers for.")


if not DEMO:
    refuse_unsafe_settings()

BASE_URL = env("BASE_URL", default="http://localhost:8000")
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
CSRF_FAILURE_VIEW = "pairs.submissions.views.respond_csrf_failure"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "guardian",
    "pgtrigger",
    "pghistory",
    "rest_framework",
    "drf_spectacular",
    "django_htmx",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    *SINGLE_SIGN_ON_APPS,
    # Our apps, lowest layer first.
    "pairs.service.apps.ServiceConfig",
    "pairs.jobs.apps.JobsConfig",
    "pairs.audit.apps.AuditConfig",
    "pairs.access.apps.AccessConfig",
    "pairs.submissions.apps.SubmissionsConfig",
    "pairs.api.apps.ApiConfig",
    "pairs.geography.apps.GeographyConfig",
    "pairs.families.apps.FamiliesConfig",
    "pairs.documents.apps.DocumentsConfig",
    "pairs.matching.apps.MatchingConfig",
    "pairs.village.apps.VillageConfig",
    "pairs.safeguarding.apps.SafeguardingConfig",
    "pairs.restrictions.apps.RestrictionsConfig",
    "pairs.emergency_access.apps.EmergencyAccessConfig",
    "pairs.subject_access.apps.SubjectAccessConfig",
    "referrals.outreach.apps.OutreachConfig",
    "referrals.apps.ReferralsConfig",
    "interventions.episodes.apps.EpisodesConfig",
    "interventions.competencies.apps.CompetenciesConfig",
    "interventions.plans.apps.PlansConfig",
    "interventions.diary.apps.DiaryConfig",
    "interventions.filming.apps.FilmingConfig",
    "interventions.groups.apps.GroupsConfig",
    "interventions.training.apps.TrainingConfig",
    "interventions.collaboration.apps.CollaborationConfig",
    "interventions.endings.apps.EndingsConfig",
    "interventions.posts.apps.PostsConfig",
    "interventions.workforce.apps.WorkforceConfig",
    "interventions.supervision.apps.SupervisionConfig",
    "outcomes.experience.apps.ExperienceConfig",
    "outcomes.apps.OutcomesConfig",
    "reporting.evidence.apps.EvidenceConfig",
    "reporting.retention.apps.RetentionConfig",
    "reporting.dashboards.apps.DashboardsConfig",
    "reporting.performance.apps.PerformanceConfig",
    "pairs.demo.apps.DemoConfig",
]

MIDDLEWARE = [
    "pairs.access.health.HealthCheckMiddleware",
    *(["pairs.access.metrics.MetricsMiddleware"] if METRICS_FOLDER else []),
    *(["pairs.access.log_context.LogContext"] if LOG_FORMAT == "json" else []),
    "django.middleware.security.SecurityMiddleware",
    "pairs.access.middleware.PermissionsPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "pairs.access.middleware.StorableInputMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "pairs.access.middleware.ApiTokenMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "pairs.submissions.middleware.SessionLockMiddleware",
    "pairs.access.middleware.LineEndMiddleware",
    "pairs.audit.middleware.HistoryContextMiddleware",
    "pairs.web.url_cache.AddressBaseMiddleware",
    "pairs.access.middleware.PolicyMiddleware",
    "pairs.matching.middleware.MergedRecordMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

# ---------------------------------------------------------------- database
# The web and the workers connect as the application role, which owns nothing; migrations, seeding and
# restoring run the same settings with DATABASE_URL pointing at the owner (docs/adr/0002-two-database-roles.md).
DATABASES = {"default": env.db("DATABASE_URL", default="postgres://pairs_app@127.0.0.1:5432/pairs")}
DATABASES["default"].update(
    ENGINE="pairs.database.postgresql",
    CONN_MAX_AGE=None,
    CONN_HEALTH_CHECKS=True,
    OPTIONS={
        "application_name": "pairs",
        "connect_timeout": 5,
        # What is prepared is planned once a connection, whatever its values; no query of ours is worth compiling.
        "prepare_threshold": 5,  # without a number psycopg prepares nothing, not even what asks for it
        "options": "-c plan_cache_mode=force_generic_plan -c jit=off -c random_page_cost=1.1",
    },
)
# Who may not own: `manage.py prepare_database` grants to this role.
APPLICATION_ROLE = env("APPLICATION_ROLE", default="pairs_app")
# For how long a change of a table may wait for it, everybody else behind it, before it gives up.
MIGRATION_LOCK_SECONDS = env.int("MIGRATION_LOCK_SECONDS", default=4)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache_entries"},
}

PGHISTORY_CONTEXT_FIELD = pghistory.ContextJSONField()
PGHISTORY_APPEND_ONLY = True
PGHISTORY_MIDDLEWARE_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")

# ---------------------------------------------------------------- people and sessions
AUTH_USER_MODEL = "service.User"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEMO
# The demo signs in with a password alone, and says so on every page.
REQUIRE_SECOND_FACTOR = env.bool("REQUIRE_SECOND_FACTOR", default=not DEMO)

SESSION_ENGINE = "pairs.access.sessions"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_IDLE_LOCK_SECONDS = env.int("SESSION_IDLE_LOCK_SECONDS", default=15 * 60)
SESSION_TOUCH_SECONDS = 60
# Two copies of PaIRS on one machine (two demos) must not sign each other out.
_SESSION_NAME = env("SESSION_COOKIE_NAME", default="pairs_session")

# ---------------------------------------------------------------- transport and browser
SECURE_TRANSPORT = env.bool("SECURE_TRANSPORT", default=not DEMO)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_TRANSPORT
# With this prefix a browser takes a cookie from this host alone, over TLS: no other service can plant one.
_PREFIX = "__Host-" if SECURE_TRANSPORT else ""
SESSION_COOKIE_NAME = f"{_PREFIX}{_SESSION_NAME}"
CSRF_COOKIE_NAME = f"{_PREFIX}csrftoken"
KNOWN_BROWSER_COOKIE_NAME = f"{_PREFIX}{_SESSION_NAME}_browser"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SECURE_SSL_REDIRECT = SECURE_TRANSPORT
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^metrics$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE_TRANSPORT else None
SECURE_HSTS_SECONDS = 31536000 if SECURE_TRANSPORT else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_TRANSPORT
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# No page uses any of these, so none may: not even one into which something was slipped. Passkeys are our own origin's.
PERMISSIONS_POLICY = {
    **dict.fromkeys(
        (
            *("accelerometer", "autoplay", "camera", "display-capture", "encrypted-media", "fullscreen"),
            *("geolocation", "gyroscope", "hid", "magnetometer", "microphone", "midi", "payment"),
            *("picture-in-picture", "screen-wake-lock", "serial", "usb", "xr-spatial-tracking"),
        ),
        "()",
    ),
    "publickey-credentials-create": "(self)",
    "publickey-credentials-get": "(self)",
}
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF, *list_form_targets()],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
FILE_UPLOAD_HANDLERS = []  # there are no uploads

# ---------------------------------------------------------------- pages
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "pairs.web.jinja_environment.environment",
            "context_processors": [
                "django.contrib.messages.context_processors.messages",
                "pairs.access.context_processors.build_page_context",
            ],
        },
    },
    {
        # allauth's own pages, dressed in our layout (templates/_django/).
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates" / "_django"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]
# Where compiled templates are kept; an image fills it when it is built (`manage.py compile_templates`).
COMPILED_TEMPLATES = Path(env("COMPILED_TEMPLATES", default=str(ROOT / "var" / "templates")))
# Showing a name that is not in the context raises (tests, development) or is logged (a service in use).
STRICT_TEMPLATES = env.bool("STRICT_TEMPLATES", default=DEBUG)
FORM_RENDERER = "pairs.web.form_renderer.FormRenderer"
STATIC_URL = "/static/"
# The demo serves what it finds in place; a real service what `collectstatic` gathered.
STATIC_ROOT = env("STATIC_ROOT", default=None if DEMO else str(ROOT / "var" / "static"))
WEB_SCRIPTS = ("arabic", "bengali", "gujarati", "gurmukhi")  # in which names may be written, besides Latin
# Built by `npm run style`; the rest are published parts of npm packages, served from where npm put them.
STATICFILES_DIRS = [
    ROOT / "static",
    ("nhsuk", ROOT / "node_modules" / "nhsuk-frontend" / "dist" / "nhsuk"),
    ("htmx", ROOT / "node_modules" / "htmx.org" / "dist"),
    ("fonts", ROOT / "node_modules" / "@fontsource" / "source-sans-3" / "files"),
    *(
        (f"fonts/{script}", ROOT / "node_modules" / "@fontsource-variable" / f"noto-sans-{script}" / "files")
        for script in WEB_SCRIPTS
    ),
]
# {prefix: the package's files that pages, style sheet and scripts ask for}; tests/project/test_static_files.py looks.
PUBLISHED_FILES = {
    "nhsuk": ["nhsuk-frontend-10.6.1.min.js"],
    "htmx": ["htmx.min.js"],
    "fonts": [
        f"source-sans-3-{subset}-{weight}-normal.woff2"
        for subset in ("latin", "latin-ext")
        for weight in (400, 600)
    ],
    **{f"fonts/{script}": [f"noto-sans-{script}-{script}-wght-normal.woff2"] for script in WEB_SCRIPTS},
}
STATICFILES_FINDERS = [
    "pairs.web.static_files.PublishedFilesFinder",
    "pairs.web.static_files.SignInScriptsFinder",
]
WHITENOISE_USE_FINDERS = DEMO
WHITENOISE_AUTOREFRESH = False
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    # A real service's files have their content's digest in their name, and are kept by browsers for good.
    "staticfiles": {
        "BACKEND": "pairs.web.static_files.HashedFilesStorage"
        if env.bool("HASHED_STATIC", default=not DEMO)
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
FONT_DIR = ROOT / "node_modules" / "@fontsource" / "source-sans-3" / "files"
FONT_PACKAGES = ROOT / "node_modules"  # the fonts that documents are printed in

LANGUAGE_CODE = "en-gb"
# Public pages are ready for more; a language is added when somebody who speaks it has read every line of it.
LANGUAGES = [("en-gb", "English")]
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = True
LOCALE_PATHS = [ROOT / "locale"]

# ---------------------------------------------------------------- work that takes time
CELERY_BROKER_URL = env("REDIS_URL", default="redis://127.0.0.1:6379/0")
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 6 * 60 * 60}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
# kB at its peak: a new process holds 100,000; one that a report has swollen is replaced after it.
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 140_000
# Seconds: a task that takes longer is told to stop and counts as a failed attempt; one that does not stop is killed.
CELERY_TASK_SOFT_TIME_LIMIT = env.int("TASK_SECONDS", default=20 * 60)
CELERY_TASK_TIME_LIMIT = CELERY_TASK_SOFT_TIME_LIMIT + 60
# MB that drawing one PDF may take beside what the worker has: what takes more is refused, none takes it all.
PDF_MEMORY_MB = env.int("PDF_MEMORY_MB", default=512)
JOB_LEASE_SECONDS = env.int("JOB_LEASE_SECONDS", default=30)

# send_mail writes an outbox row in the caller's transaction; the worker sends it through OUTBOX_DELIVERY. A local copy
# writes its e-mails into a folder, so that their links can be followed.
EMAIL_BACKEND = "pairs.jobs.outbox.OutboxBackend"
EMAIL_FILE_PATH = env("EMAIL_FILE_PATH", default=None)
OUTBOX_DELIVERY = env(
    "OUTBOX_DELIVERY",
    default=f"django.core.mail.backends.{'filebased' if EMAIL_FILE_PATH else 'dummy' if DEMO else 'smtp'}.EmailBackend",
)
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="pairs@service.example")
EMAIL_HOST = env("EMAIL_HOST", default="localhost")
EMAIL_PORT = env.int("EMAIL_PORT", default=25)
EMAIL_HOST_USER = env("EMAIL_HOST_USER", default="")
EMAIL_HOST_PASSWORD = env("EMAIL_HOST_PASSWORD", default="")
EMAIL_USE_TLS = env.bool("EMAIL_USE_TLS", default=False)
