"""Where people live, and who moved with them."""

from collections.abc import Sequence
from typing import Any

from django import forms

from pairs.families.choices import AddressKind
from pairs.families.forms.fields import PostcodeField
from pairs.web.date_fields import DatePartsField


class AddressForm(forms.Form):
    """An address."""

    conditional: tuple[str, ...] = ("lines",)  # needed of some answers

    kind_of_address = forms.ChoiceField(
        label="What kind of address is it?",
        choices=AddressKind,
        widget=forms.RadioSelect,
        initial=AddressKind.HOME,
    )
    lines = forms.CharField(
        label="Address", max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="A refuge address is hidden everywhere except on its own page.",
    )  # fmt: skip
    postcode = PostcodeField()
    since = DatePartsField(label="Since when?", required=False, help_text="Leave empty if not known.")

    def get_address_fields(self) -> dict[str, Any]:
        """The address's columns."""
        return {"kind": self.cleaned_data["kind_of_address"]} | {
            name: self.cleaned_data[name] for name in ("lines", "postcode", "since")
        }


class NewAddressForm(AddressForm):
    """One more address of one person."""

    conditional: tuple[str, ...] = ("lines",)  # needed of some answers

    moved_on = forms.BooleanField(
        label="They have moved: end the previous address", required=False, initial=True
    )


class NewAddressInputForm(NewAddressForm):
    """An address and whose it is: what the API reads."""

    conditional: tuple[str, ...] = ("lines", "caregiver", "infant")  # needed of some answers

    caregiver = forms.UUIDField(label="Carer's id", required=False)
    infant = forms.UUIDField(label="Infant's id", required=False)

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if bool(cleaned.get("caregiver")) == bool(cleaned.get("infant")) and not self.errors:
            self.add_error("caregiver", "Give a carer's id or an infant's id")
        return cleaned


class HouseholdMoveForm(AddressForm):
    """One new address, and everybody who moved there."""

    conditional: tuple[str, ...] = ("lines",)  # needed of some answers

    moved = forms.MultipleChoiceField(
        label="Who moved there?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Tick everyone who moved"},
    )
    field_order = ("moved",)

    def __init__(self, *args: Any, people: Sequence[Any] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_id = {str(person.pk): person for person in people}
        self.fields["moved"].choices = [(pk, str(person)) for pk, person in self.by_id.items()]

    def clean_moved(self) -> list[Any]:
        return [self.by_id[pk] for pk in self.cleaned_data["moved"]]
