"""Pages for everybody speak the reader's language, where settings.LANGUAGES has it; staff's pages speak English."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers

from pairs.access.requests import ScopedRequest


def use_browser_language(view: Callable[..., Any]) -> Callable[..., Any]:
    """The page in the best language its reader's browser asks for."""

    @wraps(view)
    def call_in_language(request: ScopedRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        language = translation.get_language_from_request(request)
        with translation.override(language):
            response = view(request, *args, **kwargs)
        response.headers.setdefault("Content-Language", language)
        patch_vary_headers(response, ["Accept-Language"])
        return response

    return call_in_language


def get_language_tag() -> str:
    """The language of this page as HTML names it: en-GB."""
    return translation.to_locale(translation.get_language() or "en-gb").replace("_", "-")
