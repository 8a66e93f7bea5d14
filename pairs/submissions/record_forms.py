"""A form about a record and what it does: declared once, for its page and for its address of the API."""

from abc import abstractmethod
from collections.abc import Mapping
from typing import Any, ClassVar
from uuid import UUID

from django.db.models import Model, QuerySet
from django.forms import BaseForm, BaseFormSet

from pairs.access.visible_records import get_visible_or_404


class RecordLookup:
    """For a view whose address names one record: ``model`` or ``get_records`` says among which.

    ``may``: the permission needed at the record's site to change something (of several, any one will do).
    ``within``: the QuerySet's method that narrows records to what the caller may reach.
    """

    model: ClassVar[type[Model] | None] = None
    may: ClassVar[str | tuple[str, ...] | None] = None
    within: str = "visible_to"
    request: Any
    kwargs: dict[str, Any]
    record: Any = None

    @property
    def record_id(self) -> UUID:
        """The id in the address."""
        return next(each for each in self.kwargs.values() if isinstance(each, UUID))

    def get_records(self) -> QuerySet[Any]:
        """Among which the record is looked up; what is out of scope is not there."""
        return self.model.objects.all()

    @classmethod
    def names_record(cls) -> bool:
        """Is the form about a record, which its address names?"""
        return cls.model is not None or cls.get_records is not RecordLookup.get_records

    def get_record(self, may: Any) -> Any:
        """The record that the address names, or 404; 403 without that permission at its site. None: about no record."""
        if not self.names_record():
            return None
        return get_visible_or_404(
            self.request, self.get_records(), may=may, within=self.within, pk=self.record_id
        )


class RecordForm(RecordLookup):
    """A form about that record (``self.record``) or about none, and what it does when it is valid."""

    form_class: ClassVar[type[BaseForm] | None] = None
    formset_classes: ClassVar[Mapping[str, type[BaseFormSet]]] = {}
    changes_record: ClassVar[bool] = False  # whether it writes over what a record says: a VersionedForm

    def get_form_class(self, data: Any) -> Any:
        """The form, where what is sent says which. ``data``: JSON, or what was posted; None before anything was."""
        return self.form_class

    def get_form_kwargs(self) -> dict[str, Any]:
        """What the form is made with, besides its input."""
        return {}

    def get_formset_classes(self) -> Mapping[str, type[BaseFormSet]]:
        """{name: formset class}, made for this record where they depend on it."""
        return self.formset_classes

    def get_initial(self) -> dict[str, Any]:
        """What the fields hold: of a form that changes the record, what it says now."""
        return {}

    def get_formset_initial(self, name: str) -> list[dict[str, Any]]:
        """What the rows of the formset of that name hold at first."""
        return []

    def find_more_errors(self, form: Any, **formsets: Any) -> Mapping[str, str]:
        """{field: what ``save`` would refuse} that can be told while other fields are still wrong: all come at once.

        Asked only of a form with errors, whose ``cleaned_data`` lacks the fields that have them.
        """
        return {}

    def get_known(self, initial: Mapping[str, Any]) -> dict[str, Any]:
        """Of the values that the form shows at first, those that the record says: of an EditForm."""
        return {}

    def get_version(self) -> str:
        """The ETag of what the record says; "" of a form that changes no record."""
        return ""

    def lock_version(self, if_match: str | None) -> dict[str, Any]:
        """What the record says now, locked; {} of a form that changes no record. Raises VersionMismatch."""
        return {}

    def save_unless_changed(self, marks: Mapping[str, str], *forms: Any, **formsets: Any) -> Any:
        """``save``; of an EditForm only if the record still has these marks. Raises EditConflict otherwise."""
        return self.save(*forms, **formsets)

    @abstractmethod
    def save(self, *forms: Any, **formsets: Any) -> Any:
        """Do what the form says, and return the record that was made or changed. Raises ActionRefused by field.

        Takes the form, and the formsets by their names; a subclass names what it takes.
        """
