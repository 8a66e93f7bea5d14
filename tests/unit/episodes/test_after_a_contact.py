"""Where logging a contact leads: to the family once it is signed, to the note while it is not."""

from django.urls import reverse
from django.utils import timezone

from interventions.episodes.models import CareContact
from tests.unit.episodes.test_pages import build_contact_form


def test_a_contact_that_is_not_signed_yet_leads_to_its_note(episode, client):
    posted = build_contact_form(episode)
    posted.pop("sign")
    answer = client.post(reverse("new-contact", args=[episode.pk]), posted)
    contact = CareContact.objects.get()
    assert contact.signed_at is None
    assert answer.url == reverse("care-contact", args=[contact.pk])
    assert "Family:" in client.get(answer.url).content.decode()


def test_after_a_loss_no_next_visit_is_offered(episode, client):
    episode.family.infants.update(lost_on=timezone.localdate(), loss="death")
    carer = {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "1", "form-0-attendance": "attended"}
    carer["form-0-person"] = str(episode.family.caregivers.get().pk)
    answer = client.post(reverse("new-contact", args=[episode.pk]), build_contact_form(episode, **carer))
    assert answer.url == reverse("family", args=[episode.family_id])
    confirmed = client.get(answer.url).content.decode()
    assert "Read the note" in confirmed
    assert "Book the next visit" not in confirmed
