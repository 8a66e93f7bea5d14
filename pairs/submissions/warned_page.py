"""A form page that says what to know before it saves: shown once, it delays saving and forbids nothing."""

import hashlib
from abc import abstractmethod
from collections.abc import Sequence
from typing import Any, ClassVar

from pairs.service.refusals import ActionRefused
from pairs.submissions.form_page import FormPage

SHOWN_FIELD = "warned"  # the marks of what the page has shown, sent back by whoever goes on


class WarnedFormPage(FormPage):
    """``warning_title``, ``warning_text``: before and after the warnings. ``button_again``: to save all the same."""

    template_name = "warned_form_page.html"
    warning_title: ClassVar[str] = "Before you save this"
    warning_text: ClassVar[str]
    button_again: ClassVar[str] = ""
    first_click_closes = True  # what it made stands, and would be warned of as a clash with itself
    opens_again = True
    warnings: Sequence[str] = ()  # to be shown now, nothing being saved yet

    @abstractmethod
    def list_warnings(self, form: Any) -> list[str]:
        """What to know before this valid form is saved."""

    def save_once(self, form: Any, formsets: dict[str, Any]) -> str | None:
        if self.submission.is_valid(form, *formsets.values()):
            found = self._list_warnings_of_what_can_be(form)
            shown = self.request.POST.get(SHOWN_FIELD, "").split()
            self.warnings = found if any(_build_mark(each) not in shown for each in found) else ()
        return None if self.warnings else super().save_once(form, formsets)

    def _list_warnings_of_what_can_be(self, form: Any) -> list[str]:
        """None of what is refused: saving says why."""
        try:
            return self.list_warnings(form)
        except ActionRefused:
            return []

    def get_button(self) -> str:
        return self.button_again if self.warnings and self.button_again else self.button

    def get_context(self, form: Any) -> dict[str, Any]:
        return super().get_context(form) | {
            "warnings": self.warnings,
            "warning_title": self.warning_title,
            "warning_text": self.warning_text,
            "shown": " ".join(_build_mark(each) for each in self.warnings),
        }


def _build_mark(warning: str) -> str:
    return hashlib.sha256(warning.encode()).hexdigest()[:16]
