"""Pages and API of competences: supervisors keep them, colleagues at the site read them, and what is wrong is said."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from interventions.competencies.models import Competence, DeliveryRequirement
from pairs.service.models import Site
from tests.unit.competencies.factories import VIG, make_competence, make_use, require

DAY = timedelta(days=1)


def build_form(cast, **changed):
    site = Site.objects.get(code="blackburn-with-darwen")
    usual = {
        "person": cast["blackburn"].pk, "site": site.pk, "intervention": VIG, "training": "VIG training",
        "level": "2", "accredited_by": "AVIGuk", "accredited_until": "2030-01-31", "trained_on": "2025-01-31",
    }  # fmt: skip
    return usual | changed


def test_a_supervisor_records_and_renews_a_competence(cast, sign_in_as):
    client = sign_in_as("supervisor")
    client.post(reverse("new-competence"), build_form(cast))
    competence = Competence.objects.get()
    page = client.get(reverse("competencies")).content.decode()
    assert "Until 31 Jan 2030" in page
    data = {
        "training": "VIG training",
        "level": "3",
        "accredited_by": "AVIGuk",
        "accredited_until": "2031-01-31",
    }
    client.post(reverse("change-competence", args=[competence.pk]), data)
    competence.refresh_from_db()
    assert (competence.level, competence.accredited_until.year) == (3, 2031)
    client.post(reverse("remove-competence", args=[competence.pk]), {"reason": "Another person"})
    assert not Competence.objects.live().exists()


def test_all_errors_come_at_once(cast, sign_in_as):
    make_competence(cast)
    late = (timezone.localdate() + DAY).isoformat()
    wrong = build_form(cast, trained_on=late, accredited_by="", accredited_until="2020-01-31")
    page = sign_in_as("supervisor").post(reverse("new-competence"), wrong).content.decode()
    for said in ("has an entry for this intervention", "in the future", "Enter who gave the accreditation",
                 "not before the training"):  # fmt: skip
        assert said in page
    assert Competence.objects.count() == 1


def test_colleagues_at_the_site_read_and_others_do_not(cast, sign_in_as):
    competence = make_competence(cast)
    path = reverse("competence", args=[competence.pk])
    assert sign_in_as("trainee").get(path).status_code == 200
    assert sign_in_as("trainee").get(reverse("change-competence", args=[competence.pk])).status_code == 403
    assert sign_in_as("hyndburn").get(path).status_code == 404
    assert sign_in_as("manager").get(path).status_code == 403


def test_a_requirement_is_set_and_shown_with_who_may_deliver(cast, sign_in_as):
    make_competence(cast, level=3)
    make_competence(cast, "trainee", level=1)
    client = sign_in_as("supervisor")
    client.post(reverse("requirement", args=[VIG]), {"needs": "competence"})
    assert DeliveryRequirement.objects.get().needs == "competence"
    page = client.get(reverse("competencies")).content.decode()
    assert page.index("Bilal Blackburn") < page.index("Tess Trainee")
    assert sign_in_as("blackburn").get(reverse("requirement", args=[VIG])).status_code == 403


def test_the_api_records_requires_and_signs_off(cast, episode, sign_in_as):
    use = make_use(episode)
    client = sign_in_as("supervisor")
    made = client.post(reverse("api-competencies"), build_form(cast, level=1), "application/json")
    assert made.status_code == 201, made.content
    path = reverse("api-competence", args=[made.json()["id"]])
    assert client.patch(path, {"level": 2}, "application/json").json()["level"] == 2
    needs = client.patch(
        reverse("api-requirement", args=[VIG]), {"needs": "accreditation"}, "application/json"
    )
    assert needs.json()["needs"] == "accreditation"
    signed = client.post(
        reverse("api-sign-offs", args=[use.pk]), {"arrangement": "supervised"}, "application/json"
    )
    assert "by_colleague" in str(signed.content)
    signed = client.post(
        reverse("api-sign-offs", args=[use.pk]), {"arrangement": "not_yet"}, "application/json"
    )
    assert signed.status_code == 201, signed.content
    assert sign_in_as("blackburn").get(reverse("api-sign-offs", args=[use.pk])).json()["results"]


def test_the_sign_off_page_says_whether_one_is_needed(cast, episode, sign_in_as):
    use = make_use(episode)
    path = reverse("sign-off-delivery", args=[use.pk])
    assert "No sign-off is needed now" in sign_in_as("supervisor").get(path).content.decode()
    require(cast)
    assert "no recorded competence" in sign_in_as("supervisor").get(path).content.decode()
    require(cast, "accreditation")
    make_competence(cast)
    assert "accreditation for it is not in date" in sign_in_as("supervisor").get(path).content.decode()
    assert sign_in_as("blackburn").get(path).status_code == 403
