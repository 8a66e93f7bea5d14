"""A form page on which colleagues write one draft in turn: many rows, saved as a whole until it is finished."""

from abc import abstractmethod
from collections.abc import Mapping
from typing import Any

from pairs.submissions.edits import SharedDraft
from pairs.submissions.form_page import FormPage


class SharedDraftPage(FormPage):
    """Keeps what one types, and shows a colleague's save before it is saved over: see SharedDraft."""

    autosaves = True
    first_click_closes = True

    @abstractmethod
    def describe_draft(self) -> Mapping[str, Any]:
        """{what it is called on the page: words} of what the draft says now."""

    def read_form(self) -> Any:
        form = super().read_form()
        self.shared = SharedDraft(self.request, self.describe_draft())
        self.shared.refuse_stale(form)
        return form

    def get_context(self, form: Any) -> dict[str, Any]:
        return super().get_context(form) | {"shared": self.shared}
