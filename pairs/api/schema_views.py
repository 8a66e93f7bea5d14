"""The addresses of the API's own description."""

from drf_spectacular.views import SpectacularAPIView

from pairs.access import policy
from pairs.api.schema import PairsSchemaGenerator


class ApiSchemaView(SpectacularAPIView):
    generator_class = PairsSchemaGenerator
    http_method_names = ["get", "head", "options"]


api_schema = policy.signed_in(ApiSchemaView.as_view())
