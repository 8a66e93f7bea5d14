"""Made-up work with other professionals and with communities: consultations without a request, training, outreach.

Written through the apps' own actions.
"""

from datetime import datetime, time, timedelta
from itertools import cycle, islice

from django.utils import timezone

from interventions.training import actions as training
from interventions.training.models import TrainingAttendee, TrainingProgramme, TrainingSession, TrainingTopic
from pairs.demo import texts_hub_work as words
from pairs.demo.acts import act_as
from pairs.service.models import Place, Site, User
from referrals.actions.consultation_feedback import ask_for_feedback, record_feedback
from referrals.actions.consultation_log import log_consultation
from referrals.actions.consultations import follow_up_consultation
from referrals.actions.outreach import link_outreach
from referrals.models import Referral
from referrals.outreach.actions import plan_outreach, record_outreach
from referrals.outreach.models import OutreachSession
from referrals.rules.choices import ConsultationOutcome

SITE, CLINICIAN = "blackburn-with-darwen", "blackburn"
FOLLOWED_EACH = 2  # referrals that came from a session of outreach


def get_moment(weeks_ago: float, hour: int) -> datetime:
    """That many weeks ago, on the nearest Wednesday before, at the hour."""
    day = timezone.localdate() - timedelta(weeks=weeks_ago)
    day -= timedelta(days=(day.weekday() - 2) % 7)
    return timezone.make_aware(datetime.combine(day, time(hour)))


def seed_consultation_log() -> int:
    """Consultations at drop-in clinics and by phone; of the second we know what happened next, and how it was."""
    by, site = User.objects.get(username=CLINICIAN), Site.objects.get(code=SITE)
    with act_as(by.pk):
        made = [
            log_consultation(
                by=by,
                site=site,
                came_by=came_by,
                starts_at=get_moment(2 + 3 * number, 14),
                minutes=minutes,
                about=about,
                thoughts=thoughts,
                agreed=agreed,
                outcome=ConsultationOutcome.ADVICE,
                place=Place.objects.get(code=SITE),
                others=[{"group": other, "organisation": where} for other, where in others],
                asker_name=name,
                asker_group=group,
                asker_organisation=organisation,
            )
            for number, (
                (name, group, organisation),
                came_by,
                about,
                thoughts,
                agreed,
                minutes,
                others,
            ) in enumerate(words.LOGGED_CONSULTATIONS)
        ]
        follow_up_consultation(consultation=made[1], happened_next=words.HAPPENED_NEXT, by=by)
        _, token = ask_for_feedback(consultation=made[1], by=by)
    record_feedback(token=token, words=words.FEEDBACK_WORDS, helped_to_think=5, knew_what_next=4)
    return len(made)


def seed_training() -> int:
    """Programmes with their sessions, people, registers, confidence and certificates; and some headcounts."""
    supervisor = User.objects.get(username="supervisor")
    with act_as(supervisor.pk):
        for place, group, number in words.WORKFORCE:
            training.record_headcount(
                place=Place.objects.get(code=place),
                workforce_group=group,
                headcount=number,
                as_of=timezone.localdate() - timedelta(days=400),
                source=words.WORKFORCE_SOURCE,
                by=supervisor,
            )
    for name, username, topics, people, weeks in words.PROGRAMMES:
        by = User.objects.get(username=username)
        with act_as(by.pk):
            _seed_programme(by, name, topics, people, weeks)
    return len(words.PROGRAMMES)


def _seed_programme(
    by: User, name: str, topics: tuple[str, ...], people: int, weeks: tuple[int, ...]
) -> TrainingProgramme:
    site = Site.objects.get(code={"hub": "blackpool", "blackburn": SITE, "hyndburn": "hyndburn"}[by.username])
    programme = training.plan_programme(
        name=name, site=site, topics=list(TrainingTopic.objects.filter(code__in=topics)), places=20, by=by
    )
    sessions = [_add_session(programme, by, each) for each in weeks]
    attendees = [_add_attendee(programme, by, number) for number in range(people)]
    held = [each for each in sessions if each.starts_at <= timezone.now()]
    for order, session in enumerate(held):
        came = [each for number, each in enumerate(attendees) if (number + order) % 5]
        training.record_attendance(session=session, came=came, by=by)
    _rate_confidence(programme, by)
    if len(held) == len(sessions):
        came = list(TrainingAttendee.objects.live().who_came().filter(programme=programme))
        training.issue_certificates(programme=programme, attendees=came, by=by)
    return programme


def _add_session(programme: TrainingProgramme, by: User, weeks_ago: int) -> TrainingSession:
    starts_at = get_moment(weeks_ago, 9)
    return training.add_session(
        programme=programme,
        place=Place.objects.get(code=programme.site.code),
        venue="Example Family Hub",
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=3),
        trainer=by,
        second_trainer=None,
        by=by,
    )


def _build_person(number: int) -> dict[str, str]:
    """One of those in turn, always the same under the same number: who comes to two programmes is one person."""
    group, workforce_group, organisation, _ = next(islice(cycle(words.ATTENDEES), number, None))
    name = words.FIRST_NAMES[number % len(words.FIRST_NAMES)]
    return {
        "name": f"{name} Example",
        "email": f"{name.lower()}{number}@training.example",
        "group": group,
        "workforce_group": workforce_group,
        "organisation": organisation,
    }


def _add_attendee(programme: TrainingProgramme, by: User, number: int) -> TrainingAttendee:
    place = words.ATTENDEES[number % len(words.ATTENDEES)][-1]
    return training.add_attendee(
        programme=programme,
        by=by,
        place=None if number % 7 == 6 else Place.objects.get(code=place),
        confidence_before=3 + number % 4,
        confidence_after=None,
        **_build_person(number),
    )


def _rate_confidence(programme: TrainingProgramme, by: User) -> None:
    came = TrainingAttendee.objects.live().who_came().filter(programme=programme).order_by("email")
    for number, attendee in enumerate(came):
        if number % 4 != 3:  # the fourth does not hand it in
            attendee.change(confidence_after=min(10, attendee.confidence_before + 2 + number % 2))


def seed_outreach() -> int:
    """Sessions with communities, and the referrals that followed, of those received since."""
    for site_code, username, community, venue, partner, weeks, parents, children, heard in words.OUTREACH:
        by, site = User.objects.get(username=username), Site.objects.get(code=site_code)
        starts_at = get_moment(weeks, 13)
        with act_as(by.pk):
            session = plan_outreach(
                site=site,
                place=Place.objects.get(code=site_code),
                community=community,
                venue=venue,
                partner=partner,
                starts_at=starts_at,
                ends_at=starts_at + timedelta(hours=2),
                lead=by,
                by=by,
            )
            record_outreach(
                session=session, parents=parents, children=children, professionals=2, heard=heard, by=by
            )
        _link_referrals(session)
    return len(words.OUTREACH)


def _link_referrals(session: OutreachSession) -> None:
    """The first that were received at the site afterwards and came from no other session."""
    duty = User.objects.get(username="duty")
    since = Referral.objects.live().filter(
        site=session.site, received_at__gt=session.starts_at, outreach_session=None
    )
    with act_as(duty.pk):
        for referral in since.order_by("received_at", "pk")[:FOLLOWED_EACH]:
            link_outreach(referral=referral, session=session, by=duty)
