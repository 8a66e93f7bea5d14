"""The addresses of the API's own description: for machines, and for people."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from drf_spectacular.renderers import OpenApiJsonRenderer
from drf_spectacular.views import SpectacularAPIView

from pairs.access import policy
from pairs.api import docs
from pairs.api.schema import PairsSchemaGenerator


class KeptDescription(PairsSchemaGenerator):
    """Generating it takes seconds, and it is the same for everybody."""

    def get_schema(self, request: Any = None, public: bool = False) -> dict[str, Any]:
        return docs.load_description()


class ApiSchemaView(SpectacularAPIView):
    """As JSON alone: in YAML a code such as 09 comes out without quotation marks, and half the readers take it for nine
    (findings/yaml_codes.sh).
    """

    generator_class = KeptDescription
    renderer_classes = [OpenApiJsonRenderer]
    http_method_names = ["get", "head", "options"]


api_schema = policy.signed_in(ApiSchemaView.as_view())


@policy.signed_in
@require_safe
def show_docs(request: HttpRequest) -> HttpResponse:
    """All addresses; with ?about=families what those of families take and answer."""
    about = request.GET.get("about")
    if about is None:
        return render(request, "api/docs.html", {"tags": docs.list_tags()})
    shown = docs.present_tag(about)
    if shown is None:
        raise Http404
    return render(request, "api/docs_of_record.html", {"about": about, **shown})
