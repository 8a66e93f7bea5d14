"""A family to end with: separated parents, twins of whom one was lost, a foster carer."""

from datetime import date, timedelta

from django.utils import timezone

from interventions.episodes.actions import open_episode, record_care_contact, set_goal
from interventions.episodes.models import Intervention
from pairs.families.actions import record_loss
from pairs.families.models import Address, Caregiver, Dyad
from tests.unit.episodes.factories import VIG_CODE, make_accepted_referral
from tests.unit.families.factories import make_family

HIDDEN_ADDRESS = "7 Hidden Lane"


def get_days_ago(days):
    return timezone.localdate() - timedelta(days=days)


class SeparatedFamily:
    """Cora and Dan, who live apart; Ana, who lives, and Ben, her twin, who died; Fay, who fosters Ana."""

    def __init__(self, by, *, lost=True):
        self.by = by
        self.family = make_family(infants=2, born=date(2026, 3, 1), reference="TW")
        self.ana, self.ben = self.family.infants.order_by("twin_order")
        self.ana.change(given_name="Ana")
        self.ben.change(given_name="Ben")
        self.cora = self.family.caregivers.get()
        self.dan = self._create_carer("Dan", "Away", HIDDEN_ADDRESS, "father", [self.ana, self.ben])
        self.fay = self._create_carer("Fay", "Foster", "9 Foster Road", "foster_carer", [self.ana])
        self.episode = self._open_episode()
        if lost:
            record_loss(infant=self.ben, loss="death", lost_on=get_days_ago(20), by=by)
        for each in (self.ana, self.ben, self.family):
            each.refresh_from_db()

    def _create_carer(self, given, family_name, lines, relationship, infants):
        carer = Caregiver.objects.create(
            family=self.family, given_name=given, family_name=family_name, phone="01632 960777"
        )
        Address.objects.create(family=self.family, caregiver=carer, lines=lines, postcode="ZQ9 9ZZ")
        for infant in infants:
            Dyad.objects.create(family=self.family, infant=infant, caregiver=carer, relationship=relationship)
        return carer

    def _open_episode(self):
        return open_episode(
            referral=make_accepted_referral(self.family, reference="R-TW"),
            lead=self.by,
            focus=list(self.family.dyads.all()),
            interventions=[Intervention.objects.get(code=VIG_CODE)],
            thrive="help",
            opened_on=get_days_ago(60),
            by=self.by,
        )

    def get_dyad(self, infant, carer):
        return Dyad.objects.get(infant=infant, caregiver=carer)

    def set_goal(self, infant, carer, words):
        return set_goal(episode=self.episode, dyad=self.get_dyad(infant, carer), words=words, by=self.by)

    def record_baby_told(self, text, about, *, days_ago, there, sign=True):
        """A contact at which these were there, and what the baby told us about a person, a dyad or 'family'."""
        contact = record_care_contact(
            episode=self.episode,
            starts_at=timezone.localtime() - timedelta(days=days_ago),
            participants=[(each, "attended") for each in there],
            notes={"baby_told": text},
            subjects={"baby_told": about},
            sign=sign,
            minutes=60,
            mechanism="01",
            location="A01",
            interventions=[],
            by=self.by,
        )
        return contact.notes.get()


def make_ending(**changed):
    """What a whole ending says."""
    usual = {
        "ended_on": timezone.localdate(),
        "reason": "02",
        "together": "all",
        "planned": "yes",
        "preparing": "",
        "summary": "Evenings are calmer.",
        "helped": "Watching the films.",
        "held_next_by": "Health visitor",
        "way_back": "Ring the hub",
    }
    return usual | changed
