"""Markup in every text that people type into a record stays text on every page, on paper and in every e-mail: nobody's
words become part of a page.

Every page as everybody who may open it, every document and every form that sends an e-mail in script/prove markup; in
the suite one reader of every third page, one document of each kind, and the forms of SENDING.
"""

import pytest
from django.db import DatabaseError, models, transaction
from django.template.loader import render_to_string
from django.utils import timezone

from pairs.documents.document import map_documents
from pairs.jobs.models import OutboxEmail
from pairs.jobs.tasks import _build_message
from script.local.personal_data import OF_A_PERSON, list_classes
from tests.databases import triggers_off
from tests.project import expected_access
from tests.project.crawler import (
    FORM_SENDERS,
    LONG_RUN,
    build_path,
    list_allowed_people,
    list_matrix_addresses,
    list_page_readers,
    send_and_roll_back,
)
from tests.project.form_filling import fill_form
from tests.project.form_sending import send_past_warning
from tests.project.test_form_ids import KNOWN_VALUES, list_addresses_with_forms
from tests.project.test_models import list_our_models
from tests.project.test_two_editors import open_form

pytestmark = [pytest.mark.prove, pytest.mark.usefixtures("silence_logging")]
STEP_IN_SUITE = 3
MARKUP = "\"'><img src=x onerror=alert(1)>{{7*7}}"
RAW, ESCAPED = "<img src=x onerror", "&lt;img src=x onerror"
TYPED_CLASSES = (*OF_A_PERSON, "staff")
FEWEST_FIELDS, FEWEST_PAGES = 100, 20
PRINTED = {"letter"}
SENDING = {"add-to-referral", "ask-for-help", "new-consultation", "refer-by-email"}


def list_text_fields(model):
    """Those that people type into, by their privacy class: no choice, no key or id of a catalogue, and long enough."""
    classes = list_classes(model)
    typed = {name for each in TYPED_CLASSES for name in classes.get(each, ())}
    return [
        field.name
        for field in model._meta.concrete_fields
        if isinstance(field, (models.CharField, models.TextField))
        and field.name in typed
        and not isinstance(field, models.SlugField)
        and not (field.choices or field.primary_key or field.unique or field.is_relation)
        and (field.max_length or len(MARKUP)) >= len(MARKUP)
    ]


def write_markup(model):
    """The fields of this table that take it: what a rule of the database refuses stays as it is."""
    taken = []
    with triggers_off(model):
        for name in list_text_fields(model):
            try:
                with transaction.atomic():
                    model._base_manager.update(**{name: MARKUP})
            except DatabaseError:
                continue
            taken.append(f"{model._meta.label}.{name}")
    return taken


@pytest.fixture(scope="module")
def marked_up(sample_and_clients, django_db_blocker):
    """(homes, clients, the fields in which markup stands now)."""
    homes, clients = sample_and_clients
    with django_db_blocker.unblock(), transaction.atomic():
        taken = [name for model in list_our_models() for name in write_markup(model)]
        yield homes, clients, taken
        transaction.set_rollback(True)


def list_visits(homes):
    """(address, who, path) of every page that somebody may open."""
    for address in list_matrix_addresses():
        if address.policy is None or address.is_api:
            continue
        where = "blackburn" if address.ids else None
        for who in list_page_readers(address, where)[: None if LONG_RUN else 1]:
            yield address, who, build_path(address, homes, where)


def test_markup_in_every_record_stays_text_on_every_page(marked_up, cells):
    """Markup in every text that people type, then every page: it is shown, and is never part of the page"""
    homes, clients, taken = marked_up
    assert len(taken) > FEWEST_FIELDS
    shown = 0
    for address, who, path in [*list_visits(homes)][:: 1 if LONG_RUN else STEP_IN_SUITE]:
        answer = send_and_roll_back(clients[who], "GET", path)
        problems = [f"{address} as {who}: {answer.status_code}"] if answer.status_code >= 500 else []
        if answer.is_page and RAW in answer.text:
            at = answer.text.index(RAW)
            problems.append(f"{address} as {who}: {answer.text[max(0, at - 120) : at + 40]!r}")
        shown += answer.is_page and ESCAPED in answer.text
        cells.add("a page of records that hold markup", problems)
    assert shown > (FEWEST_PAGES * STEP_IN_SUITE if LONG_RUN else FEWEST_PAGES)
    cells.assert_none_wrong()


# ---------------------------------------------------------------- paper
def list_papers():
    """(document, record) of what the samples have to print."""
    for document in map_documents().values():
        for record in document.get_records()[: None if LONG_RUN else 1]:
            yield document, record


def test_markup_in_every_record_stays_text_on_paper(marked_up, cells):
    """The page from which each PDF is drawn shows it as text; what is drawn runs nothing in any case"""
    kinds, shown = set(), 0
    for document, record in list_papers():
        paper = document.arrange_paper(document.build_paper(record, timezone.localdate()))
        page = render_to_string(document.pdf_template, {"document": document, "paper": paper})
        at = page.find(RAW)
        cells.add("a PDF", [f"{document.name}: {page[max(0, at - 120) : at + 40]!r}"] if at >= 0 else [])
        kinds.add(document.name)
        shown += ESCAPED in page
    assert kinds >= PRINTED
    assert shown > len(PRINTED) / 2
    cells.assert_none_wrong()


# ---------------------------------------------------------------- e-mails
@pytest.fixture
def use_outbox(settings):
    settings.EMAIL_BACKEND = "pairs.jobs.outbox.OutboxBackend"


def list_sent_emails(address, homes, clients):
    """The e-mails that this page's form sends, as they leave; undone."""
    where = expected_access.FORM_FILLED_AT.get(address.name, "blackburn") if address.ids else None
    path = build_path(address, homes, where)
    for who in list_allowed_people(address, "POST", where, FORM_SENDERS)[:1]:
        if form := open_form(clients[who], path):
            with transaction.atomic():
                before = set(OutboxEmail.objects.values_list("pk", flat=True))
                send_past_warning(clients[who], path, fill_form(form, **KNOWN_VALUES.get(address.name, {})))
                sent = list(OutboxEmail.objects.exclude(pk__in=before))
                transaction.set_rollback(True)
            yield from map(build_message, sent)


def build_message(email):
    """As it leaves, to an address that is one: the samples' hold markup."""
    email.to, email.from_email = ["someone@pairs.example"], "pairs@service.example"
    return _build_message(email).message()


def test_every_email_is_plain_text(marked_up, use_outbox, cells):
    """Every form is sent among records that hold markup: each e-mail is one part of plain text"""
    homes, clients, _ = marked_up
    sending = set()
    for address in list_addresses_with_forms():
        if not LONG_RUN and address.name not in SENDING:
            continue
        for message in list_sent_emails(address, homes, clients):
            is_plain = message.get_content_type() == "text/plain" and not message.is_multipart()
            cells.add("an e-mail", [] if is_plain else [f"{address.name}: {message.get_content_type()}"])
            sending.add(address.name)
    assert sending >= SENDING
    cells.assert_none_wrong()
