"""A referral page by page, at each door: which pages there are, and what the draft holds of each."""

from dataclasses import dataclass

from django import forms
from django.http import QueryDict

from pairs.geography.lookup import look_up
from pairs.geography.rules import place_of
from pairs.service.models import Place
from pairs.submissions.typed import without_complaints
from referrals.actions import main_carer_of, why_not_infants
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
class Page:
    """One page: its slug in the address, its heading, and the form or formset on it."""

    slug: str
    title: str
    form: type
    item: str = ""  # what one of a formset is called; '' for a plain form
    fields: tuple[str, ...] = ()  # what an action's refusal calls the things on this page


BABIES = Page("babies", "The baby or babies", BabyFormSet, "Baby", ("infants",))
CARERS = Page("carers", "Those who care for them", CarerFormSet, "Carer", ("caregivers",))
PROFESSIONAL = (
    Page("permission", "Before you start", PermissionPage),
    BABIES,
    CARERS,
    Page("noticed", "What you have noticed", NoticedPage),
    Page("involved", "Meeting the family, and you", InvolvedPage),
)
WITHOUT_ACCOUNT = (*PROFESSIONAL[:-1], Page("involved", "Meeting the family, and you", IntroducedPage))
PHONE_IN = (
    Page("permission", "Who is calling", CallerPage),
    BABIES,
    CARERS,
    Page("noticed", "What the caller says", NoticedPage),
    Page("involved", "Meeting the family", MeetingPage),
)
OF_THE_FAMILY = "B"  # sources of referral in the NHS Data Dictionary: self, carer or relative


def page_at(pages, slug: str) -> Page | None:
    """The page of that slug."""
    return next((page for page in pages if page.slug == slug), None)


def after(pages, page: Page) -> str:
    """The slug of the page that follows."""
    following = pages.index(page) + 1
    return pages[following].slug if following < len(pages) else "check"


def voice_in(writer, draft) -> str:
    """Who speaks: the writer themselves, a professional who rang, or a parent who rang."""
    if writer.voice != "caller" or draft is None:
        return writer.voice
    source = draft.data.get("permission", {}).get("source_code", [""])
    return "parent" if "".join(source).startswith(OF_THE_FAMILY) else "caller"


def draft_form(writer, page: Page, draft, *, on, complain=True):
    """The page's form with what the draft holds; without complaints it only shows what was typed."""
    values = kept_values(draft, page.slug)
    if values is None:
        return form_of(writer, page, draft, initial=_initial(writer, page, draft, on))
    form = form_of(writer, page, draft, values)
    if not complain:
        without_complaints(form)
        if page.item:
            form._non_form_errors = form.error_class()
    return form


def form_of(writer, page: Page, draft, values=None, initial=None):
    """The page's form or formset, in the voice of whoever speaks."""
    if page.slug in ("noticed", "involved"):
        return page.form(values, initial=initial, voice=voice_in(writer, draft))
    return page.form(values, initial=initial)


def kept_values(draft, slug: str) -> QueryDict | None:
    """What the draft holds of a page, as it was posted."""
    if draft is None or slug not in draft.data:
        return None
    values = QueryDict(mutable=True)
    for name, texts in draft.data[slug].items():
        values.setlist(name, texts)
    return values


def _initial(writer, page, draft, on):
    if page.slug != "involved":
        return None
    return {"place": _likely_place(writer, draft, on), **writer.known}


def _likely_place(writer, draft, on):
    """The code of the district the main carer's postcode lies in, where the directory knows it."""
    carers = draft_form(writer, CARERS, draft, on=on)
    if not carers.is_bound or not carers.is_valid() or not carers.rows():
        return None
    found = look_up(main_carer_of(carers.rows())["postcode"], on)
    place = found and place_of(found.lad_code, found.lsoa_name, found.icb_code, Place.objects.all())
    return place.code if place else None


def is_complete(page: Page, form) -> bool:
    """Valid by its own form; and babies by the rule of who is eligible, said beside their fields."""
    if not form.is_bound or not form.is_valid():
        return False
    if page.slug == "babies":
        show_on_rows(form, why_not_infants(form.rows()))
    return form.is_valid()


def show_on_rows(formset, errors):
    """Put 'infants.0.birth_date' beside that field of the first person named."""
    named = [form for form in formset.forms if form.cleaned_data and not formset._should_delete_form(form)]
    for name, said in errors.items():
        _, number, field = name.split(".")
        named[int(number)].add_error(field, said)


def one_more(page: Page, values: dict) -> dict:
    """The posted values with an empty row added: how a page without scripts asks for another person."""
    total = f"{page.form.get_default_prefix()}-TOTAL_FORMS"
    given = (values.get(total) or ["1"])[-1]
    count = int(given) if given.isdecimal() and len(given) < 3 else 1
    return values | {total: [str(min(count + 1, page.form.max_num))]}


def whole(writer, draft, *, on):
    """({slug: form}, [pages not complete]) of a draft, every page judged again."""
    found = {page.slug: draft_form(writer, page, draft, on=on) for page in writer.pages}
    return found, [page for page in writer.pages if not is_complete(page, found[page.slug])]


def details_of(found: dict[str, forms.BaseForm]) -> dict:
    """What make_referral takes, from complete pages."""
    return {
        **found["permission"].cleaned_data,
        **found["noticed"].cleaned_data,
        **found["involved"].cleaned_data,
        "infants": found["babies"].rows(),
        "caregivers": found["carers"].rows(),
    }


def page_of(pages, name: str) -> Page:
    """The page that a refusal's field name stands on."""
    first = name.split(".")[0]
    fitting = (
        page for page in pages if first in page.fields or first in getattr(page.form, "base_fields", {})
    )
    return next(fitting, pages[0])


def differing(form, mine, theirs) -> list[tuple[str, str]]:
    """[(question, their answer)] of a page that was changed on another device too: only where the two differ."""
    names = [name for name in {**theirs, **mine} if theirs.getlist(name) != mine.getlist(name)]
    asked = ((name, _field_of(form, name)) for name in names)
    return [(label, _answer(field, theirs.getlist(name))) for name, (label, field) in asked if field]


def _field_of(form, name):
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


def _answer(field, texts):
    words = {str(value): str(label) for value, label in getattr(field, "choices", ())}
    return ", ".join(words.get(text, text) for text in texts if text) or "Nothing"
