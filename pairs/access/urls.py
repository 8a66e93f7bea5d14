"""Addresses of access: health, API tokens, the API's schema."""

from django.urls import path
from drf_spectacular.views import SpectacularAPIView

from pairs.access import health, policy, views

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("account/tokens/", views.tokens, name="api-tokens"),
    path("account/tokens/<uuid:token_id>/revoke/", views.revoke_token, name="revoke-token"),
]
api_patterns = [
    path("schema/", policy.signed_in(SpectacularAPIView.as_view()), name="api-schema"),
]
