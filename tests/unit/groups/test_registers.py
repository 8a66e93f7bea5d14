"""The register of a session: all of it at once, in each family's own record, and in no other."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from interventions.episodes.actions import end_episode, mark_contact_in_error
from interventions.episodes.models import CareContact, NotePart
from interventions.groups.actions import cancel_session, record_register
from interventions.groups.actions.registers import RegisterLine
from interventions.groups.models import GroupLine, GroupNote, GroupPlace
from interventions.groups.tasks import write_due_cancellations
from pairs.access.scope import load_scope
from pairs.families.actions import record_loss
from pairs.families.models import Family
from pairs.service.refusals import ActionRefused
from reporting.dashboards.timeline import list_family_events
from tests.app_due_items import make_due_items
from tests.unit.groups.factories import build_register_post, get_days_ago, make_group, make_place

pytestmark = pytest.mark.django_db
list_app_due_items = make_due_items("interventions.groups")


@pytest.fixture
def programme(me):
    return make_group(me)


@pytest.fixture
def session(programme):
    return programme.sessions.first()


def list_places(programme):
    return list(GroupPlace.objects.filter(programme=programme).with_people().order_by("created_at"))


def make_two_places(programme, me):
    for reference in ("A", "B"):
        make_place(programme, me, reference=reference)
    return list_places(programme)


def test_everybody_is_down_as_having_come(me, programme, session, client):
    make_two_places(programme, me)
    text = client.get(reverse("group-register", args=[session.pk])).content.decode()
    assert text.count('<option value="attended" selected') == 4
    assert text.count("Note for their record") == 2
    assert "data-autosave" in text


def test_one_register_lands_in_each_familys_own_record(me, programme, session, client):
    one, other = make_two_places(programme, me)
    address = reverse("group-register", args=[session.pk])
    sent = build_register_post(
        [one, other], note="A warm, quiet group.", words={one.pk: "She followed him with her eyes."}
    )
    assert client.post(address, sent).headers["Location"] == address
    assert CareContact.objects.count() == 2
    for place, words in ((one, "She followed him with her eyes."), (other, "")):
        contact = CareContact.objects.get(episode=place.episode)
        assert contact.signed_at
        assert (contact.minutes, contact.location, contact.mechanism) == (120, "K01", "01")
        assert [way.code for way in contact.interventions.all()] == [programme.intervention.code]
        people = {each.person for each in contact.participants.all()}
        assert people == {guest.person for guest in place.people.all()}
        note = contact.notes.get().text
        assert note.startswith("Circle, autumn: session 1 of the group.")
        assert note.endswith(words)
    assert GroupNote.objects.get().text == "A warm, quiet group."
    assert not NotePart.objects.filter(text__contains="quiet group").exists()
    assert "You have registered every family" in client.get(address).content.decode()


def test_exceptions_alone_are_changed_and_explained(me, programme, session, client):
    (place,) = [make_place(programme, me)]
    place = list_places(programme)[0]
    address = reverse("group-register", args=[session.pk])
    missed = {"Baby1": "not_brought", "Cora": "did_not_attend"}
    text = client.post(address, build_register_post([place], **missed)).content.decode()
    assert "Enter why Baby1 and Cora did not attend, or that it is not known yet." in text.replace(
        " Carer", ""
    )
    assert not CareContact.objects.exists()
    client.post(address, build_register_post([place], words={place.pk: "The bus did not come."}, **missed))
    contact = CareContact.objects.get()
    assert contact.minutes == 0
    assert set(contact.participants.values_list("attendance", flat=True)) == set(missed.values())


def test_every_line_that_lacks_a_reason_is_named_at_once(me, programme, session, client):
    for number in range(2):
        make_place(programme, me, reference=f"L{number}")
    sent = build_register_post(list_places(programme), Baby1="not_brought", words={})
    text = client.post(reverse("group-register", args=[session.pk]), sent).content.decode()
    assert 'href="#id_lines-0-words"' in text
    assert 'href="#id_lines-1-words"' in text


def test_a_baby_does_not_attend_and_a_carer_is_not_brought_are_refused(me, programme, session, client):
    make_place(programme, me)
    sent = build_register_post(list_places(programme), Baby1="did_not_attend", words={}, note="")
    answer = client.post(reverse("group-register", args=[session.pk]), sent)
    assert "There is a problem" in answer.content.decode()
    assert not CareContact.objects.exists()


def test_it_is_all_or_nothing(me, programme, session):
    one, other = make_two_places(programme, me)
    end_episode(
        episode=other.episode,
        ended_on=get_days_ago(10),
        reason="02",
        summary="Calm",
        held_next_by="HV",
        by=me,
    )
    lines = [
        RegisterLine(place, [(guest.person, "attended") for guest in place.people.all()], "Words")
        for place in (one, other)
    ]
    with pytest.raises(ActionRefused), transaction.atomic():
        record_register(session=session, lines=lines, note="Note", by=me)
    assert not CareContact.objects.exists()
    assert not GroupNote.objects.exists()


def test_saved_twice_is_saved_once(me, programme, session, client):
    places = make_two_places(programme, me)
    address = reverse("group-register", args=[session.pk])
    token = "7f1a1b7e-0000-4000-8000-000000000001"
    sent = build_register_post(places, note="Quiet.") | {"submission": token}
    assert {client.post(address, sent).headers["Location"] for _ in range(2)} == {address}
    again = client.post(address, build_register_post(places, note="Once more"))
    assert "has just" in again.content.decode()
    assert CareContact.objects.count() == 2
    assert GroupNote.objects.count() == 1


def test_families_added_later_are_registered_later(me, programme, session, client):
    one, other = make_two_places(programme, me)
    address = reverse("group-register", args=[session.pk])
    client.post(address, build_register_post([one]))
    text = client.get(address).content.decode()
    assert text.count("Note for their record") == 1
    client.post(address, build_register_post([other]))
    assert GroupLine.objects.count() == 2


def test_a_line_entered_in_error_can_be_replaced(me, programme, session, client):
    make_place(programme, me)
    (place,) = list_places(programme)
    address = reverse("group-register", args=[session.pk])
    client.post(address, build_register_post([place]))
    mark_contact_in_error(contact=CareContact.objects.get(), reason="They were at home", by=me)
    client.post(address, build_register_post([place], words={place.pk: "Not there."}, Baby1="not_brought"))
    assert GroupLine.objects.live().count() == 1
    assert CareContact.objects.live().count() == 1


def test_an_id_out_of_scope_is_refused(cast, me, programme, session, client):
    make_place(programme, me)
    elsewhere = make_group(cast["hyndburn"], site="hyndburn")
    theirs = make_place(elsewhere, cast["hyndburn"], site="hyndburn", reference="H")
    (stranger,) = GroupPlace.objects.filter(pk=theirs.pk).with_people()
    (place,) = list_places(programme)
    for sent in (
        build_register_post([stranger]),
        build_register_post([place]) | {"guests-0-person": stranger.people.first().person.pk},
        build_register_post([place]) | {"lines-0-place": stranger.pk},
        build_register_post([place]) | {"guests-0-place": "no id"},
    ):
        answer = client.post(reverse("group-register", args=[session.pk]), sent)
        assert "There is a problem" in answer.content.decode()
    assert not CareContact.objects.exists()


def test_a_group_note_names_nobody(me, programme, session, client):
    make_place(programme, me)
    places = list_places(programme)
    address = reverse("group-register", args=[session.pk])
    text = client.post(address, build_register_post(places, note="Cora spoke first.")).content.decode()
    assert "Leave names out" in text
    assert "That word is not a person" in text
    assert not GroupNote.objects.exists()
    client.post(address, build_register_post(places, note="Cora, the song, was sung.") | {"no_name": "on"})
    assert GroupNote.objects.exists()


def test_a_group_note_is_frozen(me, programme, session):
    make_place(programme, me)
    record_register(session=session, lines=[], note="As it was.", by=me)
    from django.db import InternalError

    for change in (
        lambda: GroupNote.objects.update(text="Otherwise"),
        lambda: GroupNote.objects.all().delete(),
    ):
        with (
            pytest.raises((InternalError, IntegrityError, Exception), match="pgtrigger"),
            transaction.atomic(),
        ):
            change()


def test_after_a_loss_nobody_is_expected_and_the_twin_goes_on(me, programme, session, client):
    grieving = make_place(programme, me, reference="L")
    twins = make_place(programme, me, reference="T2", infants=2)
    record_loss(infant=grieving.episode.family.infants.get(), loss="death", lost_on=get_days_ago(2), by=me)
    lost = twins.episode.family.infants.order_by("twin_order").first()
    record_loss(infant=lost, loss="death", lost_on=get_days_ago(2), by=me)
    text = client.get(reverse("group-register", args=[session.pk])).content.decode()
    assert "A loss is recorded" in text
    assert text.count('<option value="attended" selected') == 2  # the surviving twin and their carer
    sent = build_register_post([p for p in list_places(programme) if p.pk == twins.pk])
    assert (
        "There is a problem"
        in client.post(reverse("group-register", args=[session.pk]), sent).content.decode()
    )  # the lost twin is nobody's to register
    assert not CareContact.objects.exists()


def test_whoever_left_or_ended_is_not_expected(me, programme, session, client):
    one, other = make_two_places(programme, me)
    one.change(left_on=get_days_ago(3), left_because="Moved")
    end_episode(
        episode=other.episode, ended_on=get_days_ago(3), reason="02", summary="Calm", held_next_by="HV", by=me
    )
    text = client.get(reverse("group-register", args=[session.pk])).content.decode()
    assert "Note for their record" not in text


def test_a_session_to_come_is_not_registered_and_a_cancelled_one_neither(me, programme, client):
    make_place(programme, me)
    session = programme.sessions.last()
    address = reverse("group-register", args=[session.pk])
    too_early = "This session is in the future."
    assert too_early in client.get(address).content.decode()
    assert too_early in client.post(address, build_register_post(list_places(programme))).content.decode()
    cancel_session(session=session, because="Snow", by=me)
    assert (
        "was cancelled" in client.post(address, build_register_post(list_places(programme))).content.decode()
    )
    assert not CareContact.objects.exists()


def test_a_session_we_cancel_on_its_day_is_in_every_familys_record(me, programme, session, client):
    places = make_two_places(programme, me)
    address = reverse("cancel-group-session", args=[session.pk])
    assert "cannot be undone" in client.get(address).content.decode()
    client.post(address, {"because": "The room was flooded"})
    for place in places:
        contact = CareContact.objects.get(episode=place.episode)
        assert set(contact.participants.values_list("attendance", flat=True)) == {"cancelled_service"}
        assert contact.minutes == 0
        assert "The room was flooded" in contact.notes.get().text


def test_a_session_cancelled_ahead_is_shown_at_once_and_becomes_a_contact_on_its_day(
    me, programme, monkeypatch
):
    (place,) = [make_place(programme, me)]
    session = programme.sessions.last()
    cancel_session(session=session, because="A strike", by=me)
    assert not CareContact.objects.exists()
    family = Family.objects.with_people().get(pk=place.episode.family_id)
    told = [event for event in list_family_events(family) if "cancelled by us" in event.title]
    assert [event.text for event in told] == ["A strike"]
    write_due_cancellations()
    assert not CareContact.objects.exists()
    later = session.starts_at + timedelta(hours=20)
    monkeypatch.setattr(timezone, "now", lambda: later)
    for _ in range(2):
        write_due_cancellations()
    assert CareContact.objects.count() == 1
    titles = [event.title for event in list_family_events(family)]
    assert not any("Session of the group" in title for title in titles)  # the contact says it now


def test_an_unregistered_session_is_due_for_whoever_holds_it(me, programme, session, client):
    today = timezone.localdate()
    assert list_app_due_items(load_scope(me), today) == []  # nobody is on the roster
    make_place(programme, me)
    (item,) = list_app_due_items(load_scope(me), today)
    assert (item.subject_id, item.owner_id) == (session.pk, me.pk)
    client.post(reverse("group-register", args=[session.pk]), build_register_post(list_places(programme)))
    assert list_app_due_items(load_scope(me), today) == []


def test_the_printed_register_has_names_and_boxes(me, programme, session, client):
    make_place(programme, me)
    text = client.get(reverse("group-register-paper", args=[session.pk])).content.decode()
    for words in ("Baby1", "Cora Carer", "shred it", "☐"):
        assert words in text
