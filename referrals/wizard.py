"""The professional's referral page by page: which pages there are, and what the draft holds of each."""

from dataclasses import dataclass

from django import forms
from django.http import QueryDict

from pairs.geography.lookup import look_up
from pairs.geography.rules import place_of
from pairs.service.models import Place
from pairs.submissions.typed import without_complaints
from referrals.actions import main_carer_of, why_not_infants
from referrals.forms import BabyFormSet, CarerFormSet, NoticedPage, PermissionPage


@dataclass(frozen=True)
class Page:
    """One page: its slug in the address, its heading, and the form or formset on it."""

    slug: str
    title: str
    form: type
    item: str = ""  # what one of a formset is called; '' for a plain form
    fields: tuple[str, ...] = ()  # what an action's refusal calls the things on this page


PAGES = (
    Page("permission", "Before you start", PermissionPage),
    Page("babies", "The baby or babies", BabyFormSet, "Baby", ("infants",)),
    Page("carers", "Those who care for them", CarerFormSet, "Carer", ("caregivers",)),
    Page("noticed", "What you have noticed", NoticedPage),
)
BY_SLUG = {page.slug: page for page in PAGES}


def after(page: Page) -> str:
    """The slug of the page that follows."""
    following = PAGES.index(page) + 1
    return PAGES[following].slug if following < len(PAGES) else "check"


def draft_form(page: Page, draft, *, on, complain=True):
    """The page's form with what the draft holds; without complaints it only shows what was typed."""
    values = _values(draft, page.slug)
    if values is None:
        return _fresh(page, draft, on)
    form = page.form(values)
    if not complain:
        without_complaints(form)
        if page.item:
            form._non_form_errors = form.error_class()
    return form


def _values(draft, slug):
    if draft is None or slug not in draft.data:
        return None
    values = QueryDict(mutable=True)
    for name, texts in draft.data[slug].items():
        values.setlist(name, texts)
    return values


def _fresh(page, draft, on):
    if page.slug != "noticed":
        return page.form()
    return page.form(initial={"place": _likely_place(draft, on)})


def _likely_place(draft, on):
    """The code of the district the main carer's postcode lies in, where the directory knows it."""
    carers = draft_form(BY_SLUG["carers"], draft, on=on)
    if not carers.is_valid() or not carers.rows():
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


def whole(draft, *, on):
    """({slug: form}, [pages not complete]) of a draft, every page judged again."""
    found = {page.slug: draft_form(page, draft, on=on) for page in PAGES}
    return found, [page for page in PAGES if not is_complete(page, found[page.slug])]


def details_of(found: dict[str, forms.BaseForm]) -> dict:
    """What make_referral takes, from complete pages."""
    return {
        **found["permission"].cleaned_data,
        **found["noticed"].cleaned_data,
        "infants": found["babies"].rows(),
        "caregivers": found["carers"].rows(),
    }


def page_of(name: str) -> Page:
    """The page that a refusal's field name stands on."""
    first = name.split(".")[0]
    fitting = (
        page for page in PAGES if first in page.fields or first in getattr(page.form, "base_fields", {})
    )
    return next(fitting, PAGES[0])
