"""What our baby told us: whose lines may stand in it, looked at before it is printed, kept version by version."""

from types import SimpleNamespace

import pytest
from django.db import ProgrammingError, transaction
from django.urls import reverse

from interventions.endings.actions import (
    begin_keepsake,
    create_next_version,
    mark_keepsake_ready,
    write_keepsake,
)
from interventions.endings.actions.keepsakes import ChosenLine
from interventions.endings.documents import KEEPSAKE
from interventions.endings.keepsake_excerpts import list_keepsake_excerpts
from interventions.endings.models import Keepsake
from interventions.endings.printed_keepsake import build_printed_keepsake, compute_keepsake_digest
from interventions.episodes.actions import amend_note, mark_contact_in_error
from pairs.documents.actions import request_pdf
from pairs.documents.pdf import render_document
from pairs.documents.tasks import make_document_pdf
from pairs.jobs.models import Job
from pairs.service.refusals import ActionRefused
from tests.unit.endings.factories import HIDDEN_ADDRESS, SeparatedFamily, get_days_ago
from tests.unit.village.factories import make_limit

pytestmark = pytest.mark.django_db


@pytest.fixture
def separated_family(me):
    """What Ana and Ben told, with whom, before Ben died."""
    made = SeparatedFamily(me, lost=False)
    ana, ben, cora, dan = made.ana, made.ben, made.cora, made.dan
    made.notes = SimpleNamespace(
        mum=made.record_baby_told(
            "She sang with you.", made.get_dyad(ana, cora), days_ago=50, there=[ana, cora]
        ),
        dad=made.record_baby_told(
            "She knew your voice.", made.get_dyad(ana, dan), days_ago=49, there=[ana, dan]
        ),
        alone=made.record_baby_told("She smiled at the light.", ana, days_ago=48, there=[ana, cora]),
        with_dad=made.record_baby_told("She slept through.", ana, days_ago=47, there=[ana, dan]),
        both=made.record_baby_told("She reached out.", ana, days_ago=46, there=[ana, cora, dan]),
        twin=made.record_baby_told("He blinked twice.", ben, days_ago=45, there=[ben, cora]),
        twin_and_mum=made.record_baby_told(
            "He held your finger.", made.get_dyad(ben, cora), days_ago=44, there=[ben, cora]
        ),
        family=made.record_baby_told("They were all tired.", "family", days_ago=43, there=[ana, ben, cora]),
        couple=made.record_baby_told("You two listened.", "couple", days_ago=42, there=[cora, dan]),
        carer=made.record_baby_told("You wept.", cora, days_ago=41, there=[cora]),
        unsigned=made.record_baby_told(
            "Not yet.", made.get_dyad(ana, cora), days_ago=40, there=[ana, cora], sign=False
        ),
    )
    return made


def list_line_texts(dyad):
    return [line.text for line in list_keepsake_excerpts(dyad)]


def test_each_two_have_their_own_lines_and_no_others(separated_family):
    ana, ben, cora, dan, fay = (
        separated_family.ana,
        separated_family.ben,
        separated_family.cora,
        separated_family.dan,
        separated_family.fay,
    )
    assert list_line_texts(separated_family.get_dyad(ana, cora)) == [
        "She sang with you.", "She smiled at the light.", "She reached out.",
    ]  # fmt: skip
    assert list_line_texts(separated_family.get_dyad(ana, dan)) == [
        "She knew your voice.",
        "She slept through.",
        "She reached out.",
    ]
    assert list_line_texts(separated_family.get_dyad(ana, fay)) == []
    assert list_line_texts(separated_family.get_dyad(ben, cora)) == [
        "He blinked twice.",
        "He held your finger.",
    ]
    assert list_line_texts(separated_family.get_dyad(ben, dan)) == []


def test_who_else_was_there_is_said(separated_family):
    there = {
        line.text: line.also_there
        for line in list_keepsake_excerpts(
            separated_family.get_dyad(separated_family.ana, separated_family.cora)
        )
    }
    assert there["She reached out."] == ("Dan Away",)
    assert there["She sang with you."] == ()


def test_lines_are_asked_in_two_queries(separated_family, django_assert_num_queries):
    dyad = separated_family.get_dyad(separated_family.ana, separated_family.cora)
    with django_assert_num_queries(2):
        list_keepsake_excerpts(dyad)


def test_an_amended_line_gives_way_and_one_in_error_goes(separated_family, me):
    dyad = separated_family.get_dyad(separated_family.ana, separated_family.cora)
    amend_note(part=separated_family.notes.mum, text="She hummed with you.", reason="More exact", by=me)
    mark_contact_in_error(contact=separated_family.notes.alone.care_contact, reason="Wrong record", by=me)
    assert list_line_texts(dyad) == ["She hummed with you.", "She reached out."]


def begin_keepsake_of(apart, me, infant=None, carer=None, **asked):
    dyad = apart.get_dyad(infant or apart.ana, carer or apart.cora)
    return begin_keepsake(dyad=dyad, by=me, **{"asked_for": False} | asked)


def write_keepsake_with(keepsake, me, *notes, **around):
    lines = [ChosenLine(note.pk, note.text) if not isinstance(note, ChosenLine) else note for note in notes]
    usual = {"title": "What Ana told us", "opening": "", "closing": ""}
    return write_keepsake(keepsake=keepsake, lines=lines, by=me, **usual | around)


def make_keepsake_ready(keepsake, me):
    found = Keepsake.objects.whole().get(pk=keepsake.pk)
    return mark_keepsake_ready(keepsake=found, seen=compute_keepsake_digest(found), by=me)


def test_one_draft_is_gone_on_with(separated_family, me):
    assert begin_keepsake_of(separated_family, me).pk == begin_keepsake_of(separated_family, me).pk
    assert begin_keepsake_of(separated_family, me).title == "What Ana told us"


@pytest.mark.parametrize(
    "name", ["dad", "with_dad", "twin", "twin_and_mum", "family", "couple", "carer", "unsigned"]
)
def test_a_line_that_is_not_theirs_is_refused(separated_family, me, name):
    with pytest.raises(ActionRefused) as refused:
        write_keepsake_with(
            begin_keepsake_of(separated_family, me),
            me,
            separated_family.notes.mum,
            getattr(separated_family.notes, name),
        )
    assert list(refused.value.errors) == ["lines.1.note"]
    assert not begin_keepsake_of(separated_family, me).lines.exists()


@pytest.mark.parametrize(
    ("where", "text", "found"),
    [
        ("lines.0.text", "She looked at Dan.", "Dan"),
        ("lines.0.text", "Ben was beside her.", "Ben"),
        ("opening", "With love from fay", "Fay"),
        ("closing", f"Sent to {HIDDEN_ADDRESS}", "address"),
        ("title", "Ana and Ben", "Ben"),
    ],
)
def test_another_persons_details_are_refused_where_they_appear(separated_family, me, where, text, found):
    note = separated_family.notes.mum
    lines = [ChosenLine(note.pk, text if where == "lines.0.text" else note.text)]
    with pytest.raises(ActionRefused) as refused:
        write_keepsake_with(
            begin_keepsake_of(separated_family, me),
            me,
            *lines,
            **({} if where == "lines.0.text" else {where: text}),
        )
    assert list(refused.value.errors) == [where]
    assert found in refused.value.errors[where]


def test_only_what_was_looked_at_becomes_ready_and_then_it_is_frozen(separated_family, me):
    keepsake = begin_keepsake_of(separated_family, me)
    with pytest.raises(ActionRefused, match="at least one line"):
        make_keepsake_ready(keepsake, me)
    write_keepsake_with(keepsake, me, separated_family.notes.mum)
    seen = compute_keepsake_digest(Keepsake.objects.whole().get(pk=keepsake.pk))
    write_keepsake_with(
        keepsake, me, separated_family.notes.mum, ChosenLine(separated_family.notes.alone.pk, "She smiled.")
    )
    with pytest.raises(ActionRefused, match="changed since you checked"):
        mark_keepsake_ready(keepsake=keepsake, seen=seen, by=me)
    made = make_keepsake_ready(keepsake, me)
    with pytest.raises(ActionRefused, match="Create a new version to change it"):
        write_keepsake_with(keepsake, me, separated_family.notes.mum)
    line = made.lines.first()
    for change in (
        lambda: made.change(title="Other"),
        lambda: line.change(text="Other"),
        line.delete,
        lambda: Keepsake.objects.filter(pk=made.pk)._raw_delete("default"),
    ):
        with pytest.raises(ProgrammingError), transaction.atomic():
            change()


def test_earlier_versions_stay(separated_family, me):
    first = begin_keepsake_of(separated_family, me)
    write_keepsake_with(
        first, me, separated_family.notes.mum, separated_family.notes.both, opening="Dear you"
    )
    make_keepsake_ready(first, me)
    second = create_next_version(keepsake=first, by=me)
    assert (second.version, second.opening) == (2, "Dear you")
    assert [line.text for line in second.lines.order_by("order")] == [
        "She sang with you.",
        "She reached out.",
    ]
    assert create_next_version(keepsake=first, by=me).pk == second.pk
    write_keepsake_with(second, me, separated_family.notes.both)
    make_keepsake_ready(second, me)
    assert [len(each.lines.all()) for each in Keepsake.objects.whole().order_by("version")] == [2, 1]


def test_a_line_that_left_the_record_stops_the_paper_an_amended_one_does_not(separated_family, me):
    keepsake = begin_keepsake_of(separated_family, me)
    write_keepsake_with(keepsake, me, separated_family.notes.mum, separated_family.notes.alone)
    make_keepsake_ready(keepsake, me)
    amend_note(part=separated_family.notes.mum, text="She hummed.", reason="More exact", by=me)
    assert build_printed_keepsake(Keepsake.objects.whole().get())["lines"][0] == "She sang with you."
    mark_contact_in_error(contact=separated_family.notes.alone.care_contact, reason="Wrong record", by=me)
    paper = build_printed_keepsake(Keepsake.objects.whole().get())
    assert paper["stopped"]
    assert "lines" not in paper


def test_after_a_loss_it_is_made_only_when_asked_for(separated_family, me):
    from pairs.families.actions import record_loss
    from tests.unit.endings.factories import get_days_ago

    record_loss(infant=separated_family.ben, loss="death", lost_on=get_days_ago(20), by=me)
    with pytest.raises(ActionRefused, match="only if the family asks"):
        begin_keepsake_of(separated_family, me, infant=separated_family.ben)
    keepsake = begin_keepsake_of(separated_family, me, infant=separated_family.ben, asked_for=True)
    write_keepsake_with(keepsake, me, separated_family.notes.twin_and_mum, title="What Ben told us")
    assert make_keepsake_ready(keepsake, me).asked_for
    assert "Ana" not in str(build_printed_keepsake(Keepsake.objects.whole().get(pk=keepsake.pk)))


def test_the_pdf_is_small_and_looks_nothing_like_a_clinic(separated_family, me):
    keepsake = begin_keepsake_of(separated_family, me)
    write_keepsake_with(keepsake, me, separated_family.notes.mum)
    make_keepsake_ready(keepsake, me)
    paper = build_printed_keepsake(Keepsake.objects.whole().get())
    assert set(paper) == {"title", "stopped", "for_whom", "opening", "lines", "closing", "made"}
    assert paper["for_whom"] == "Ana and Cora"
    pdf = render_document(KEEPSAKE, paper)
    assert pdf.startswith(b"%PDF")
    assert b"pdfuaid" in pdf or b"PDF" in pdf


def test_a_disclosure_limit_also_stops_a_ready_keepsake(separated_family, me):
    keepsake = begin_keepsake_of(separated_family, me)
    write_keepsake_with(keepsake, me, separated_family.notes.mum)
    make_keepsake_ready(keepsake, me)
    make_limit(separated_family.family, separated_family.ana, separated_family.cora, me)
    assert "do not disclose" in build_printed_keepsake(Keepsake.objects.whole().get())["stopped"]
    with pytest.raises(ActionRefused, match="do not disclose"):
        begin_keepsake_of(separated_family, me)


def build_keepsake_form(keepsake, chosen, **around):
    """What the page posts: every line offered, those chosen with a place."""
    lines = list_keepsake_excerpts(keepsake.dyad)
    form = {"title": "What Ana told us", "opening": "", "closing": "Yours"} | around
    form |= {"lines-TOTAL_FORMS": len(lines), "lines-INITIAL_FORMS": len(lines)}
    for number, line in enumerate(lines):
        form |= {f"lines-{number}-note": line.note_id, f"lines-{number}-text": line.text}
        if line.text in chosen:
            form |= {f"lines-{number}-use": "on", f"lines-{number}-place": chosen.index(line.text) + 1}
    return form


def test_a_keepsake_by_its_pages(cast, separated_family, me, client):
    dyad = separated_family.get_dyad(separated_family.ana, separated_family.cora)
    begun = client.post(reverse("keepsakes", args=[dyad.pk]), {})
    keepsake = Keepsake.objects.get()
    address, preview, printed, pdf = (
        reverse(name, args=[keepsake.pk])
        for name in ("keepsake", "keepsake-preview", "keepsake-print", "keepsake-pdf")
    )
    assert begun.headers["Location"] == address
    text = client.get(address).content.decode()
    for words in (
        "She sang with you.",
        "Dan Away was also there: check this line carefully.",
        "data-autosave",
    ):
        assert words in text
    assert "He blinked" not in text
    assert "Check the print preview first." in client.get(printed).content.decode()
    refused = client.post(address, build_keepsake_form(keepsake, ["She sang with you."], closing="Love, Dan"))
    assert "This names Dan Away" in refused.content.decode()
    saved = client.post(address, build_keepsake_form(keepsake, ["She reached out.", "She sang with you."]))
    assert saved.headers["Location"] == preview
    seen = client.get(preview).content.decode()
    assert seen.index("She reached out.") < seen.index("She sang with you.")
    assert "smiled at the light" not in seen
    assert "changed since you checked" in client.post(preview, {"seen": "x"}).content.decode()
    mark = compute_keepsake_digest(Keepsake.objects.whole().get())
    assert client.post(preview, {"seen": mark}).headers["Location"] == address
    assert "Print it" in client.get(address).content.decode()
    assert "She reached out." in client.get(printed).content.decode()
    client.post(pdf)
    client.post(pdf)
    assert Job.objects.filter(task="documents.make_pdf").count() == 1
    assert client.get(pdf).status_code == 404
    version = reverse("keepsake-version", args=[keepsake.pk])
    assert "Create a new version?" in client.get(version).content.decode()
    assert client.post(version).status_code == 302
    client.force_login(cast["hyndburn"])
    for path in (address, preview, printed, pdf, version):
        assert client.get(path).status_code == 404


def test_a_keepsake_by_api(separated_family, me, client):
    def post_to_keepsake(where, what, status=201):
        answer = client.post(where, what, content_type="application/json")
        assert answer.status_code == status, answer.content
        return answer.json()

    dyad = separated_family.get_dyad(separated_family.ana, separated_family.cora)
    made = post_to_keepsake(reverse("api-keepsakes", args=[dyad.pk]), {})
    address = reverse("api-keepsake", args=[made["id"]])
    offered = client.get(address).json()["may_choose"]
    assert len(offered) == 3
    line = {"note": offered[0]["note_id"], "use": True, "text": "She hummed with you."}
    text = {"title": "What Ana told us"}
    wrong = {"note": str(separated_family.notes.twin.pk), "use": True, "text": "x"}
    assert list(post_to_keepsake(address, text | {"lines": [wrong]}, 400)["errors"]) == ["lines.0.note"]
    assert post_to_keepsake(address, text | {"lines": [line]})["lines"][0]["text"] == "She hummed with you."
    preview = reverse("api-keepsake-preview", args=[made["id"]])
    pdf = reverse("api-keepsake-pdf", args=[made["id"]])
    assert "Check the print preview" in str(post_to_keepsake(pdf, {}, 400))
    seen = client.get(preview).json()
    assert seen["lines"] == ["She hummed with you."]
    assert post_to_keepsake(preview, {"seen": seen["seen"]})["ready_at"]
    assert post_to_keepsake(pdf, {})["status"] == "queued"
    assert client.get(pdf).status_code == 404


def test_the_worker_puts_it_on_paper(separated_family, me):
    keepsake = begin_keepsake_of(separated_family, me)
    write_keepsake_with(keepsake, me, separated_family.notes.mum)
    job = request_pdf(document=KEEPSAKE, record=make_keepsake_ready(keepsake, me)).job
    make_document_pdf(str(job.pk))
    job.refresh_from_db()
    assert (job.status, bytes(job.file)[:4]) == ("done", b"%PDF")


def test_after_a_carers_death_no_keepsake_for_them_is_offered(separated_family, client):
    made = separated_family
    page = reverse("keepsakes", args=[made.get_dyad(made.ana, made.cora).pk])
    assert "Start a keepsake" in client.get(page).content.decode()
    made.cora.change(died_on=get_days_ago(1))
    text = client.get(page).content.decode()
    assert ("Start a keepsake" in text, "This carer has died." in text) == (False, True)
    theirs = reverse("keepsakes", args=[made.get_dyad(made.ana, made.dan).pk])
    assert "Start a keepsake" in client.get(theirs).content.decode()


def test_a_draft_that_a_colleague_saved_meanwhile_is_shown_first(separated_family, me, client):
    keepsake = begin_keepsake_of(separated_family, me)
    address = reverse("keepsake", args=[keepsake.pk])
    mark = client.get(address).content.decode().partition('name="shown" value="')[2][:12]
    write_keepsake_with(keepsake, me, separated_family.notes.mum, title="What Ana told Cora")
    mine = build_keepsake_form(keepsake, ["She reached out."]) | {"title": "Mine", "shown": mark}
    page = client.post(address, mine).content.decode()
    assert "What Ana told Cora" in page
    assert "Mine" in page
    assert Keepsake.objects.get(pk=keepsake.pk).title == "What Ana told Cora"
    seen = page.partition('name="shown" value="')[2][:12]
    assert client.post(address, mine | {"shown": seen}).status_code == 302
    assert Keepsake.objects.get(pk=keepsake.pk).title == "Mine"
