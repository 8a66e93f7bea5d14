"""Every word that the public reads can be translated: a made-up language marks what it touches, and nothing is bare."""

import re
from datetime import timedelta
from html.parser import HTMLParser

import pytest
from django.conf import settings
from django.core import mail
from django.utils import timezone, translation

from outcomes.experience.models import ExperienceLink
from pairs.access.models import digest_token
from pairs.service.models import Place
from pairs.web import jinja_environment
from pairs.web.translation_catalogue import build_catalogue
from referrals.models import Concern, ReferrerLink
from tests.project.factories.episodes import EXPERIENCE_TOKEN
from tests.project.factories.sample_families import LINK_TOKEN, _create_referrer_link
from tests.unit.evidence.test_parents_page import FIGURES, make_report, make_snapshot
from tests.unit.referrals.test_self_referral import build_request_data

pytestmark = pytest.mark.django_db
OPEN, CLOSE = "⟦", "⟧"
SPOKEN_ATTRIBUTES = ("aria-label", "placeholder", "title", "alt")
EXPERIENCE_PATH = f"/how-it-was/{EXPERIENCE_TOKEN}/"
ASK_PATH, BY_EMAIL_PATH, BY_LINK_PATH = "/ask-for-help/", "/refer/by-email/", f"/refer/link/{LINK_TOKEN}/"


class UntranslatedTexts(HTMLParser):
    """Texts of a page that no translation has touched."""

    def __init__(self, page, known):
        super().__init__()
        self.depth, self.silent, self.found, self.known = 0, 0, [], known
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.silent += tag in ("script", "style")
        self.found += [
            f"{name}={text}" for name, text in attrs if name in SPOKEN_ATTRIBUTES and OPEN not in (text or "")
        ]

    def handle_endtag(self, tag):
        self.silent -= tag in ("script", "style")

    def handle_data(self, data):
        for part in re.split(f"([{OPEN}{CLOSE}])", data):
            self.depth += (part == OPEN) - (part == CLOSE)
            if part.strip() and self.depth == 0 and part != CLOSE and not self.silent:
                self._judge(part.strip(" \n–.\xa0"))

    def _judge(self, text):
        if re.search(r"[^\W\d_]", text) and text not in self.known:
            self.found.append(text)


@pytest.fixture
def marked_language(monkeypatch):
    """As if there were a catalogue: every text comes back in marks of its own."""
    monkeypatch.setattr(translation._trans, "gettext", lambda text: f"{OPEN}{text}{CLOSE}")
    kept = (jinja_environment._render_cached_fragment, jinja_environment._translate_text)
    for each in kept:
        each.cache_clear()  # made once a language, and this one has no name
    yield
    for each in kept:
        each.cache_clear()


@pytest.fixture
def untranslatable_words(cast):
    """What is data and no text: names, concerns, places, what somebody typed."""
    _create_referrer_link()
    site, until = Place.objects.first().covering_site, timezone.localdate() + timedelta(days=1)
    ExperienceLink.objects.create(token_hash=digest_token(EXPERIENCE_TOKEN), site=site, last_day=until)
    words = {settings.SERVICE_NAME, "words", "gita@surgery.example", "a@gmail.com"}
    words |= set(Concern.objects.values_list("family_voice", flat=True))
    return words | set(Place.objects.values_list("name", flat=True))


def close_public_pages(settings):
    entry_points = settings.PUBLIC_LIMITS
    settings.PUBLIC_LIMITS = {name: dict.fromkeys(limits, 0) for name, limits in entry_points.items()}


FAULTY_FIELDS = {
    "submission": "", "parent_says": "", "phone": "x", "email": "x", "postcode": "x", "asker_name": "words",
    "birth_date-day": "31", "birth_date-month": "2", "birth_date-year": "2026", "estimated_due_date-day": "3",
}  # fmt: skip
PUBLIC_PAGES = {
    "ask": lambda client: client.get(ASK_PATH),
    "ask, with faults": lambda client: client.post(ASK_PATH, FAULTY_FIELDS),
    "ask, five already": lambda client: client.post(
        ASK_PATH, build_request_data(birth_date="2001-01-01", parent_says="words")
    ),
    "ask, no way to answer": lambda client: client.post(
        ASK_PATH, {"parent_says": "words", "birth_date": "9999-01-01"}
    ),
    "asked": lambda client: client.post(ASK_PATH, build_request_data(), follow=True),
    "asked, closed": lambda client: client.get(f"{ASK_PATH}sent/"),
    "by e-mail": lambda client: client.get(BY_EMAIL_PATH),
    "by e-mail, with a fault": lambda client: client.post(BY_EMAIL_PATH, {"email": "a@gmail.com"}),
    "by e-mail, empty": lambda client: client.post(BY_EMAIL_PATH, {"email": ""}),
    "by e-mail, sent": lambda client: client.get(f"{BY_EMAIL_PATH}sent/"),
    "link": lambda client: client.get(BY_LINK_PATH),
    "how it was": lambda client: client.get(EXPERIENCE_PATH),
    "how it was, empty": lambda client: client.post(EXPERIENCE_PATH, {}),
    "how it was, with faults": lambda client: client.post(
        EXPERIENCE_PATH, {"trust": "9", "words": "1" * 2001}
    ),
    "how it was, sent": lambda client: client.post(EXPERIENCE_PATH, {"trust": "1"}, follow=True),
    "how it was, over": lambda client: client.get("/how-it-was/nobodys/"),
    "link, over": lambda client: client.get("/refer/link/nobodys/"),
}


@pytest.mark.parametrize("name", PUBLIC_PAGES)
def test_every_text_is_translated(client, untranslatable_words, marked_language, name):
    page = PUBLIC_PAGES[name](client)
    assert UntranslatedTexts(page.content.decode(), untranslatable_words).found == []
    assert OPEN in page.content.decode()


@pytest.mark.parametrize("path", [ASK_PATH, BY_EMAIL_PATH])
def test_every_text_is_translated_when_it_is_full(
    client, untranslatable_words, marked_language, settings, path
):
    close_public_pages(settings)
    page = client.post(path, build_request_data(parent_says="words", email="gita@surgery.example"))
    assert page.status_code == 429
    assert UntranslatedTexts(page.content.decode(), untranslatable_words).found == []


def test_every_text_is_translated_once_a_link_is_used(client, untranslatable_words, marked_language):
    ReferrerLink.objects.update(used_at=timezone.now(), expires_at=timezone.now() + timedelta(hours=1))
    assert UntranslatedTexts(client.get(BY_LINK_PATH).content.decode(), untranslatable_words).found == []


def test_every_text_is_translated_in_email(client, untranslatable_words, marked_language):
    client.post(BY_EMAIL_PATH, {"email": "a@surgery.example"})
    (letter,) = mail.outbox
    assert letter.subject.startswith(OPEN)
    paragraphs = [each for each in letter.body.split("\n\n") if "://" not in each]
    assert paragraphs
    assert all(each.startswith(OPEN) for each in paragraphs)


@pytest.mark.parametrize("shown", [FIGURES, dict.fromkeys(FIGURES)])
def test_every_text_for_parents_is_translated(client, cast, marked_language, shown):
    report = make_report(make_snapshot(shown), cast["manager"])
    client.force_login(cast["manager"])
    page = client.get(f"/reports/{report.pk}/parents/").content.decode()
    article = page.partition("<article")[2].partition("</article>")[0]
    assert UntranslatedTexts(f"<article{article}", set()).found == []
    assert article.count(OPEN) > 10


def test_the_checker_finds_untranslated_text():
    page = f'<p aria-label="bare">{OPEN}a <b>marked</b>{CLOSE} left <i>{OPEN}b{CLOSE}</i> PaIRS 999</p>'
    assert UntranslatedTexts(page, {"PaIRS 999"}).found == ["aria-label=bare", "left"]


@pytest.mark.parametrize("asked", ["en-GB,en;q=0.9", "fr,ar;q=0.8", "", "x" * 5000])
def test_the_page_declares_its_language(client, asked):
    page = client.get(ASK_PATH, headers={"Accept-Language": asked})
    assert '<html lang="en-GB"' in page.content.decode()
    assert page["Content-Language"] == "en-gb"
    assert "Accept-Language" in page["Vary"]


def test_the_translators_list_is_up_to_date():
    """Else: python manage.py collect_messages."""
    assert (settings.LOCALE_PATHS[0] / "django.pot").read_text() == build_catalogue()
