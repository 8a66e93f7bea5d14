"""The referral wizard: pages of each entry point, and the draft's form for each."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict

from pairs.geography.lookup import look_up_postcode
from pairs.geography.rules import find_place
from pairs.service.models import Place
from pairs.submissions.form_submission import clear_form_errors
from pairs.submissions.models import Submission
from pairs.web.date_fields import DatePartsField
from referrals.actions import find_infant_rows_errors, get_main_carer
from referrals.forms import (
    BabyFormSet,
    CallerPage,
    CarerFormSet,
    IntroducedPage,
    InvolvedPage,
    MeetingPage,
    NoticedPage,
    PermissionPage,
)


@dataclass(frozen=True)
class WizardPage:
    """One page: its slug in the address, its heading, and the form or formset on it."""

    slug: str
    title: str
    form: type
    item: str = ""  # what one of a formset is called; '' for a plain form
    fields: tuple[str, ...] = ()  # field names in an action's refusal that belong to this page


BABIES_PAGE = WizardPage("babies", "The baby or babies", BabyFormSet, "Baby", ("infants",))
CARERS_PAGE = WizardPage("carers", "Carers", CarerFormSet, "Carer", ("caregivers",))
PROFESSIONAL_PAGES = (
    WizardPage("permission", "Before you start", PermissionPage),
    BABIES_PAGE,
    CARERS_PAGE,
    WizardPage("noticed", "What you have noticed", NoticedPage),
    WizardPage("involved", "Meetings and your details", InvolvedPage),
)
PAGES_WITHOUT_ACCOUNT = (
    *PROFESSIONAL_PAGES[:-1],
    WizardPage("involved", "Meetings and your details", IntroducedPage),
)
PHONE_PAGES = (
    WizardPage("permission", "Caller", CallerPage),
    BABIES_PAGE,
    CARERS_PAGE,
    WizardPage("noticed", "What the caller says", NoticedPage),
    WizardPage("involved", "Meeting the family", MeetingPage),
)
FAMILY_SOURCE_PREFIX = "B"  # sources of referral in the NHS Data Dictionary: self, carer or relative


def find_page(pages: tuple[WizardPage, ...], slug: str) -> WizardPage | None:
    """The page of that slug."""
    return next((page for page in pages if page.slug == slug), None)


def get_next_slug(pages: tuple[WizardPage, ...], page: WizardPage) -> str:
    """The slug of the page that follows."""
    following = pages.index(page) + 1
    return pages[following].slug if following < len(pages) else "check"


def get_voice(writer: Any, draft: Submission) -> str:
    """Who speaks: the writer themselves, a professional who rang, or a parent who rang."""
    if writer.voice != "caller" or draft is None:
        return writer.voice
    source = draft.data.get("permission", {}).get("source_code", [""])
    return "parent" if "".join(source).startswith(FAMILY_SOURCE_PREFIX) else "caller"


def build_draft_form(
    writer: Any, page: WizardPage, draft: Submission, *, on: date, complain: bool = True
) -> Any:
    """The page's form with what the draft holds; without complaints it only shows what was typed."""
    values = load_draft_values(draft, page.slug)
    if values is None:
        return build_page_form(writer, page, draft, initial=_build_page_initial(writer, page, draft, on))
    form = build_page_form(writer, page, draft, values)
    if not complain:
        clear_form_errors(form)
        if page.item:
            form._non_form_errors = form.error_class()
    return form


def build_page_form(
    writer: Any,
    page: WizardPage,
    draft: Submission,
    values: Any = None,
    initial: dict[str, str | None] | None = None,
) -> Any:
    """The page's form or formset, in the voice of whoever speaks."""
    if page.slug in ("noticed", "involved"):
        return page.form(values, initial=initial, voice=get_voice(writer, draft))
    return page.form(values, initial=initial)


def load_draft_values(draft: Submission, slug: str) -> QueryDict | None:
    """What the draft holds of a page, as it was posted."""
    if draft is None or slug not in draft.data:
        return None
    values = QueryDict(mutable=True)
    for name, texts in draft.data[slug].items():
        values.setlist(name, texts)
    return values


def _build_page_initial(
    writer: Any, page: WizardPage, draft: Submission, on: date
) -> dict[str, str | None] | None:
    if page.slug != "involved":
        return None
    return {"place": _guess_place_code(writer, draft, on), **writer.known}


def _guess_place_code(writer: Any, draft: Submission, on: date) -> Any:
    """The code of the district the main carer's postcode lies in, where the directory knows it."""
    carers = build_draft_form(writer, CARERS_PAGE, draft, on=on)
    if not carers.is_bound or not carers.is_valid() or not carers.rows():
        return None
    found = look_up_postcode(get_main_carer(carers.rows())["postcode"], on)
    place = found and find_place(found.lad_code, found.lsoa_name, found.icb_code, Place.objects.all())
    return place.code if place else None


def is_page_complete(page: WizardPage, form: Any) -> bool:
    """Valid by its own form; and babies by the rule of who is eligible, said beside their fields."""
    if not form.is_bound or not form.is_valid():
        return False
    if page.slug == "babies":
        add_errors_to_rows(form, find_infant_rows_errors(form.rows()))
    return form.is_valid()


def add_errors_to_rows(formset: Any, errors: dict[str, str]) -> None:
    """Put 'infants.0.birth_date' beside that field of the first person named."""
    named = [form for form in formset.forms if form.cleaned_data and not formset._should_delete_form(form)]
    for name, said in errors.items():
        _, number, field = name.split(".")
        named[int(number)].add_error(field, said)


def add_empty_row(page: WizardPage, values: dict) -> dict:
    """The posted values with an empty row added: how a page without scripts asks for another person."""
    total = f"{page.form.get_default_prefix()}-TOTAL_FORMS"
    given = (values.get(total) or ["1"])[-1]
    count = int(given) if given.isdecimal() and len(given) < 3 else 1
    return values | {total: [str(min(count + 1, page.form.max_num))]}


def check_all_pages(writer: Any, draft: Submission, *, on: date) -> tuple[dict[str, Any], list[WizardPage]]:
    """({slug: form}, [incomplete pages]) of a draft, every page validated again."""
    found = {page.slug: build_draft_form(writer, page, draft, on=on) for page in writer.pages}
    return found, [page for page in writer.pages if not is_page_complete(page, found[page.slug])]


def collect_referral_details(found: dict[str, forms.BaseForm]) -> dict:
    """What make_referral takes, from complete pages."""
    return {
        **found["permission"].cleaned_data,
        **found["noticed"].cleaned_data,
        **found["involved"].cleaned_data,
        "infants": found["babies"].rows(),
        "caregivers": found["carers"].rows(),
    }


def find_page_of_field(pages, name: str) -> WizardPage:
    """The page that a refusal's field name stands on."""
    first = name.split(".")[0]
    fitting = (
        page for page in pages if first in page.fields or first in getattr(page.form, "base_fields", {})
    )
    return next(fitting, pages[0])


def list_differences(form: Any, mine: QueryDict, theirs: Any) -> list[tuple[str, str]]:
    """[(question, their answer)] of a page that was changed on another device too: only where the two differ."""
    names = [name for name in {**theirs, **mine} if theirs.getlist(name) != mine.getlist(name)]
    asked = ((name, _find_labelled_field(form, name)) for name in names)
    return [
        (label, _format_draft_answer(field, theirs.getlist(name))) for name, (label, field) in asked if field
    ]


def _find_labelled_field(form: Any, name: str) -> tuple[str, Any]:
    """(label, field) of a posted name; one of a formset says of whom, one box of a date which."""
    if hasattr(form, "management_form"):
        number, _, name = name.removeprefix(f"{form.prefix}-").partition("-")
        fields, of_whom = form.empty_form.fields, f"Number {int(number) + 1}: " if number.isdecimal() else ""
    else:
        fields, of_whom = form.fields, ""
    whole, _, part = name.rpartition("-")
    field = fields.get(name) or fields.get(whole)
    if field is None:
        return "", None
    return f"{of_whom}{field.label}" + ("" if name in fields else f" ({part})"), field


def _format_draft_answer(
    field: forms.CharField | forms.ChoiceField | DatePartsField, texts: list[str]
) -> str:
    words = {str(value): str(label) for value, label in getattr(field, "choices", ())}
    return ", ".join(words.get(text, text) for text in texts if text) or "Nothing"
