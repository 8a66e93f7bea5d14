"""The address of the API's own description."""

from drf_spectacular.views import SpectacularAPIView

from pairs.access import policy

api_schema = policy.signed_in(SpectacularAPIView.as_view())
