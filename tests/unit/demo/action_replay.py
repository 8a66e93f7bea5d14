"""Replays a generated family history through the apps' own actions, at its times and by its people."""

from contextlib import contextmanager
from unittest import mock

import pghistory
from django.db import connection
from django.utils import timezone

from interventions.episodes.actions import (
    Colleague,
    agree_plan,
    countersign,
    end_episode,
    open_episode,
    record_care_contact,
    set_goal,
)
from interventions.episodes.models import Episode, Goal, Intervention
from outcomes.actions.assessments import AssessmentInput, decline_assessment, rate_goal, record_assessment
from pairs.demo.texts_referrals import THOUGHTS
from pairs.families.actions import answer_risk_alert, grant_family_access, raise_risk_alert, register_birth
from pairs.families.models import Caregiver, Dyad, Infant, RiskAlert
from pairs.service.models import Place, Site, User
from referrals.actions import change_referral_status, decide_referral, make_referral
from referrals.actions.additions import add_to_referral
from referrals.actions.consultations import hold_consultation
from referrals.actions.steps import ask_for_more, reopen_referral
from referrals.models import Concern, Consultation, Destination, Referral
from referrals.rules.choices import DECIDED_STATUSES
from referrals.rules.replies import ReplyDraft


def replay_lives(lives):
    """Every act of all lives in the order of the clock. Letters of the demo go on paper when somebody asks."""
    acts = [pair for life in lives for pair in LifeReplay(life).list_acts()]
    for act, do in sorted(acts, key=lambda pair: pair[0].at):
        user = User.objects.get(username=act.by) if act.by else None
        now = mock.patch.object(timezone, "now", lambda at=act.at: at)
        author = pghistory.context(user=str(user.pk)) if user else use_no_author()
        with now, author, mock.patch("referrals.actions.replies.request_pdf"):
            do(user)


@contextmanager
def use_no_author():
    """No author: the history context of the act before must not apply to this one."""
    with connection.cursor() as cursor:
        for name in ("context_id", "context_metadata"):
            cursor.execute("SELECT set_config(%s, '', true)", [f"pghistory.{name}"])
    yield


class LifeReplay:
    """One life's acts, and what they made."""

    def __init__(self, life):
        self.life = life

    def list_acts(self):
        """(act, what to call with whoever does it)."""
        life = self.life
        yield life.referral.act, self._refer
        for step in life.referral.steps[1:]:
            yield step.act, lambda by, step=step: self._take_step(step, by)
        if life.referral.thought and life.referral.thought.act:
            yield life.referral.thought.act, self._hold_consultation
        for added in life.referral.additions:
            yield added.act, lambda by, added=added: self._add(added, by)
        yield from self._list_people_acts()
        if life.work:
            yield from self._list_work_acts(life.work)
        for alarm in life.alarms:
            yield from self._list_alarm_acts(alarm)

    def _refer(self, by):
        said = self.life.referral
        self.referral = make_referral(
            by=by,
            entry_point=said.entry_point,
            permission=said.permission,
            permission_reason=said.permission_reason,
            concerns=[Concern.objects.get(code=code) for code in said.concerns],
            noticed=said.noticed,
            parent_says=said.parent_says,
            hopes=said.hopes,
            preferred_place=said.preferred_place,
            safe_contact=said.safe_contact,
            place=Place.objects.get(code=said.place),
            source_code="" if said.referrer else said.source,
            **{f"asker_{name}": value for name, value in (vars(said.asker) if said.asker else {}).items()},
            **self._build_named_people(),
        )

    def _build_named_people(self):
        if self.life.referral.names_nobody:
            return {"infants": [], "caregivers": [{"phone": self.life.carers[0].phone}]}
        infants = [_build_infant(baby) for baby in self.life.babies]
        return {"infants": infants, "caregivers": [_build_carer(carer) for carer in self.life.carers]}

    def _take_step(self, step, by):
        said, referral = self.life.referral, Referral.objects.get(pk=self.referral.pk)
        if step.status not in ("accepted", "consultation", "not_accepted"):
            self._move(referral, step, by)
            return
        if step.status == "not_accepted":
            answer = {"response": "none", "reason": step.reason, "destination": step.destination}
            answer["destinations"] = [get_listed_destination(step.listed)]
        else:
            answer = {"response": said.response, "thrive": said.thrive, "thrive_reason": said.thrive_reason}
        if step.status == "accepted":
            answer["lead"] = User.objects.get(username=said.lead)
            answer["first_visit_together"] = said.response == "joint"
        decide_referral(referral=referral, by=by, replies=self._build_replies(step), **answer)
        if step.status == "accepted":
            self._match_people(Referral.objects.get(pk=referral.pk))

    def _move(self, referral, step, by):
        told = {"reason": step.reason, "by": by}
        if step.status == "read" and referral.status in DECIDED_STATUSES:
            reopen_referral(referral=referral, **told)
        elif step.status == "more_asked":
            ask_for_more(referral=referral, replies=self._build_replies(step), **told)
        else:
            change_referral_status(
                referral=referral, to=step.status, replies=self._build_replies(step), **told
            )

    def _build_replies(self, step):
        """As they were drafted: the named carer by the life's own order."""
        named = dict(
            zip(
                [carer.named_id for carer in self.life.carers],
                self.referral.caregivers.order_by("order").values_list("pk", flat=True),
                strict=True,
            )
        )
        names = ("to", "recipient", "way", "text", "why_none", "email", "address_lines")
        return [
            ReplyDraft(carer=named.get(told.carer), **{name: getattr(told, name) for name in names})
            for told in step.replies
        ]

    def _add(self, added, by):
        """What came afterwards, as it was said."""
        add_to_referral(referral=Referral.objects.get(pk=self.referral.pk), text=added.text, by=by)

    def _hold_consultation(self, by):
        held = Consultation.objects.get(referral=self.referral)
        said = {"minutes": 50, "thoughts": THOUGHTS, "outcome": "advice"}
        hold_consultation(consultation=held, held_on=timezone.localdate(), by=by, **said)

    def _match_people(self, referral):
        """Who became of whom, by the life's own ids."""
        self.referral, self.family = referral, referral.family
        self.found = {}
        for kind, people, named in (
            (Infant, self.life.babies, referral.infants),
            (Caregiver, self.life.carers, referral.caregivers),
        ):
            for person, row in zip(people, named.order_by("order"), strict=True):
                self.found[person.id] = kind, row.became_id
        for carer in self.life.carers:
            for baby in self.life.babies:
                self.found[carer.dyad_ids[baby.id]] = Dyad, self._get_dyad(carer, baby).pk

    def _get_dyad(self, carer, baby):
        return Dyad.objects.get(infant=self.get_record(baby.id), caregiver=self.get_record(carer.id))

    def get_record(self, id):
        """The record that stands for one of the life's people or dyads, as it is now."""
        model, pk = self.found[id]
        return model.objects.get(pk=pk)

    def _list_people_acts(self):
        for baby in self.life.babies:
            if baby.birth:
                yield baby.birth, lambda by, baby=baby: self._register_birth(baby, by)
        for grant in self.life.grants:
            yield grant.act, lambda by, grant=grant: self._grant(grant, by)

    def _register_birth(self, baby, by):
        details = {"birth_date": baby.born, "given_name": baby.given_name, "sex": baby.sex}
        register_birth(infant=self.get_record(baby.id), nhs_number=baby.nhs_number, by=by, **details)

    def _grant(self, grant, by):
        user = User.objects.get(username=grant.user)
        grant_family_access(family=self.family, user=user, purpose=grant.purpose, reason=grant.reason, by=by)

    def _list_alarm_acts(self, alarm):
        """One that an answer of a measure raised is there already when it is answered."""
        made = {}
        raised, *answers = alarm.answers
        if alarm.asked_by:
            yield raised.act, lambda by: made.update(alert=self._get_raised_alert(alarm))
        else:
            yield raised.act, lambda by: made.update(alert=self._raise_alert(alarm, by))
        for answer in answers:
            yield answer.act, lambda by, answer=answer: self._answer(made["alert"], answer, by)

    def _raise_alert(self, alarm, by):
        site = Site.objects.get(code=self.life.referral.site)
        if not self.life.work:
            return raise_risk_alert(site=site, what=alarm.what, by=by, about=self.referral.reference)
        lead = User.objects.get(username=self.life.work.lead)
        return raise_risk_alert(site=site, what=alarm.what, by=by, family=self.family, lead=lead)

    def _get_raised_alert(self, alarm):
        """By the measure, a moment before: its act comes first."""
        return RiskAlert.objects.get(family=self.family, what=alarm.what, created_at=alarm.answers[0].act.at)

    def _answer(self, alert, answer, by):
        alert = RiskAlert.objects.get(pk=alert.pk)
        answer_risk_alert(alert=alert, kind=answer.kind, note=answer.note, by=by)

    def _list_work_acts(self, work):
        yield work.act, lambda by: self._open(work, by)
        for contact in [*work.contacts, *work.asides]:
            yield from self._list_contact_acts(contact)
        for measured in work.measures:
            yield measured.act, lambda by, measured=measured: self._measure(measured, by)
        for hope in work.goals:
            yield from self._list_goal_acts(hope)
        if work.agreed:
            yield work.agreed.act, lambda by: self._agree_plan(work.agreed, by)
        if work.ending:
            yield work.ending.act, lambda by: self._end_episode(work.ending, by)

    def _open(self, work, by):
        self.episode = open_episode(
            referral=self.referral,
            lead=by,
            focus=[self.get_record(dyad) for dyad in work.focus],
            interventions=[Intervention.objects.get(code=code) for _, code in work.uses],
            thrive=work.thrive,
            opened_on=work.opened_on,
            by=by,
        )

    def _list_contact_acts(self, contact):
        made = {}
        yield contact.act, lambda by: made.update(contact=self._record_contact(contact, by))
        if contact.countersigned:
            yield contact.countersigned.act, lambda by: countersign(contact=made["contact"], by=by)

    def _record_contact(self, contact, by):
        return record_care_contact(
            episode=Episode.objects.get(pk=self.episode.pk),
            starts_at=contact.starts_at,
            minutes=contact.minutes,
            mechanism=contact.mechanism,
            location=contact.location,
            participants=[(self.get_record(person), attendance) for _, _, person, attendance in contact.came],
            interventions=[Intervention.objects.get(code=code) for code in contact.uses],
            notes={part.part: part.text for part in contact.parts},
            subjects={
                part.part: self.get_record(part.of) if part.of else part.subject for part in contact.parts
            },
            sign=contact.signed,
            kind=contact.kind,
            others=[Colleague(name=name, role=role, organisation=of) for _, name, role, of in contact.others],
            by=by,
        )

    def _measure(self, measured, by):
        occasion = {
            "episode": Episode.objects.get(pk=self.episode.pk),
            "dyad": self.get_record(measured.dyad),
            "measure": measured.measure,
            "timepoint": measured.timepoint,
            "completed_on": measured.on,
            "by": by,
        }
        if measured.declined:
            decline_assessment(why=measured.why, **occasion)
            return
        filled = AssessmentInput(
            responses={int(item): value for item, value in measured.responses.items()},
            typed=measured.typed,
            way=measured.way,
            rater_role=measured.role,
            reliability=measured.reliability,
        )
        record_assessment(filled=filled, **occasion)

    def _list_goal_acts(self, hope):
        made = {}
        yield hope.act, lambda by: made.update(goal=self._set_goal(hope, by))
        for rated in hope.ratings:
            yield rated.act, lambda by, rated=rated: self._rate(made["goal"], rated, by)

    def _set_goal(self, hope, by):
        episode = Episode.objects.get(pk=self.episode.pk)
        return set_goal(episode=episode, dyad=self.get_record(hope.dyad), words=hope.words, by=by)

    def _rate(self, goal, rated, by):
        goal = Goal.objects.get(pk=goal.pk)
        rate_goal(goal=goal, timepoint=rated.timepoint, score=rated.score, rated_on=rated.on, by=by)

    def _agree_plan(self, agreed, by):
        agree_plan(episode=Episode.objects.get(pk=self.episode.pk), agreed_on=agreed.on, by=by)

    def _end_episode(self, ending, by):
        end_episode(
            episode=Episode.objects.get(pk=self.episode.pk),
            ended_on=ending.on,
            reason=ending.reason,
            summary=ending.summary,
            held_next_by=ending.next_holder,
            by=by,
        )


def get_listed_destination(place):
    """A destination of the directory, by its place in it."""
    offered = list(Destination.objects.offered())
    return offered[place % len(offered)]


def _build_infant(baby):
    here = baby.born_at_referral
    return {
        "given_name": baby.given_name if here else "",
        "family_name": baby.family_name,
        "birth_date": baby.born if here else None,
        "estimated_due_date": baby.due,
        "sex": baby.sex if here else "",
        "nhs_number": (baby.nhs_number or "") if here else "",
        "ethnicity": baby.ethnicity,
    }


def _build_carer(carer):
    return {
        "given_name": carer.given_name,
        "family_name": carer.family_name,
        "relationship": carer.relationship,
        "main_carer": carer.main,
        "pregnant": carer.pregnant,
        "lives_with": carer.lives_with,
        "birth_date": carer.birth_date,
        "ethnicity": carer.ethnicity,
        "phone": carer.phone,
        "email": carer.email,
        "address_lines": carer.lines,
        "postcode": carer.postcode,
        "language": carer.language,
        "needs_interpreter": carer.interpreter,
        "may_post": carer.may_post,
    }
