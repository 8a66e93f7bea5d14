"""Pages of a measure: choose one, fill it in, read it."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from interventions.episodes.models import Episode, InterventionUse
from outcomes.actions import Filled, decline_assessment, record_assessment
from outcomes.choosing import Known, offers
from outcomes.forms import form_of
from outcomes.measures import catalogue, offered_measures
from outcomes.models import Assessment, ChosenMeasure, MeasureLink
from outcomes.people import dyad_choices, dyad_label, in_focus_first
from outcomes.reading import reading_of
from pairs.access import policy
from pairs.access.fetch import fetch, fetch_list
from pairs.families.banner import banner_of
from pairs.families.models import Family, RiskAlert
from pairs.submissions.typed import Typed


def episode_of(request, episode_id):
    """The episode, by whoever may write in it."""
    episodes = Episode.objects.select_related("site").prefetch_related("focus")
    return fetch(request, episodes, pk=episode_id, may="write_records")


def dyads_of(request, episode):
    """(family, [(Dyad, label)]): those in focus first; of a baby who has died nothing is asked."""
    family = fetch(request, Family.objects.with_people(), pk=episode.family_id)
    return family, in_focus_first(dyad_choices(family), episode)


@policy.permission("write_records")
def choose_measure(request, episode_id):
    """What suits each dyad today, first what was used before, then the core."""
    episode = episode_of(request, episode_id)
    family, dyads = dyads_of(request, episode)
    links = MeasureLink.objects.usable().filter(episode=episode).order_by("expires_at")
    context = {
        "episode": episode,
        "dyads": _offered(request, episode, dyads),
        "links": [_waiting(each) for each in fetch_list(request, links.select_related(*_OF_LINK))],
        "banner": banner_of(family),
    }
    return render(request, "outcomes/choose_measure.html", context)


_OF_LINK = ("dyad__infant", "dyad__caregiver")


def _waiting(link):
    return {"link": link, "name": catalogue()[link.measure].short_name, "whose": dyad_label(link.dyad)}


def _offered(request, episode, dyads):
    """[{dyad, label, now, later}] for each dyad."""
    done = fetch_list(request, Assessment.objects.filter(episode=episode).in_time_order())
    chosen = list(ChosenMeasure.objects.visible_to(request.scope).prefetch_related("interventions"))
    rows = InterventionUse.objects.visible_to(request.scope).filter(episode=episode, ended_on=None)
    ways = set(rows.values_list("intervention_id", flat=True))
    found = []
    for dyad, label in dyads:
        known = _known(episode, dyad, [each for each in done if each.dyad_id == dyad.pk], chosen, ways)
        made = offers(offered_measures(), known, timezone.localdate())
        now, later = [each for each in made if not each.why_not], [each for each in made if each.why_not]
        found.append({"dyad": dyad, "label": label, "now": now, "later": later})
    return found


def _known(episode, dyad, done, chosen, ways):
    used, declined = {}, {}
    for each in done:
        if each.declined:
            declined[each.measure] = each.completed_on
        else:
            used.setdefault(each.measure, each.completed_on)
            declined.pop(each.measure, None)
    return Known(
        born=dyad.infant.birth_date,
        relationship=dyad.relationship,
        used=used,
        declined=declined,
        core={each.measure for each in chosen if each.core},
        fitting={each.measure for each in chosen if {way.pk for way in each.interventions.all()} & ways},
        review_on=episode.review_on,
    )


@policy.permission("write_records")
def new_assessment(request, episode_id):
    """Fill in a measure in the room or from paper, or record that they said no."""
    episode = episode_of(request, episode_id)
    family, dyads = dyads_of(request, episode)
    typed = Typed(request, kind="new-assessment")
    measure = chosen_measure(request, typed.data or {})
    if measure is None:
        return redirect("choose-measure", episode.pk)
    form = form_of(measure)(typed.data, dyads=dyads, initial=_first_guess(request, episode, measure, dyads))
    done = typed.submitted(form, make=lambda: save_assessment(episode, form, request.user), path_of=_path)
    if done:
        messages.success(request, f"{measure.short_name} is saved.")
        return redirect(done)
    context = {"episode": episode, "measure": measure, "form": form, "has_dyads": bool(dyads)}
    context |= {"banner": banner_of(family), "submission_token": typed.token}
    return render(request, "outcomes/new_assessment.html", context)


def save_assessment(episode, form, user):
    """The record that a valid form asks for (page and API alike)."""
    said = form.cleaned_data
    about = {name: said[name] for name in ("dyad", "measure", "timepoint", "completed_on")}
    about |= {"episode": episode, "form": said.get("form", "")}
    if said["declined"]:
        return decline_assessment(by=user, why=said["declined_why"], **about)
    filled = Filled(
        responses=form.responses,
        typed=form.typed,
        concern={"yes": True, "no": False}.get(said.get("concern", "")),
        way=said["way"] or "paper",
        rater_role=said.get("rater_role", ""),
        reliability=said.get("reliability", ""),
    )
    return record_assessment(by=user, filled=filled, **about)


def _path(assessment):
    return reverse("assessment", args=[assessment.pk])


def chosen_measure(request, written):
    """The measure that was written in, or asked for; None where there is none of that name to record."""
    wanted = written.get("measure") or request.GET.get("measure") or _usual(request)
    measure = catalogue().get(wanted)
    return measure if measure and measure.offered else None


def _usual(request):
    """The service's own first, where none was named."""
    core = ChosenMeasure.objects.visible_to(request.scope).filter(core=True)
    return core.values_list("measure", flat=True).first()


def _first_guess(request, episode, measure, dyads):
    """Today, the dyad that was chosen, and start unless a start is there already."""
    wanted = request.GET.get("dyad")
    ids = [str(dyad.pk) for dyad, _ in dyads]
    dyad = wanted if wanted in ids else next(iter(ids), None)
    starts = Assessment.objects.filter(episode=episode, measure=measure.id, timepoint="start", declined=False)
    begun = bool(dyad) and starts.visible_to(request.scope).filter(dyad=dyad).exists()
    return {
        "measure": measure.id,
        "dyad": dyad,
        "timepoint": "end" if begun else "start",
        "completed_on": timezone.localdate(),
        "way": "paper",
        "rater_role": "practitioner",
        "reliability": "unknown",
    }


@policy.permission("read_families")
def assessment(request, assessment_id):
    """One measure: its scores in words, beside the first one."""
    found = fetch(request, Assessment.objects.select_related(*_ABOUT), pk=assessment_id)
    family = fetch(request, Family.objects.with_people(), pk=found.episode.family_id)
    same = Assessment.objects.filter(
        episode=found.episode_id, measure=found.measure, dyad=found.dyad_id, declined=False
    )
    link = getattr(found, "link", None)
    context = {
        "assessment": found,
        "measure": catalogue()[found.measure],
        "whose": dyad_label(found.dyad),
        "reading": reading_of(found, fetch_list(request, same.in_time_order())),
        "may_write": request.scope.may("write_records", at=found.episode.site_id, of=found.episode.family_id),
        "to_read": link if link and link.read_at is None else None,
        "banner": banner_of(
            family, alerts=fetch_list(request, RiskAlert.objects.open().filter(family=family))
        ),
    }
    return render(request, "outcomes/assessment.html", context)


_ABOUT = ("episode", "dyad__infant", "dyad__caregiver", "rater", "rated_by_staff", "recorded_by", "link")
