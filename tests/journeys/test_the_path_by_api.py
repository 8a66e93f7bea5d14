"""The whole path by API, each role with a token that a page gave it: from a referral of twins to the month's PDF."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from pairs.documents.tasks import make_document_pdf
from pairs.jobs.models import Job
from reporting.evidence.rules import get_previous_month


class ApiUser:
    """Another system, acting for one person with that person's token."""

    def __init__(self, user):
        self.client = Client()
        browser = Client()
        browser.force_login(user)
        page = browser.post(reverse("api-tokens"), {"name": "Trust system", "days": "30"}).content.decode()
        self.token = "pairs_" + page.split("pairs_", 1)[1][:43]

    def _send_request(self, method, path, status, *arguments, **headers):
        headers |= {"authorization": f"Bearer {self.token}"}
        options = {"content_type": "application/json"} if arguments else {}
        answer = getattr(self.client, method)("/api/v1" + path, *arguments, headers=headers, **options)
        assert answer.status_code == status, (answer.status_code, answer.content[:500])
        return answer if answer["Content-Type"] == "application/pdf" else answer.json()

    def get(self, path, status=200):
        return self._send_request("get", path, status)

    def post(self, path, payload, status=201, **headers):
        return self._send_request("post", path, status, payload, **headers)


@pytest.fixture
def call_as(cast):
    return lambda username: ApiUser(cast[username])


TODAY = timezone.localdate


def build_referral():
    born = (TODAY() - timedelta(days=120)).isoformat()
    return {
        "permission": "parent_agrees",
        "noticed": "Each twin settles with their father; their mother says she feels like a visitor.",
        "parent_says": "I want to know them.",
        "place": "blackburn-with-darwen",
        "infants": [
            {"born": "born", "birth_date": born, "given_name": name, "family_name": "Okafor"}
            for name in ("Ada", "Obi")
        ],
        "caregivers": [
            {"given_name": "Ngozi", "family_name": "Okafor", "relationship": "mother", "main_carer": True},
            {"given_name": "Emeka", "family_name": "Okafor", "relationship": "father", "lives_with": "yes"},
        ],
    }


def test_from_referral_to_report(call_as):
    made = refer_family(call_as("healthvisitor"))
    family = accept_referral(call_as("duty"), made["id"])
    episode = work_through_episode(call_as("blackburn"), made["id"], family)
    check_access_of_others(call_as, made["id"], family, episode)
    request_report(call_as("manager"))


def refer_family(her):
    made = her.post("/referrals/", build_referral(), idempotency_key="once")
    again = her.post("/referrals/", build_referral(), 200, idempotency_key="once")
    assert (made["status"], again["id"]) == ("Received", made["id"])
    assert made["reference"].startswith("R-")
    assert {"noticed", "infants"} & set(her.get(f"/referrals/{made['id']}/")) == set()
    return made


def accept_referral(him, referral_id):
    """Families, infants, caregivers and dyads come from the referral, without retyping."""
    decision = {
        "response": "direct",
        "site": "blackburn-with-darwen",
        "thrive": "help",
        "thrive_reason": "The relationship needs attentive help.",
        "replies": [
            {"to": to, "way": "phone", "recipient": name, "text": "We would like to work with you."}
            for to, name in (("referrer", "Helen Visitor"), ("family", "Ngozi Okafor"))
        ],
    }
    assert him.post(f"/referrals/{referral_id}/decision/", decision)["status"] == "accepted"
    family = him.get(f"/families/{him.get(f'/referrals/{referral_id}/')['family']}/")
    assert [infant["given_name"] for infant in family["infants"]] == ["Ada", "Obi"]
    assert [infant["plurality"] for infant in family["infants"]] == [2, 2]
    assert sorted(dyad["relationship"] for dyad in family["dyads"]) == [
        "father",
        "father",
        "mother",
        "mother",
    ]
    return family


def work_through_episode(she, referral_id, family):
    mothers = [dyad for dyad in family["dyads"] if dyad["relationship"] == "mother"]
    opening = {
        "referral": referral_id,
        "lead": get_lead_id(),
        "opened_on": TODAY().isoformat(),
        "focus": [dyad["id"] for dyad in mothers],
        "interventions": ["video-interaction-guidance"],
    }
    episode = she.post("/episodes/", opening)
    assert episode["interventions"] == ["video-interaction-guidance"]
    path = f"/episodes/{episode['id']}"
    for hour, brought in ((9, "attended"), (11, "not_brought"), (13, "attended")):
        log_contact(she, path, family, hour, brought)
    measure_twice(she, path, mothers[0])
    rate_a_goal(she, path, mothers[0])
    end_episode(she, path)
    return episode


def get_lead_id():
    from django.contrib.auth import get_user_model

    return str(get_user_model().objects.get(username="blackburn").pk)


def log_contact(she, path, family, hour, brought):
    """One twin brought and the other not are two facts."""
    ada, obi = (infant["id"] for infant in family["infants"])
    mother = next(dyad["caregiver"] for dyad in family["dyads"] if dyad["relationship"] == "mother")
    made = she.post(
        f"{path}/contacts/",
        {
            "held_on": TODAY().isoformat(),
            "held_at": f"{hour:02}:00",
            "minutes": 60,
            "mechanism": "01",
            "location": "A01",
            "interventions": ["video-interaction-guidance"],
            "happened": "We watched a clip.",
            "baby_told": "I look for your face.",
            "sign": True,
            "participants": [
                {"person": ada, "attendance": "attended"},
                {
                    "person": obi,
                    "attendance": brought,
                    "missed_because": "" if brought == "attended" else "A temperature.",
                },
                {"person": mother, "attendance": "attended"},
            ],
        },
    )
    assert sorted(each["attendance"] for each in made["participants"]) == sorted(
        ["attended", "attended", brought]
    )
    assert made["signed_at"]


def measure_twice(she, path, dyad):
    for timepoint, answer, ago in (("start", 3, 1), ("end", 5, 0)):
        answers = {f"q{number}": answer for number in range(1, 19)}
        measure = {
            "measure": "prfq",
            "dyad": dyad["id"],
            "timepoint": timepoint,
            "completed_on": (TODAY() - timedelta(days=ago)).isoformat(),
        }
        made = she.post(f"{path}/assessments/", measure | answers)
        assert made["scores"]["pre_mentalising"] == answer
    assert [each["timepoint"] for each in she.get(f"{path}/assessments/")["results"]] == ["start", "end"]


def rate_a_goal(she, path, dyad):
    goal = she.post(f"{path}/goals/", {"words": "To tell them apart by their cry", "dyad": dyad["id"]})
    for timepoint, score in (("start", 2), ("end", 8)):
        rating = {"score": score, "timepoint": timepoint, "rated_on": TODAY().isoformat()}
        assert she.post(f"/goals/{goal['id']}/ratings/", rating)["score"] == score


def end_episode(she, path):
    ending = {
        "ended_on": TODAY().isoformat(),
        "reason": "02",
        "summary": "She knows each by their cry.",
        "held_next_by": "Health visitor",
        "planned": "yes",
        "together": "all",
    }
    assert she.post(f"{path}/ending/", ending)["ended_on"] == TODAY().isoformat()
    late = she.post(
        f"{path}/goals/", {"words": "One more", "dyad": str(she.get(path + "/")["focus"][0])}, 400
    )
    assert "ended" in str(late)


def check_access_of_others(call, referral_id, family, episode):
    """The supervisor sees the same; another site and another referrer get one plain 404."""
    assert call("supervisor").get(f"/families/{family['id']}/") == family
    nothing = {"detail": "Not found."}
    elsewhere = call("hyndburn")
    for path in (f"/families/{family['id']}/", f"/episodes/{episode['id']}/", f"/referrals/{referral_id}/"):
        assert elsewhere.get(path, 404) == nothing
    assert call("healthvisitor2").get(f"/referrals/{referral_id}/", 404) == nothing
    assert call("healthvisitor2").get("/referrals/")["results"] == []


def request_report(she):
    month = f"{get_previous_month(TODAY()):%Y-%m}"
    asked = she.post("/reports/", {"month": month})
    assert she.post("/reports/", {"month": month}, 200)["id"] == asked["id"]
    she.get(f"/reports/{asked['id']}/pdf/", 404)
    make_document_pdf(str(Job.objects.get(task="documents.make_pdf", key__startswith="report:").pk))
    ready = she.get(f"/reports/{asked['id']}/")
    assert (ready["status"], ready["progress"]) == ("done", 100)
    assert ready["snapshot"]["periods"]
    assert she.get(f"/reports/{asked['id']}/pdf/").content.startswith(b"%PDF-")
