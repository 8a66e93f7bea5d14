"""Form fields as they are drawn, and the date in three boxes."""

from datetime import date

import pytest
from django import forms
from django.http import QueryDict
from django.template import engines

from pairs.web.date_fields import DatePartsField
from pairs.web.form_controls import (
    build_control,
    build_options,
    get_control_kind,
    group_fields,
    list_error_links,
)


class SampleForm(forms.Form):
    """One field a kind."""

    name = forms.CharField(help_text="As it is said", required=False)
    born = DatePartsField(label="Date of birth")
    seen = forms.DateField(widget=forms.DateInput({"type": "date"}), initial=date(2026, 11, 2))
    place = forms.ChoiceField(choices=[("home", "Home")])
    brought = forms.ChoiceField(
        label="Was she brought?", choices=[("y", "Yes"), ("n", "No")], widget=forms.RadioSelect
    )
    came = forms.MultipleChoiceField(choices=[("a", "A")], widget=forms.CheckboxSelectMultiple)
    agreed = forms.BooleanField(label="They agreed")
    note = forms.CharField(widget=forms.Textarea)
    version = forms.IntegerField(widget=forms.HiddenInput)


@pytest.mark.parametrize(
    ("name", "kind", "focus"),
    [
        ("name", "text", "id_name"),
        ("born", "date_parts", "id_born-day"),
        ("seen", "text", "id_seen"),
        ("place", "select", "id_place"),
        ("brought", "radios", "id_brought_0"),
        ("came", "checkboxes", "id_came_0"),
        ("agreed", "checkbox", "id_agreed"),
        ("note", "textarea", "id_note"),
        ("version", "hidden", "id_version"),
    ],
)
def test_each_field_has_its_kind_and_what_an_error_focuses(name, kind, focus):
    bound = SampleForm()[name]
    assert get_control_kind(bound) == kind
    assert build_control(bound).id == focus


def test_hint_and_error_describe_the_control():
    form = SampleForm({"name": ""})
    form.add_error("name", "Write a name")
    drawn = build_control(form["name"])
    assert drawn.described_by == "id_name_helptext id_name_error"
    assert 'aria-describedby="id_name_helptext id_name_error"' in drawn.html
    assert 'aria-invalid="true"' in drawn.html


def test_a_browsers_own_date_box_gets_the_only_form_it_reads():
    assert 'value="2026-11-02"' in build_control(SampleForm()["seen"]).html


def test_the_chosen_option_is_marked():
    options = build_options(SampleForm({"brought": "n"})["brought"])
    assert [(option.value, option.checked) for option in options] == [("y", False), ("n", True)]


def test_djangos_bare_messages_name_the_field():
    links = {
        target: message for message, target in list_error_links(SampleForm({"seen": "x", "born": "soon"}))
    }
    assert links["id_born-day"] == "Enter a real date, like 27 3 2026"
    assert links["id_brought_0"] == "Choose an answer to “Was she brought?”"
    assert links["id_agreed"] == "Tick “They agreed”"
    assert links["id_note"] == "Fill in “Note”"
    assert links["id_seen"] == "“Seen”: Enter a valid date."
    assert links[None] == "Fill in “Version”"  # hidden: there is nothing to focus


def test_errors_of_formsets_follow_those_of_the_form():
    Two = forms.formset_factory(SampleForm, extra=0, min_num=2, validate_min=True)
    data = {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0"}
    links = list_error_links(SampleForm({}), Two(data))
    assert ("Please submit at least 2 forms.", None) in links
    assert ("Fill in “Note”", "id_form-0-note") in links


def test_groups_come_in_their_order_and_nothing_is_left_out():
    form = SampleForm()
    form.groups = [("Who", ["name", "born"]), ("Nothing of this", ["missing"])]
    groups = [(legend, [bound.name for bound in fields]) for legend, fields in group_fields(form)]
    assert groups[0] == ("Who", ["name", "born"])
    assert groups[1] == (None, ["seen", "place", "brought", "came", "agreed", "note"])
    assert group_fields(form, only=["name"]) == [("Who", [form["name"]])]


# ---------------------------------------------------------------- the date in three boxes


class BirthDateForm(forms.Form):
    born = DatePartsField(required=False)


def build_date_post(day, month, year):
    return {"born-day": day, "born-month": month, "born-year": year}


@pytest.mark.parametrize(
    ("data", "value"),
    [
        (build_date_post("27", "3", "2026"), date(2026, 3, 27)),
        (build_date_post(" 27 ", "March", "2026"), date(2026, 3, 27)),
        (build_date_post("29", "feb", "2024"), date(2024, 2, 29)),
        ({"born": "2026-03-27"}, date(2026, 3, 27)),  # the API's way
        (build_date_post("", "", ""), None),
        ({}, None),
    ],
)
def test_a_date_is_read(data, value):
    form = BirthDateForm(data)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["born"] == value


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (build_date_post("31", "2", "2026"), "Enter a real date, like 27 3 2026"),
        (build_date_post("29", "2", "2026"), "Enter a real date, like 27 3 2026"),
        (build_date_post("27", "3", "26"), "Enter a real date, like 27 3 2026"),
        (build_date_post("27", "x", "2026"), "Enter a real date, like 27 3 2026"),
        (build_date_post("27", "", "2026"), "Enter a date with a day, a month and a year"),
        ({"born": "soon"}, "Enter a real date, like 27 3 2026"),
    ],
)
def test_an_invalid_date_is_explained_and_shown_again(data, message):
    form = BirthDateForm(data)
    assert form.errors["born"] == [message]
    shown = [text for _, _, text in build_control(form["born"]).boxes]
    assert "".join(shown) == "".join(data.values())


def test_an_initial_date_fills_the_boxes():
    boxes = build_control(BirthDateForm(initial={"born": date(2026, 3, 7)})["born"]).boxes
    assert [(name, text) for _, name, text in boxes] == [
        ("born-day", "7"),
        ("born-month", "3"),
        ("born-year", "2026"),
    ]


def test_boxes_read_a_real_post():
    form = BirthDateForm(QueryDict("born-day=1&born-month=2&born-year=2026"))
    assert form.is_valid()
    assert form.cleaned_data["born"] == date(2026, 2, 1)


# ---------------------------------------------------------------- allauth's forms


def test_allauths_pages_draw_their_forms_with_our_macros():
    form = SampleForm({})
    form.fields["name"].widget.attrs["placeholder"] = "Name"
    html = (
        engines["django"]
        .from_string("{% load pairs_pages %}{% form_errors f %}{% form_fields f %}")
        .render({"f": form})
    )
    assert 'class="nhsuk-error-summary"' in html
    assert 'for="id_name"' in html
    assert "placeholder" not in html
