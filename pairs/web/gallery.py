"""Every component in every state, on one page, with made-up plain data: for building pages and looking at them."""

from datetime import UTC, date, datetime
from typing import Any, ClassVar

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from .date_fields import DatePartsField
from .status_tags import STATUS_TAGS

SAMPLE_LINES = [
    {"name": "Leo Testcase", "age": "7 months", "carers": "with Anna Testcase, mother"},
    {"name": "Noah and Noha Testlake", "age": "23 weeks, twins", "carers": "with Sophie Testlake, mother"},
    {"name": "Baby of Nabila Testkhan", "age": "due 23 Dec", "carers": "with Nabila Testkhan, mother-to-be"},
    {"name": "Iris Sampleham", "age": "died 4 Nov 2026", "carers": "with Ruth Sampleham, mother"},
    {"name": "Maximiliana-Josephine Testfordshire-Exampleworthington", "age": "11 months", "carers": ""},
]
SAMPLE_SAFE_CONTACTS = [
    {"sentence": "Text or e-mail. Never call.", "asked": True},
    {"sentence": "Safe contact not recorded. Ask before you call.", "asked": False},
]
SAMPLE_TODO_ROWS = [
    {
        "title": "Review plan",
        "why": "Agreed for 12 November",
        "severity": "overdue",
        "chip": "Overdue 8 d",
        "button": "Review plan",
        "href": "#review",
        "decide": "#postpone",
        "reassign": "#reassign",
    },
    {
        "title": "Ask the nursery about the quiet corner",
        "why": "Agreed in supervision",
        "severity": "soon",
        "chip": "By 27 Nov",
        "button": "Done",
        "href": "#decision",
        "done_href": "#done",
        "decide": "#postpone",
        "reassign": "#reassign",
    },
]
SAMPLE_AGENDA_KINDS = {"safety": "Risk alert", "quiet": "Not seen", "review": "Review due"}
SAMPLE_AGENDA_ROW = {
    "line": SAMPLE_LINES[0],
    "reasons": [
        {"kind": "safety", "why": "Review risk alert.", "href": "#alert"},
        {"kind": "quiet", "why": "Last seen 40 days ago.", "href": "#episode"},
        {"kind": "review", "why": "Review the plan.", "href": "#review"},
    ],
}
SAMPLE_ENTRIES = [
    {
        "kind": "contact",
        "at": datetime(2026, 11, 18, 15, 15, tzinfo=UTC),
        "timed": True,
        "title": "Face to face, family hub, 60 minutes",
        "href": "#contact",
        "who": "Sam Practitioner",
        "text": "Leo Testcase: attended; Anna Testcase: attended",
        "reading": (("What happened", "We met on the mat."), ("What next", "The same time next week.")),
    },
    {
        "kind": "contact",
        "at": datetime(2026, 11, 11, 10, 0, tzinfo=UTC),
        "timed": True,
        "title": "Telephone, 20 minutes",
        "href": "#draft",
        "unsigned": True,
        "reading": (("What happened", "Anna rang about the nights."),),
    },
    {"restricted": True},
]
SAMPLE_PEOPLE = [
    {
        "name": "Amara Example",
        "said": "ah-MAH-ra",
        "born": "Born 3 August 2026, 15 weeks",
        "nhs_number": "9990001235",
        "twin": "Twin 1 of 2",
        "reference": "PI-2026-00017",
        "href": "#amara",
        "alerts": [{"text": "Child protection plan since 2 September 2026", "severity": "high"}],
    },
    {"name": "Baby Example", "born": "Due 3 January 2027", "nhs_number": None, "twin": "Twin 2 of 2"},
]
SAMPLE_FAMILY_ALERTS = [
    {"text": "Two people visit together", "severity": "medium"},
    {"text": "Interpreter: Polish", "severity": "note"},
]
SAMPLE_DUE_ITEMS = [
    {
        "title": "A carer answered “yes” to a question about harming themselves",
        "href": "#due",
        "severity": "safety",
        "who": "Example family",
        "when": "raised today at 09:12",
        "why": "Someone must see it and record what they did",
    },
    {
        "title": "Plan review",
        "href": "#due",
        "severity": "overdue",
        "who": "Sample family",
        "when": "was due 12 Nov 2026",
    },
    {
        "title": "Referral without a decision",
        "href": "#due",
        "severity": "today",
        "who": "R-2026-00042",
        "when": "day 21",
    },
    {
        "title": "Delete the recording of 3 November",
        "href": "#due",
        "severity": "soon",
        "when": "by 1 Dec 2026",
    },
    {"title": "Six weeks old, no NHS number", "href": "#due", "severity": "data", "who": "Amara Example"},
]
SAMPLE_TIMELINE = [
    {
        "when": datetime(2026, 11, 18, 10, 30, tzinfo=UTC),
        "title": "Home visit, 50 minutes",
        "href": "#visit",
        "who": "Amara and Jo Example · Sam Worker",
        "text": "Amara turned to Jo’s voice each time she spoke.\n\nNext: watch the recording together.",
        "starred": True,
    },
    {
        "when": date(2026, 11, 4),
        "title": "Clinic, not brought",
        "who": "Asked who and why: bus strike",
        "starred": False,
    },
    {"when": "October 2026", "title": "Referral accepted for direct work", "starred": False},
]
SAMPLE_ROWS = [
    [{"text": "Example family", "href": "#family"}, "Blackburn with Darwen", "12 Nov 2026", 8],
    [{"text": "Sample-Specimen family with a long name", "href": "#family"}, "Hyndburn", "3 Nov 2026", 17],
    [{"text": "Third family", "href": "#family"}, "Barrow-in-Furness", None, 1204],
]


class EveryFieldForm(forms.Form):
    """One field of each kind."""

    title = forms.CharField(label="What happened", help_text="A line is enough", max_length=80)
    note = forms.CharField(label="What the baby told us", widget=forms.Textarea, required=False)
    born = DatePartsField(label="Date of birth", help_text="For example, 27 3 2026")
    seen = forms.DateField(label="Day of the visit", widget=forms.DateInput({"type": "date"}))
    minutes = forms.IntegerField(label="How long", min_value=1, max_value=600)
    place = forms.ChoiceField(
        label="Where", choices=[("", "Choose"), ("home", "At home"), ("hub", "Family hub")]
    )
    brought = forms.ChoiceField(
        label="Was the baby brought?",
        choices=[("yes", "Yes"), ("no", "No"), ("late", "Late, and not seen")],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(label="Who did you ask, and why were they not brought?", required=False)
    came = forms.MultipleChoiceField(
        label="Who came",
        choices=[
            ("jo", "Jo Example, mother"),
            ("lee", "Lee Example, father"),
            ("gran", "Pat Sample, grandmother"),
        ],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    agreed = forms.BooleanField(label="The family agreed to this being shared")
    version = forms.IntegerField(widget=forms.HiddenInput)
    option_hints: ClassVar = {"brought": {"late": "They came after the time had gone"}}
    groups = (
        ("The visit", ["title", "seen", "minutes", "place"]),
        ("The baby", ["born", "brought", "reason"]),
    )


class ReasonForm(forms.Form):
    """A reason, asked for with the question."""

    reason = forms.CharField(label="Why", widget=forms.Textarea)


class FilterForm(forms.Form):
    """Narrows a list."""

    colleague = forms.CharField(label="Colleague", required=False, help_text="Name or username.")
    since = forms.DateField(label="From", required=False, widget=forms.DateInput({"type": "date"}))
    what = forms.ChoiceField(
        label="What they did", choices=[("", "Anything"), ("read", "Opened a record")], required=False
    )


class CarerForm(forms.Form):
    """One of a formset."""

    name = forms.CharField(label="Name")
    relationship = forms.CharField(label="Who they are to the baby", required=False)


CarerFormSet = forms.formset_factory(CarerForm, extra=1, max_num=4)


# Words for the page, and no codes.
SAMPLE_TOPICS = ["that we are involved", "progress"]
SAMPLE_RELATIONSHIP = "mother"
SAMPLE_SHARING = {
    "family_id": "00000000-0000-4000-8000-000000000000",
    "may": [{"party": "Sunny Nursery", "what": SAMPLE_TOPICS, "until": date(2027, 1, 31)}],
    "not": [{"not_to": "Person named in a court order", "about": "the home address", "until": None}],
}


SAMPLE_RECORD_HEAD = {
    "line": SAMPLE_LINES[0] | {"lost": False},
    "tab": "Overview",
    "people": [
        {
            "name": "Leo Testcase",
            "born": "Born 2 April 2026, 10 weeks",
            "birth_day": "Born 2 April 2026",
            "nhs_number": "9990001235",
        }
    ],
    "facts": ["Team: Blackpool", "Lead: Sam Practitioner"],
    "alerts": SAMPLE_FAMILY_ALERTS,
    "chips": [("Missed contacts", "orange")],
    "safe": [("Anna Testcase", SAMPLE_SAFE_CONTACTS[0])],
    "needs": ["Interpreter: Polish"],
    "visit": {"when": "Tue 24 Nov 10:00", "what": "Face to face", "by": "Sam Practitioner", "href": "#visit"},
    "coming": 2,
    "primary": {"text": "Log a contact", "href": "#contact"},
    "acts": [{"text": "Book a visit", "href": "#book"}],
    "links": [("Record", [{"text": "Check for duplicates", "href": "#duplicates"}])],
    "tabs": [
        {"text": "Overview", "href": "#overview", "count": None, "current": True},
        {"text": "Timeline", "href": "#timeline", "count": 24, "current": False},
    ],
}


SAMPLE_CHANGE = {
    "fields": [
        {"label": "Date of birth", "before": "Not stated", "after": "3 August 2026", "parts": ()},
        {
            "label": "Text",
            "parts": (
                ("left out", "She settled when he hummed … and then he was "),
                ("struck", "calm"),
                ("added", "tense, and said so"),
                ("same", "."),
            ),
        },
    ]
}


def show_gallery(request: HttpRequest) -> HttpResponse:
    """All of them, on one page."""
    return render(request, "service/gallery.html", build_samples(request), using="jinja2")


def build_samples(request: HttpRequest) -> dict[str, Any]:
    """What the gallery's template shows; also what the tests render components with."""
    typed = {"born-day": "31", "born-month": "2", "born-year": "2026", "seen": "x", "version": "1"}
    wrong = EveryFieldForm(typed, auto_id="wrong_%s")
    return {
        "banner": {
            "people": SAMPLE_PEOPLE,
            "family": "Example family",
            "href": "#family",
            "alerts": SAMPLE_FAMILY_ALERTS,
        },
        "people": SAMPLE_PEOPLE,
        "family_alerts": SAMPLE_FAMILY_ALERTS,
        "family_lines": SAMPLE_LINES,
        "safe_contacts": SAMPLE_SAFE_CONTACTS,
        "record_head": SAMPLE_RECORD_HEAD,
        "todo_rows": SAMPLE_TODO_ROWS,
        "agenda_row": SAMPLE_AGENDA_ROW,
        "changed": SAMPLE_CHANGE,
        "agenda_kinds": SAMPLE_AGENDA_KINDS,
        "timeline_entries": SAMPLE_ENTRIES,
        "due": SAMPLE_DUE_ITEMS,
        "timeline_rows": SAMPLE_TIMELINE,
        "rows": SAMPLE_ROWS,
        "statuses": STATUS_TAGS,
        "form": EveryFieldForm(initial={"title": "Home visit", "version": 1, "seen": date(2026, 11, 18)}),
        "sharing": SAMPLE_SHARING,
        "filter_form": FilterForm(prefix="filter"),
        "wrong_form": wrong,
        "why": ReasonForm(auto_id="why_%s"),
        "carers": CarerFormSet(
            prefix="carers", initial=[{"name": "Jo Example", "relationship": SAMPLE_RELATIONSHIP}]
        ),
        "page_of_list": Paginator(range(987), 25).get_page(request.GET.get("page", 7)),
        "today": date(2026, 11, 20),
        "rated": [
            (date(2026, 7, 3), 2),
            (date(2026, 8, 14), 3),
            (date(2026, 9, 4), 6),
            (date(2026, 11, 6), 7),
        ],
    }
