"""A form page on which colleagues write one draft in turn: many rows, saved as a whole until it is finished."""

from typing import Any

from pairs.submissions.edits import SharedDraft, SharedDraftForm
from pairs.submissions.form_page import FormPage


class SharedDraftPage(SharedDraftForm, FormPage):
    """Keeps what one types, and shows a colleague's save before it is saved over: see SharedDraft."""

    autosaves = True
    first_click_closes = True
    opens_again = True

    def read_form(self) -> Any:
        form = super().read_form()
        self.shared = SharedDraft(self.request, self.describe_draft())
        self.shared.refuse_stale(form)
        return form

    def get_context(self, form: Any) -> dict[str, Any]:
        return super().get_context(form) | {"shared": self.shared}
