"""Addresses of access: health, API tokens, the API's schema."""

from django.urls import path

from pairs.access import health
from pairs.web.lazy_views import lazy_views

views = lazy_views("pairs.access.views")
schema = lazy_views("pairs.access.schema_views", before_fork=False)

urlpatterns = [
    path("healthz", health.check_liveness, name="healthz"),
    path("readyz", health.check_readiness, name="readyz"),
    path("account/tokens/", views.manage_tokens, name="api-tokens"),
    path("account/tokens/<uuid:token_id>/revoke/", views.revoke_token, name="revoke-token"),
]
api_patterns = [
    path("schema/", schema.api_schema, name="api-schema"),
]
