"""What our baby told us: whose lines may stand in it, looked at before it is printed, kept version by version."""

from types import SimpleNamespace

import pytest
from django.db import ProgrammingError, transaction
from django.urls import reverse

from interventions.endings.actions import another_version, begin_keepsake, make_ready, write_keepsake
from interventions.endings.actions.keepsakes import Chosen
from interventions.endings.lines import lines_for
from interventions.endings.models import Keepsake
from interventions.endings.paper import paper_of, seal_of
from interventions.endings.pdf import keepsake_pdf
from interventions.episodes.actions import amend_note, mark_contact_in_error
from pairs.jobs.models import Job
from pairs.service.refusals import Refused
from tests.unit.endings.world import HIDDEN, Apart
from tests.unit.village.people import limit

pytestmark = pytest.mark.django_db


@pytest.fixture
def apart(me):
    """What Ana and Ben told, with whom, before Ben died."""
    made = Apart(me, lost=False)
    ana, ben, cora, dan = made.ana, made.ben, made.cora, made.dan
    made.notes = SimpleNamespace(
        mum=made.told("She sang with you.", made.dyad(ana, cora), days_ago=50, there=[ana, cora]),
        dad=made.told("She knew your voice.", made.dyad(ana, dan), days_ago=49, there=[ana, dan]),
        alone=made.told("She smiled at the light.", ana, days_ago=48, there=[ana, cora]),
        with_dad=made.told("She slept through.", ana, days_ago=47, there=[ana, dan]),
        both=made.told("She reached out.", ana, days_ago=46, there=[ana, cora, dan]),
        twin=made.told("He blinked twice.", ben, days_ago=45, there=[ben, cora]),
        twin_and_mum=made.told("He held your finger.", made.dyad(ben, cora), days_ago=44, there=[ben, cora]),
        family=made.told("They were all tired.", "family", days_ago=43, there=[ana, ben, cora]),
        couple=made.told("You two listened.", "couple", days_ago=42, there=[cora, dan]),
        carer=made.told("You wept.", cora, days_ago=41, there=[cora]),
        unsigned=made.told("Not yet.", made.dyad(ana, cora), days_ago=40, there=[ana, cora], sign=False),
    )
    return made


def texts(dyad):
    return [line.text for line in lines_for(dyad)]


def test_each_two_have_their_own_lines_and_no_others(apart):
    ana, ben, cora, dan, fay = apart.ana, apart.ben, apart.cora, apart.dan, apart.fay
    assert texts(apart.dyad(ana, cora)) == [
        "She sang with you.", "She smiled at the light.", "She reached out.",
    ]  # fmt: skip
    assert texts(apart.dyad(ana, dan)) == ["She knew your voice.", "She slept through.", "She reached out."]
    assert texts(apart.dyad(ana, fay)) == []
    assert texts(apart.dyad(ben, cora)) == ["He blinked twice.", "He held your finger."]
    assert texts(apart.dyad(ben, dan)) == []


def test_who_else_was_there_is_said(apart):
    there = {line.text: line.also_there for line in lines_for(apart.dyad(apart.ana, apart.cora))}
    assert there["She reached out."] == ("Dan Away",)
    assert there["She sang with you."] == ()


def test_lines_are_asked_in_two_queries(apart, django_assert_num_queries):
    dyad = apart.dyad(apart.ana, apart.cora)
    with django_assert_num_queries(2):
        lines_for(dyad)


def test_an_amended_line_gives_way_and_one_in_error_goes(apart, me):
    dyad = apart.dyad(apart.ana, apart.cora)
    amend_note(part=apart.notes.mum, text="She hummed with you.", reason="More exact", by=me)
    mark_contact_in_error(contact=apart.notes.alone.care_contact, reason="Wrong record", by=me)
    assert texts(dyad) == ["She hummed with you.", "She reached out."]


def begin(apart, me, infant=None, carer=None, **asked):
    dyad = apart.dyad(infant or apart.ana, carer or apart.cora)
    return begin_keepsake(dyad=dyad, by=me, **{"asked_for": False} | asked)


def write(keepsake, me, *notes, **around):
    lines = [Chosen(note.pk, note.text) if not isinstance(note, Chosen) else note for note in notes]
    usual = {"title": "What Ana told us", "opening": "", "closing": ""}
    return write_keepsake(keepsake=keepsake, lines=lines, by=me, **usual | around)


def ready(keepsake, me):
    found = Keepsake.objects.whole().get(pk=keepsake.pk)
    return make_ready(keepsake=found, seen=seal_of(found), by=me)


def test_one_draft_is_gone_on_with(apart, me):
    assert begin(apart, me).pk == begin(apart, me).pk
    assert begin(apart, me).title == "What Ana told us"


@pytest.mark.parametrize(
    "name", ["dad", "with_dad", "twin", "twin_and_mum", "family", "couple", "carer", "unsigned"]
)
def test_a_line_that_is_not_theirs_is_refused(apart, me, name):
    with pytest.raises(Refused) as refused:
        write(begin(apart, me), me, apart.notes.mum, getattr(apart.notes, name))
    assert list(refused.value.errors) == ["lines.1.note"]
    assert not begin(apart, me).lines.exists()


@pytest.mark.parametrize(
    ("where", "text", "found"),
    [
        ("lines.0.text", "She looked at Dan.", "Dan"),
        ("lines.0.text", "Ben was beside her.", "Ben"),
        ("opening", "With love from fay", "Fay"),
        ("closing", f"Sent to {HIDDEN}", "address"),
        ("title", "Ana and Ben", "Ben"),
    ],
)
def test_words_that_are_anothers_are_refused_where_they_stand(apart, me, where, text, found):
    note = apart.notes.mum
    lines = [Chosen(note.pk, text if where == "lines.0.text" else note.text)]
    with pytest.raises(Refused) as refused:
        write(begin(apart, me), me, *lines, **({} if where == "lines.0.text" else {where: text}))
    assert list(refused.value.errors) == [where]
    assert found in refused.value.errors[where]


def test_only_what_was_looked_at_becomes_ready_and_then_it_is_frozen(apart, me):
    keepsake = begin(apart, me)
    with pytest.raises(Refused, match="at least one line"):
        ready(keepsake, me)
    write(keepsake, me, apart.notes.mum)
    seen = seal_of(Keepsake.objects.whole().get(pk=keepsake.pk))
    write(keepsake, me, apart.notes.mum, Chosen(apart.notes.alone.pk, "She smiled."))
    with pytest.raises(Refused, match="changed since you looked"):
        make_ready(keepsake=keepsake, seen=seen, by=me)
    made = ready(keepsake, me)
    with pytest.raises(Refused, match="another version"):
        write(keepsake, me, apart.notes.mum)
    line = made.lines.first()
    for change in (
        lambda: made.change(title="Other"),
        lambda: line.change(text="Other"),
        line.delete,
        lambda: Keepsake.objects.filter(pk=made.pk)._raw_delete("default"),
    ):
        with pytest.raises(ProgrammingError), transaction.atomic():
            change()


def test_versions_are_kept(apart, me):
    first = begin(apart, me)
    write(first, me, apart.notes.mum, apart.notes.both, opening="Dear you")
    ready(first, me)
    second = another_version(keepsake=first, by=me)
    assert (second.version, second.opening) == (2, "Dear you")
    assert [line.text for line in second.lines.order_by("order")] == [
        "She sang with you.",
        "She reached out.",
    ]
    assert another_version(keepsake=first, by=me).pk == second.pk
    write(second, me, apart.notes.both)
    ready(second, me)
    assert [len(each.lines.all()) for each in Keepsake.objects.whole().order_by("version")] == [2, 1]


def test_a_line_that_left_the_record_stops_the_paper_an_amended_one_does_not(apart, me):
    keepsake = begin(apart, me)
    write(keepsake, me, apart.notes.mum, apart.notes.alone)
    ready(keepsake, me)
    amend_note(part=apart.notes.mum, text="She hummed.", reason="More exact", by=me)
    assert paper_of(Keepsake.objects.whole().get())["lines"][0] == "She sang with you."
    mark_contact_in_error(contact=apart.notes.alone.care_contact, reason="Wrong record", by=me)
    paper = paper_of(Keepsake.objects.whole().get())
    assert paper["stopped"]
    assert "lines" not in paper


def test_after_a_loss_it_is_made_only_when_asked_for(apart, me):
    from pairs.families.actions import record_loss
    from tests.unit.endings.world import ago

    record_loss(infant=apart.ben, loss="death", lost_on=ago(20), by=me)
    with pytest.raises(Refused, match="only if the family asks"):
        begin(apart, me, infant=apart.ben)
    keepsake = begin(apart, me, infant=apart.ben, asked_for=True)
    write(keepsake, me, apart.notes.twin_and_mum, title="What Ben told us")
    assert ready(keepsake, me).asked_for
    assert "Ana" not in str(paper_of(Keepsake.objects.whole().get(pk=keepsake.pk)))


def test_the_paper_is_small_and_has_nothing_of_a_clinic(apart, me):
    keepsake = begin(apart, me)
    write(keepsake, me, apart.notes.mum)
    ready(keepsake, me)
    paper = paper_of(Keepsake.objects.whole().get())
    assert set(paper) == {"title", "stopped", "for_whom", "opening", "lines", "closing", "made"}
    assert paper["for_whom"] == "Ana and Cora"
    pdf = keepsake_pdf(paper)
    assert pdf.startswith(b"%PDF")
    assert b"pdfuaid" in pdf or b"PDF" in pdf


def test_a_limit_stops_it_also_once_it_is_ready(apart, me):
    keepsake = begin(apart, me)
    write(keepsake, me, apart.notes.mum)
    ready(keepsake, me)
    limit(apart.family, apart.ana, apart.cora, me)
    assert "do not disclose" in paper_of(Keepsake.objects.whole().get())["stopped"]
    with pytest.raises(Refused, match="do not disclose"):
        begin(apart, me)


def form_of(keepsake, chosen, **around):
    """What the page posts: every line offered, those chosen with a place."""
    lines = lines_for(keepsake.dyad)
    form = {"title": "What Ana told us", "opening": "", "closing": "Yours"} | around
    form |= {"lines-TOTAL_FORMS": len(lines), "lines-INITIAL_FORMS": len(lines)}
    for number, line in enumerate(lines):
        form |= {f"lines-{number}-note": line.note_id, f"lines-{number}-text": line.text}
        if line.text in chosen:
            form |= {f"lines-{number}-use": "on", f"lines-{number}-place": chosen.index(line.text) + 1}
    return form


def test_a_keepsake_by_its_pages(cast, apart, me, client):
    dyad = apart.dyad(apart.ana, apart.cora)
    begun = client.post(reverse("keepsakes", args=[dyad.pk]), {})
    keepsake = Keepsake.objects.get()
    address, preview, printed, pdf = (
        reverse(name, args=[keepsake.pk])
        for name in ("keepsake", "keepsake-preview", "keepsake-print", "keepsake-pdf")
    )
    assert begun.headers["Location"] == address
    text = client.get(address).content.decode()
    for words in ("She sang with you.", "Dan Away was there too", "data-autosave"):
        assert words in text
    assert "He blinked" not in text
    assert client.get(printed).headers["Location"] == preview
    refused = client.post(address, form_of(keepsake, ["She sang with you."], closing="Love, Dan"))
    assert "This names Dan Away" in refused.content.decode()
    saved = client.post(address, form_of(keepsake, ["She reached out.", "She sang with you."]))
    assert saved.headers["Location"] == preview
    seen = client.get(preview).content.decode()
    assert seen.index("She reached out.") < seen.index("She sang with you.")
    assert "smiled at the light" not in seen
    assert "changed since you looked" in client.post(preview, {"seen": "x"}).content.decode()
    mark = seal_of(Keepsake.objects.whole().get())
    assert client.post(preview, {"seen": mark}).headers["Location"] == address
    assert "Print it" in client.get(address).content.decode()
    assert "She reached out." in client.get(printed).content.decode()
    client.post(pdf)
    client.post(pdf)
    assert Job.objects.filter(task="endings.print_keepsake").count() == 1
    assert client.get(pdf).status_code == 404
    version = reverse("keepsake-version", args=[keepsake.pk])
    assert "Make another version?" in client.get(version).content.decode()
    assert client.post(version).status_code == 302
    client.force_login(cast["hyndburn"])
    for path in (address, preview, printed, pdf, version):
        assert client.get(path).status_code == 404


def test_a_keepsake_by_api(apart, me, client):
    def send(where, what, status=201):
        answer = client.post(where, what, content_type="application/json")
        assert answer.status_code == status, answer.content
        return answer.json()

    dyad = apart.dyad(apart.ana, apart.cora)
    made = send(reverse("api-keepsakes", args=[dyad.pk]), {})
    address = reverse("api-keepsake", args=[made["id"]])
    offered = client.get(address).json()["may_choose"]
    assert len(offered) == 3
    line = {"note": offered[0]["note_id"], "use": True, "text": "She hummed with you."}
    text = {"title": "What Ana told us"}
    wrong = {"note": str(apart.notes.twin.pk), "use": True, "text": "x"}
    assert list(send(address, text | {"lines": [wrong]}, 400)["errors"]) == ["lines.0.note"]
    assert send(address, text | {"lines": [line]})["lines"][0]["text"] == "She hummed with you."
    preview = reverse("api-keepsake-preview", args=[made["id"]])
    pdf = reverse("api-keepsake-pdf", args=[made["id"]])
    assert "Look at it on paper" in str(send(pdf, {}, 400))
    seen = client.get(preview).json()
    assert seen["lines"] == ["She hummed with you."]
    assert send(preview, {"seen": seen["seen"]})["ready_at"]
    assert send(pdf, {})["status"] == "queued"
    assert client.get(pdf).status_code == 404


def test_the_worker_puts_it_on_paper(apart, me):
    from interventions.endings.actions import ask_for_pdf
    from interventions.endings.tasks import print_keepsake

    keepsake = begin(apart, me)
    write(keepsake, me, apart.notes.mum)
    job = ask_for_pdf(keepsake=ready(keepsake, me), by=me).job
    print_keepsake(str(job.pk))
    job.refresh_from_db()
    assert (job.status, bytes(job.file)[:4]) == ("done", b"%PDF")
