"""The test client sends a form as a browser does: urlencoded. Django's own way is for uploads, of which there are none.

No form of ours says `multipart/form-data` (tests/project/test_form_pages.py), and reading it took a sixth of the time
of the tests that send forms.
"""

from typing import Any

from django.test.client import MULTIPART_CONTENT, RequestFactory
from django.utils.http import urlencode

FORM_CONTENT = "application/x-www-form-urlencoded"


def send_forms_as_browsers_do() -> None:
    """For the rest of this process; whoever names another content type still sends that."""
    send = RequestFactory.post

    def post(
        self: RequestFactory,
        path: str,
        data: Any = None,
        content_type: str = MULTIPART_CONTENT,
        **options: Any,
    ) -> Any:
        if content_type == MULTIPART_CONTENT:
            data, content_type = urlencode(data or {}, doseq=True), FORM_CONTENT
        return send(self, path, data, content_type, **options)

    RequestFactory.post = post
