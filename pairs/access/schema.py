"""The API's own description, drawn from the addresses of all rooms."""

from drf_spectacular.views import SpectacularAPIView

from pairs.access import policy

api_schema = policy.signed_in(SpectacularAPIView.as_view())
