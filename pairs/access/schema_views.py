"""The address of the API's own description."""

from drf_spectacular.views import SpectacularAPIView

from pairs.access import policy
from pairs.access.schema import DescribedViews


class ApiSchema(SpectacularAPIView):
    generator_class = DescribedViews
    http_method_names = ["get", "head", "options"]


api_schema = policy.signed_in(ApiSchema.as_view())
