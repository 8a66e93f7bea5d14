"""A small made-up service to count: every status, twins, unborn babies, second referrals, slips entered in error."""

import random
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from interventions.episodes.models import CareContact, Episode, Goal, NotePart, Participant
from outcomes.models import Assessment, GoalRating
from pairs.families.models import Caregiver, Dyad, Family, Infant
from pairs.service.actions import create_sites_and_roles
from pairs.service.models import Place, Site, User
from referrals.models import Consultation, Referral, ReferredInfant

LONDON = ZoneInfo("Europe/London")
FIRST_DAY, LAST_DAY = date(2025, 4, 1), date(2026, 10, 31)
PRFQ_SCORES = {"pre_mentalising": 3.0, "certainty_mental_states": 4.0, "interest_curiosity": 5.0}


class RandomService:
    """Families referred at random between FIRST and LAST; the same seed makes the same world."""

    def __init__(self, families=240, seed=7, username="counted", prefix="W"):
        create_sites_and_roles()
        self.prefix = prefix
        self.random, self.outcomes = random.Random(seed), random.Random(seed + 1)
        self.staff = User.objects.create(username=username, display_name="Connie Counted")
        self.hub = Site.objects.get(is_hub=True)
        names = ["blackpool"] * 6 + ["blackburn-with-darwen"] * 4 + ["hyndburn"] * 2 + ["pendle"]
        places = {place.code: place for place in Place.objects.all()}
        for number in range(families):
            self.make_family(number, places[self.random.choice(names)])

    def is_chosen(self, share):
        return self.random.random() < share

    def make_error_fields(self, share=0.03):
        """What a row entered in error carries, now and then."""
        if not self.is_chosen(share):
            return {}
        reason = {"entered_in_error_reason": "Written on the wrong record"}
        return {"entered_in_error_at": timezone.now(), "entered_in_error_by": self.staff} | reason

    def make_moment(self, day):
        """Any minute of the day in London, midnight and the last hour included."""
        minute = self.random.choice([0, 30, 9 * 60, 15 * 60, 23 * 60 + 45])
        return datetime(day.year, day.month, day.day, minute // 60, minute % 60, tzinfo=LONDON)

    def make_family(self, number, place):
        received = FIRST_DAY + timedelta(days=self.random.randrange((LAST_DAY - FIRST_DAY).days + 1))
        if self.is_chosen(0.12):
            received = self.random.choice([date(2026, 10, 1), LAST_DAY, date(2026, 9, 30), date(2026, 7, 1)])
        status = self.random.choices(
            ["accepted", "not_accepted", "received", "consultation"], [75, 12, 8, 5]
        )[0]
        decided = (
            None
            if status == "received"
            else self.make_moment(received + timedelta(days=self.random.randrange(9)))
        )
        referral = self.make_referral(f"{number}a", place, received, status, decided)
        babies = 2 if self.is_chosen(0.08) else 1
        category = self.random.choices(["A", "J", "G", "N", "R", "S", "Z", "99"], [50, 20, 8, 3, 4, 2, 4, 9])[
            0
        ]
        if status != "accepted":
            for order in range(babies):
                ReferredInfant.objects.create(
                    referral=referral,
                    order=order + 1,
                    ethnicity=category,
                    **self.make_birth_fields(received),
                    **self.make_error_fields(),
                )
            if status == "consultation":
                self.make_consultation(referral, decided)
            return
        self.make_accepted_family(number, referral, babies, category, received)

    def make_referral(self, name, place, received, status, decided):
        decile = self.random.choice([1, 1, 1, 2, 2, 3, 4, 5, 6, 7, 8, 9, 10, None])
        return Referral.objects.create(
            reference=f"{self.prefix}-{name}", site=self.hub, place=place, entry_point="professional", source_code="A2",
            received_at=self.make_moment(received), permission="parent_agrees", noticed="Made up.",
            imd_decile=decile, imd_version="2025" if decile else "", status=status, decided_at=decided,
            place_assumed=self.is_chosen(0.1),
            **self.make_error_fields(),
        )  # fmt: skip

    def make_birth_fields(self, received):
        """Born before the referral, or still unborn."""
        days = self.random.randrange(-100, 700)
        day = received - timedelta(days=days)
        return {"birth_date": day} if days >= 0 else {"estimated_due_date": day}

    def make_accepted_family(self, number, referral, babies, category, received):
        family = Family.objects.create(site=self.hub, place=referral.place)
        referral.family = family
        referral.save(update_fields=["family"])
        carer = Caregiver.objects.create(family=family, given_name="Made", family_name="Up")
        dyads = []
        for order in range(1, babies + 1):
            infant = Infant.objects.create(
                family=family, reference=f"{self.prefix}-{number}-{order}", ethnicity=category, twin_order=order,
                plurality=babies, **self.make_birth_fields(received), **self.make_error_fields(0.02),
            )  # fmt: skip
            ReferredInfant.objects.create(
                referral=referral, order=order, ethnicity="99", became=infant,
                birth_date=infant.birth_date, estimated_due_date=infant.estimated_due_date,
            )  # fmt: skip
            dyads.append(
                Dyad.objects.create(family=family, infant=infant, caregiver=carer, relationship="mother")
            )
        if self.is_chosen(0.06):  # referred again, and accepted: one baby, two referrals
            again = min(LAST_DAY, received + timedelta(days=self.random.randrange(5, 80)))
            second = self.make_referral(
                f"{number}b", referral.place, again, "accepted", self.make_moment(again)
            )
            for dyad in dyads:
                ReferredInfant.objects.create(
                    referral=second, became=dyad.infant, estimated_due_date=again, ethnicity="Z"
                )
        if self.is_chosen(0.9):
            self.make_episode(referral, family, carer, dyads, received)

    def make_episode(self, referral, family, carer, dyads, received):
        opened = received + timedelta(days=self.random.randrange(3, 20))
        episode = Episode.objects.create(
            family=family,
            referral=referral,
            site=self.hub,
            lead=self.staff,
            opened_on=opened,
            **self.make_error_fields(0.02),
        )
        episode.focus.set(dyads)
        days = [opened + timedelta(days=self.random.choice([1, 5, 20]))]
        for _ in range(self.random.randrange(0, 7)):
            days.append(days[-1] + timedelta(days=self.random.choice([7, 14, 21, 30])))
        days = [day for day in days if day <= LAST_DAY + timedelta(days=15)]
        for day in days:
            self.make_contact(episode, carer, dyads, day)
        if self.is_chosen(0.3):
            self.make_liaison(episode, dyads, opened + timedelta(days=self.random.randrange(40)))
        if len(days) > 1:
            self.make_measures(episode, carer, dyads, days)
            self.make_moves(episode, carer, dyads, days)
        if days and self.is_chosen(0.6):
            episode.ended_on, episode.ending_reason = days[-1] + timedelta(days=3), "02"
            episode.save(update_fields=["ended_on", "ending_reason"])

    def make_contact(self, episode, carer, dyads, day):
        mechanism = self.random.choice(["01", "01", "11", "02", "09"])
        contact = CareContact.objects.create(
            episode=episode, starts_at=self.make_moment(day), minutes=60, location="A01", practitioner=self.staff,
            mechanism=mechanism, kind="message" if mechanism == "09" else "family", **self.make_error_fields(0.04),
        )  # fmt: skip
        Participant.objects.create(
            care_contact=contact, caregiver=carer,
            attendance=self.random.choice(["attended", "attended", "attended", "did_not_attend"]),
        )  # fmt: skip
        if self.is_chosen(0.15):
            return  # an hour for the carer
        for dyad in dyads:
            kinds = ["attended", "attended", "attended", "late_seen", "not_brought", "late_not_seen"]
            Participant.objects.create(
                care_contact=contact, infant=dyad.infant, **self.make_error_fields(),
                attendance=self.random.choice([*kinds, "cancelled_family", "cancelled_service"]),
            )  # fmt: skip

    def make_liaison(self, episode, dyads, day):
        """With a colleague, about the family, one baby or one carer alone."""
        contact = CareContact.objects.create(
            episode=episode, starts_at=self.make_moment(day), minutes=15, location="X01", practitioner=self.staff,
            mechanism="02", kind="liaison", **self.make_error_fields(0.04),
        )  # fmt: skip
        dyad = self.random.choice(dyads)
        about = self.random.choice(
            [{}, {"infant": dyad.infant}, {"dyad": dyad}, {"caregiver": dyad.caregiver}]
        )
        NotePart.objects.create(
            care_contact=contact, part="happened", subject=next(iter(about), "family"), text="Made up.",
            written_by=self.staff, **about, **self.make_error_fields(),
        )  # fmt: skip

    def make_consultation(self, referral, decided):
        held = decided.date() + timedelta(days=self.random.randrange(30))
        status = {"status": "held", "held_on": held, "outcome": "advice"} if self.is_chosen(0.8) else {}
        Consultation.objects.create(
            reference=f"C-{referral.reference}", site=self.hub, place=referral.place, referral=referral,
            asked_at=decided, named=True, permission="parent_agrees", who="Made up", about="Made up.", **status,
            **self.make_error_fields(),
        )  # fmt: skip

    def make_moves(self, episode, carer, dyads, days):
        """A goal and the carer's own anxiety, at both ends, now and then; by dice of their own."""
        for dyad in dyads:
            if self.outcomes.random() < 0.8:
                goal = Goal.objects.create(episode=episode, dyad=dyad, words="Made up.", set_on=days[0])
                for day in (days[0], days[-1])[: self.outcomes.choice([1, 2, 2, 2])]:
                    GoalRating.objects.create(
                        goal=goal, timepoint="review", score=self.outcomes.randrange(11), rated_on=day, rater=carer,
                        recorded_by=self.staff,
                    )  # fmt: skip
            if self.outcomes.random() < 0.4:
                for timepoint, day in (("start", days[0]), ("end", days[-1])):
                    Assessment.objects.create(
                        episode=episode, dyad=dyad, measure="gad7", measure_version="1", timepoint=timepoint,
                        rater=carer, completed_on=day, scores={"total": self.outcomes.randrange(22)},
                        scoring_version="1", recorded_by=self.staff,
                    )  # fmt: skip

    def make_measures(self, episode, carer, dyads, days):
        for dyad in dyads:
            for timepoint, day in (("start", days[0]), ("end", days[-1])):
                if self.is_chosen(0.85):
                    declined = self.is_chosen(0.05)
                    Assessment.objects.create(
                        episode=episode, dyad=dyad, measure="prfq", measure_version="1", timepoint=timepoint,
                        rater=carer, completed_on=day, scores={} if declined else PRFQ_SCORES,
                        scoring_version="1", declined=declined, recorded_by=self.staff, **self.make_error_fields(),
                    )  # fmt: skip
