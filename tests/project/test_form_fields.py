"""Rules for the fields of every form: nothing that is pasted is cut without a word."""

import ast
import re

import pytest
from django import forms
from django.template import engines
from django.test import RequestFactory

from interventions.diary.forms import WhenForm
from pairs.access.middleware import LineEndMiddleware
from pairs.api.form_input import FormInput
from pairs.web.date_fields import LocalTimeForm
from pairs.web.form_controls import (
    get_revealed_fields,
    group_fields,
    list_field_messages,
    list_revealed_names,
)
from pairs.web.form_renderer import FormRenderer
from pairs.web.phone_field import PhoneField
from pairs.web.preload import load_views
from tests.project.test_files import ROOT, list_subclasses

OURS = ("pairs.", "referrals.", "interventions.", "outcomes.", "reporting.")
TWO_NUMBERS = "01254 55555 ext 4 (work, Mon–Wed) or mum’s 07700 900123, never after six"


def list_fields():
    """{(form, name): field} of every form of ours, and of allauth's that we show."""
    load_views()
    return {
        (kind.__qualname__, name): field
        for kind in list_subclasses(forms.BaseForm)
        if kind.__module__.startswith((*OURS, "allauth."))
        for name, field in getattr(kind, "base_fields", {}).items()
    }


def test_no_box_cuts_what_is_pasted():
    """A browser's maxlength does: half a number is saved, and looks whole."""
    drawn = {
        key: field.widget.render("x", "typed", {}, FormRenderer())
        for key, field in list_fields().items()
        if isinstance(field, forms.CharField)
    }
    assert len(drawn) > 200
    assert [key for key, html in drawn.items() if "maxlength" in html] == []
    assert [p.name for p in (ROOT / "templates").rglob("*.html") if "maxlength" in p.read_text()] == []
    assert "maxLength" not in (ROOT / "static" / "pairs.js").read_text()


def test_every_phone_has_room_for_two_numbers_and_whose_they_are():
    phones = {key: field for key, field in list_fields().items() if key[1].endswith("phone")}
    assert len(phones) >= 8
    assert {key for key, field in phones.items() if not isinstance(field, PhoneField)} == set()
    assert {field.clean(TWO_NUMBERS) for field in phones.values()} == {TWO_NUMBERS}


PASTED = {
    "postcode": [("\ufeffbb1\u20097aa\u200b", "BB1 7AA"), ("bfpo 57", "BFPO 57"), ("zz99 3vz", "ZZ99 3VZ")],
    "nhs_number": [("NHS no: 999\u2009000\u20110018\ufeff", "9990000018"), ("999.000.0018", "9990000018")],
}


@pytest.mark.parametrize("name", PASTED)
def test_every_form_reads_what_is_pasted(name, settings):
    settings.TEST_NHS_NUMBERS = True
    asked = [field for (_, each), field in list_fields().items() if each == name]
    assert len(asked) >= 3
    for field in asked:
        assert [(typed, field.clean(typed)) for typed, _ in PASTED[name]] == PASTED[name]


def test_every_form_offers_the_one_reading_of_a_postcode():
    for (form, name), field in list_fields().items():
        if name == "postcode":
            with pytest.raises(forms.ValidationError, match="BB1 7AA"):
                field.clean("BBI-7AA")
            assert field.bound_data("BBI-7AA", None) == "BB1 7AA", form
            assert field.bound_data("nowhere", None) == "nowhere"


def test_every_form_with_a_time_asks_about_one_that_comes_never_or_twice():
    load_views()
    timed = [
        kind
        for kind in list_subclasses(forms.BaseForm)
        if kind.__module__.startswith(OURS)
        and any(isinstance(field, forms.TimeField) for field in kind.base_fields.values())
    ]
    assert len(timed) >= 8
    assert [kind for kind in timed if not issubclass(kind, LocalTimeForm)] == []
    assert [kind for kind in timed if set(kind.moment_fields) - set(kind.base_fields)] == []


@pytest.mark.parametrize("day", ["2027-03-28", "2026-10-25"])
def test_such_a_time_is_refused_beside_its_box(day):
    form = WhenForm({"starts_on": day, "starts_time": "01:30"})
    assert list(form.errors) == ["starts_time"]
    assert WhenForm({"starts_on": day, "starts_time": "02:30"}).is_valid()


class NumbersForm(forms.Form):
    phone = PhoneField()
    words = forms.CharField(max_length=8, widget=forms.Textarea)


def test_a_phone_that_is_too_long_is_refused_and_all_of_it_shown_again():
    long = "07700 900123 " * 10
    form = NumbersForm({"phone": long, "words": "x" * 9})
    assert list_field_messages(form["phone"])[0].startswith(
        "Keep the phone numbers to 120 letters and figures"
    )
    assert list_field_messages(form["words"]) == [
        "“Words” has room for 8 characters, and this has 9. Shorten it; nothing was cut off"
    ]
    assert form["phone"].value() == long


def test_a_line_end_counts_once_on_pages_and_in_the_api():
    """A browser sends two characters for each and counts one."""
    typed, kept = "one\r\ntwo\r\n", "one\ntwo"
    request = RequestFactory().post("/x/", {"words": typed, "other": ["a", "b\rc"], "plain": "p"})
    LineEndMiddleware(lambda request: None).process_view(request, None, (), {})
    assert request.POST.lists() != []
    assert (request.POST["words"], request.POST.getlist("other")) == ("one\ntwo\n", ["a", "b\nc"])
    assert NumbersForm(request.POST).is_valid()
    read, _ = FormInput(NumbersForm).read({"words": typed})
    assert read.cleaned_data["words"] == kept


# What is said where an answer is lacking, and not where one is wrong.
ASKS_FOR_AN_ANSWER = re.compile(
    r"^(Say|Give|Fill in|Write|Name|Tell|Enter|Add|Describe"
    r"|Choose (which|how|whose|who|the|one|a|at least|whether|somebody)\b) ?"
)
FINDS_ONE_WRONG = re.compile(
    r"Choose (a day|a future date|a person in|a child who|a name|one of|somebody of|somebody who)"
    r"|Give a day from|one of the two people"
)
# Asked of another form of the same app, whose field has the same name.
ASKED_ELSEWHERE = {
    ("pairs.families", "BabyBornForm", "given_name"), ("pairs.families", "BabyDetailsForm", "given_name"),
    ("pairs.families", "InfantDetailsForm", "given_name"), ("referrals", "BabyForm", "given_name"),
    ("referrals", "MatchForm", "given_name"), ("interventions.plans", "CloseGoalForm", "why"),
    ("interventions.plans", "NewDeclinedForm", "why"), ("interventions.plans", "EndInterventionForm", "why"),
    ("interventions.plans", "FocusForm", "why"),
    ("referrals", "CarerForm", "phone"),
    ("referrals", "SelfReferralForm", "estimated_due_date"),
    # One of three boxes, and other forms of that app that have a box of the same name.
    ("reporting.dashboards", "ChangesForm", "person"), ("reporting.dashboards", "AccessLogForm", "person"),
    ("reporting.dashboards", "ChronologyFilterForm", "person"),
}  # fmt: skip


def get_app_name(parts):
    """referrals and outcomes are apps themselves, the rest are folders of apps."""
    return parts[0] if parts[0] in ("referrals", "outcomes") else ".".join(parts[:2])


def list_demanded_fields():
    """{(app, field)} that a rule, an action or a form refuses as lacking."""
    return {
        (get_app_name(path.relative_to(ROOT).parts), name.rpartition(".")[2])
        for folder in OURS
        for path in (ROOT / folder.rstrip(".")).glob("**/*.py")
        for name, message in list_refusals(ast.parse(path.read_text()))
        if ASKS_FOR_AN_ANSWER.match(message) and not FINDS_ONE_WRONG.search(message)
    }


def list_refusals(tree):
    """(field, message) of every {"field": "message"} and add_error("field", "message")."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Dict):
            yield from read_pairs(zip(node.keys, node.values, strict=True))
        elif isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "add_error":
            yield from read_pairs([node.args[:2]])


def read_pairs(pairs):
    for pair in pairs:
        texts = [read_text(each) for each in pair]
        if len(texts) == 2 and all(texts):
            yield texts


def read_text(node):
    """A text's words; of an f-string those at its ends that are constant."""
    if isinstance(node, ast.IfExp):  # a message or none
        return read_text(node.body) or read_text(node.orelse)
    if isinstance(node, ast.JoinedStr):
        return "".join(read_text(each) or "." for each in node.values)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def test_nothing_that_a_label_calls_optional_is_demanded():
    """A field that some answers need says so in its form (`conditional`, or `reveals`), and is not called optional."""
    load_views()
    demanded = list_demanded_fields()
    assert len(demanded) > 40
    called_optional = set()
    for kind in list_subclasses(forms.BaseForm):
        app = get_app_name(kind.__module__.split("."))
        needed = {*getattr(kind, "conditional", ())}
        opens = [names for options in getattr(kind, "reveals", {}).values() for names in options.values()]
        needed |= {name for names in opens for name in list_revealed_names(names)}
        called_optional |= {
            (app, kind.__name__, name)
            for name, field in getattr(kind, "base_fields", {}).items()
            if not field.required and (app, name) in demanded and name not in needed
            if not field.widget.is_hidden
        }
    assert called_optional - ASKED_ELSEWHERE == set()
    assert ASKED_ELSEWHERE - called_optional == set(), "no longer needed here"


def test_a_field_that_some_answers_need_is_not_marked_optional_wherever_it_is_drawn():
    class Asked(forms.Form):
        conditional = ("why",)
        why = forms.CharField(required=False)
        more = forms.CharField(required=False)

    drawn = engines["jinja2"].from_string(
        '{% from "components/form.html" import field, form_fields %}{{ field(form.why) }}|{{ form_fields(form) }}'
    )
    alone, _, together = drawn.render({"form": Asked()}).partition("|")
    assert "(optional)" not in alone
    assert together.count("(optional)") == 1


def test_every_conditional_field_is_one_of_the_form():
    load_views()
    wrong = [
        (kind.__name__, name)
        for kind in list_subclasses(forms.BaseForm)
        for name in getattr(kind, "conditional", ())
        if name not in getattr(kind, "base_fields", {})
    ]
    assert wrong == []


class Opening(forms.Form):
    reveals = {"born": {"yes": "day", "no": ("due", "why")}}
    born = forms.ChoiceField(choices=[("yes", "Yes"), ("no", "No")], widget=forms.RadioSelect)
    day = forms.CharField(required=False, max_length=2)
    due = forms.CharField(required=False, max_length=2)
    why = forms.CharField(required=False)


@pytest.mark.parametrize(
    ("posted", "opened", "beside"),
    [
        ({"born": "no"}, {"yes": ["day"], "no": ["due", "why"]}, ["born"]),
        ({"born": "no", "due": "long"}, {"yes": ["day"], "no": ["due", "why"]}, ["born"]),
        # An error in a part that is closed could be neither read nor put right.
        ({"born": "no", "day": "long"}, {"yes": [], "no": ["due", "why"]}, ["born", "day"]),
    ],
)
def test_an_error_is_never_in_a_part_that_another_answer_closes(posted, opened, beside):
    form = Opening(posted)
    found = get_revealed_fields(form["born"])
    assert {option: [each.name for each in fields] for option, fields in found.items()} == opened
    assert [each.name for _, fields in group_fields(form) for each in fields] == beside
    drawn = engines["jinja2"].from_string(
        '{% from "components/form.html" import form_fields %}{{ form_fields(form) }}'
    )
    html = drawn.render({"form": form})
    assert all(html.count(f'name="{name}"') >= 1 for name in ("day", "due", "why"))
