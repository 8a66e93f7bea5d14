"""The root URLconf: every app contributes the urlpatterns and api_patterns of its urls module."""

from django.urls import include, path, re_path

from pairs.service.hooks import list_hooks
from pairs.web.lazy_views import lazy_views
from pairs.web.url_index import IndexedResolver

api_errors = lazy_views("pairs.api.errors")

_patterns = [
    *(pattern for patterns in list_hooks("urls", "urlpatterns") for pattern in patterns),
    path("account/", include("pairs.access.account_urls")),
    path(
        "api/v1/",
        include(
            [
                IndexedResolver(
                    pattern for patterns in list_hooks("urls", "api_patterns") for pattern in patterns
                )
            ]
        ),
    ),
    re_path(r"^api/", api_errors.respond_not_found),
]
urlpatterns = [IndexedResolver(_patterns)]

handler400 = "pairs.access.error_responses.respond_bad_request"
handler403 = "pairs.access.error_responses.respond_permission_denied"
handler404 = "pairs.access.error_responses.respond_page_not_found"
handler500 = "pairs.access.error_responses.respond_server_error"
