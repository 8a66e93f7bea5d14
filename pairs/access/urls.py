"""Addresses of access: health, API tokens."""

from django.conf import settings
from django.urls import path

from pairs.access import health
from pairs.web.lazy_views import lazy_views

views = lazy_views("pairs.access.views")
help_pages = lazy_views("pairs.access.help_pages")

urlpatterns = [
    path("healthz", health.check_liveness, name="healthz"),
    path("readyz", health.check_readiness, name="readyz"),
    path("help/", help_pages.list_guides, name="guides"),
    path("help/<slug:guide>/", help_pages.show_guide, name="guide"),
    path("account/activity/", views.show_account_activity, name="account-activity"),
    path("account/tokens/", views.manage_tokens, name="api-tokens"),
    path("account/tokens/<uuid:token_id>/revoke/", views.revoke_token, name="revoke-token"),
]

if settings.METRICS_FOLDER:
    urlpatterns.append(path("metrics", lazy_views("pairs.access.metrics").show_metrics, name="metrics"))
