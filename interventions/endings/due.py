"""What is due about endings: turning two and five, six months ahead; a day that an ending was meant for and is past."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject
from django.urls import reverse

from interventions.endings.models import Ending, TransitionPlan
from interventions.endings.rules.transitions import transition_due
from interventions.episodes.models import Episode
from pairs.access.asking import Question, day, name_of
from pairs.access.scope import Scope
from pairs.families.due import CLINICAL, DueItem, of_families
from pairs.families.models import Dyad, Infant


def family_questions(scope: Scope, on: date, families: Iterable[UUID] | None = None) -> list[Question]:
    """Transitions to plan, and endings that were meant for a day that has come."""
    families = None if families is None else list(families)
    return [_turning(scope, on, families), _meant(scope, on, families)]


def _turning(scope, on, families):
    """The living children of every open episode; one row an episode."""
    rows = Episode.objects.visible_to(scope).open().filter(of_families(families))
    fields = {"id": "id", "opened": "opened_on", "family": "family_id", "site": "site_id", "lead": "lead_id"}
    fields |= {name: ArraySubquery(rows.values(row=JSONObject(**BABY))) for name, rows in _children().items()}
    # A carer's own help is about the carer: their children's birthdays are announced where the children's help is.
    rows = rows.filter(referral__patient=None)
    return Question(rows, fields, lambda row: _items(row, on))


def _meant(scope, on, families):
    """Drafts whose last day has come; a word to whoever leads, since nothing ends by itself."""
    rows = Ending.objects.visible_to(scope).filter(of_families(families, "episode__family"))
    rows = rows.filter(completed_at=None, ended_on__lt=on, episode__ended_on=None)
    fields = {"episode": "episode_id", "day": "ended_on", "family": "episode__family_id"}
    fields |= {"site": "episode__site_id", "lead": "episode__lead_id"}

    def says(row):
        yield DueItem(
            code="ending_meant",
            kind=CLINICAL,
            title=f"The ending was meant for {day(row['day']):%-d %b %Y}: complete it, or choose another day",
            subject_id=UUID(row["episode"]),
            href=reverse("end-episode", args=[row["episode"]]),
            due_on=day(row["day"]),
            family_id=UUID(row["family"]),
            site_id=UUID(row["site"]),
            owner_id=UUID(row["lead"]),
        )

    return Question(rows, fields, says)


def _children():
    """Born and living, held in the episode's family or here through a relationship.

    Two questions: no index serves an "or" of them, and every infant there is would be looked at for each episode.
    """
    born = {"birth_date__isnull": False}
    ties = Dyad.objects.live().current().filter(family=OuterRef(OuterRef("family"))).values("infant")
    return {
        "held": Infant.objects.active().filter(family=OuterRef("family"), **born),
        "here": Infant.objects.active().filter(pk__in=ties, **born).exclude(family=OuterRef("family")),
    }


def _plans():
    plans = TransitionPlan.objects.live().filter(infant=OuterRef("pk"), family=OuterRef(OuterRef("family")))
    return ArraySubquery(plans.values("turning"))


BABY = {"id": "id", "born": "birth_date", "name": name_of(), "reference": "reference", "planned": _plans()}


def _items(row, on):
    for baby in (*row["held"], *row["here"]):
        found = transition_due(
            born=day(baby["born"]), lost=False, opened_on=day(row["opened"]), planned=baby["planned"], on=on
        )
        if found:
            yield _item(row, baby, found)


def _item(row, baby, found):
    return DueItem(
        code=f"turning_{found.turning}",
        kind=CLINICAL,
        title=f"{found.words} on {found.birthday:%-d %b %Y}: plan who is there next",
        subject_id=UUID(baby["id"]),
        href=reverse("transitions", args=[row["family"]]),
        due_on=found.last_day,
        family_id=UUID(row["family"]),
        site_id=UUID(row["site"]),
        owner_id=UUID(row["lead"]),
        who=baby["name"] or baby["reference"],
    )
