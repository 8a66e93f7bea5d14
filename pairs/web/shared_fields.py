"""Form fields that every form of a class shares: copying them is most of the work of making a form.

    @share_fields(but=("site",))
    class MoveForm(forms.Form):
        \"\"\"…whose __init__ says which sites there are.\"\"\"

A field that some form changes (its choices, its label, what it begins with) is named in ``but`` and copied, as Django
copies all of them. A subclass has its own fields, and shares none of them unless it says so itself.
"""

import copy
from collections.abc import Callable
from typing import Any, TypeVar

from django.forms import BaseForm, Field
from django.forms.formsets import ManagementForm

FormClass = TypeVar("FormClass", bound=type[BaseForm])


class SharedFields(dict[str, Field]):
    """The fields of a form class, by name. ``changed``: the names of those that its forms change."""

    def __init__(self, fields: dict[str, Field], changed: frozenset[str]) -> None:
        super().__init__(fields)
        self.changed = changed

    def __deepcopy__(self, memo: dict[int, Any]) -> dict[str, Field]:
        """What a form takes as its own: it may leave fields out and add others."""
        own: dict[str, Field] = dict(self)
        return own | {name: copy.deepcopy(self[name], memo) for name in self.changed}


def share_fields(*, but: tuple[str, ...] = ()) -> Callable[[FormClass], FormClass]:
    """Have the forms of this class share their fields. ``but``: those that they change. Usable as a decorator."""

    def decorate(form: FormClass) -> FormClass:
        form.base_fields = SharedFields(form.base_fields, frozenset(but))
        return form

    return decorate


share_fields()(ManagementForm)  # Django's own, of which each formset makes one, and which nothing changes
