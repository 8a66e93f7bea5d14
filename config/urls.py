"""The root URLconf: every app contributes the urlpatterns and api_patterns of its urls module."""

from typing import Any

from django.urls import include, path, re_path

from pairs.service.hooks import list_hooks
from pairs.web.lazy_routes import compile_when_asked, use_split_route
from pairs.web.lazy_views import lazy_views
from pairs.web.url_index import AddressIndex

api_errors = lazy_views("pairs.api.errors")


def _list_patterns(name: str) -> list[Any]:
    """Those of all apps."""
    return [pattern for patterns in list_hooks("urls", name) for pattern in patterns]


def _index(patterns: list[Any]) -> list[Any]:
    return [AddressIndex(patterns), *patterns]


urlpatterns = _index(
    [
        *_list_patterns("urlpatterns"),
        path("account/", include("pairs.access.account_urls")),
        path("api/v1/", include(_index(_list_patterns("api_patterns")))),
        re_path(r"^api/", api_errors.respond_not_found),
    ]
)
compile_when_asked(urlpatterns)
use_split_route()

handler400 = "pairs.access.error_responses.respond_bad_request"
handler403 = "pairs.access.error_responses.respond_permission_denied"
handler404 = "pairs.access.error_responses.respond_page_not_found"
handler500 = "pairs.access.error_responses.respond_server_error"
