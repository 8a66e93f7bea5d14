"""Pages of an ending: prepared over several sessions and completed; opened again when it was a mistake."""

from django.contrib import messages
from django.shortcuts import redirect

from interventions.endings import actions
from interventions.endings.actions.endings import dyads_of
from interventions.endings.forms import (
    EndingForm,
    Reopen,
    changed,
    changed_parts,
    handed_on,
    open_things,
    values_of,
)
from interventions.endings.models import Ending
from interventions.endings.open_work import open_work_of
from interventions.endings.rules.endings import GENTLE_WORDS
from interventions.endings.views.shown import page, to_ending, to_episode
from interventions.episodes.models import Episode
from pairs.access import policy
from pairs.access.fetch import fetch
from pairs.families.opened import family_of
from pairs.submissions.typed import Typed


@policy.permission("write_records")
def end_episode(request, episode_id):
    """A good ending: what is still open, why it ends, what has changed, who holds them next, how to come back."""
    episode = fetch(request, Episode.objects.select_related("site"), may="write_records", pk=episode_id)
    if episode.ended_on and request.method == "GET":
        return redirect(to_episode(episode))
    family = family_of(request, episode.family_id)
    typed = Typed(request, kind="end-episode")
    ending, open_work, dyads = _known(request, episode)
    form = EndingForm(typed.data, initial=values_of(ending))
    things, parts = open_things(typed.data, open_work, ending), changed_parts(typed.data, dyads, ending)
    done = typed.submitted(
        form,
        things,
        parts,
        make=lambda: ending_from(episode, form, things, parts, request.user),
        path_of=to_ending,
        names=_rows_by_key(things) if typed.posted else None,
    )
    if done:
        saved = form.cleaned_data["draft"]
        messages.success(
            request, "The ending is saved. Nothing has ended yet." if saved else "The episode has ended."
        )
        return redirect(done)
    context = {"form": form, "episode": episode, "ending": ending, "things": things, "parts": parts}
    context |= {"open_rows": _open_rows(things, open_work), "changed_rows": _changed_rows(parts, dyads)}
    return page(request, "end_episode", family, typed, gentle=_gentle(family), **context)


def _known(request, episode):
    ending = Ending.objects.visible_to(request.scope).whole().filter(episode=episode).first()
    return ending, open_work_of(episode), dyads_of(episode)


def ending_from(episode, form, things, parts, by):
    """The ending that form and rows describe; the page and the API both make it here."""
    return actions.prepare_ending(
        episode=episode,
        said=form.said(),
        changed=changed(parts),
        handed_on=handed_on(things),
        complete=not form.cleaned_data["draft"],
        by=by,
    )


def _rows_by_key(things):
    """{key: the name of its row's field}, for what is refused about one open thing."""
    things.is_valid()
    given = [row.cleaned_data for row in things.forms if getattr(row, "cleaned_data", None)]
    return {row["key"]: f"open.{number}.to_whom" for number, row in enumerate(given) if row.get("key")}


def _open_rows(things, open_work):
    """[(the open thing, its row)]: a row whose thing is settled by now is left out."""
    known = {each.key: each for each in open_work}
    found = [(known.get(str(row["key"].value())), row) for row in things.forms]
    rows = [
        (each, _labelled(row, "to_whom", f"Who takes this on: {each.what}")) for each, row in found if each
    ]
    shown = {each.key for each, _ in rows}
    return [*rows, *((each, None) for each in open_work if each.key not in shown)]


def _changed_rows(parts, dyads):
    known = {str(dyad.pk): dyad for dyad in dyads}
    found = [(known.get(str(row["dyad"].value())), row) for row in parts.forms]
    return [_labelled(row, "words", f"For {dyad}") for dyad, row in found if dyad]


def _labelled(row, name, label):
    row[name].label = label
    return row


def _gentle(family):
    """After a loss the page says so before anything else."""
    return [GENTLE_WORDS["06"]] if any(infant.lost_on for infant in family.infants.all()) else []


@policy.permission("supervise")
def reopen_episode(request, episode_id):
    """An ending on the wrong day or the wrong record is undone, with the reason; what it said is kept."""
    episode = fetch(request, Episode.objects.all(), may="supervise", pk=episode_id)
    if episode.ended_on is None and request.method == "GET":
        return redirect(to_episode(episode))
    family = family_of(request, episode.family_id)
    typed = Typed(request, kind="reopen-episode")
    form = Reopen(typed.data)
    done = typed.submitted(
        form,
        make=lambda: actions.reopen_episode(episode=episode, by=request.user, **form.cleaned_data),
        path_of=lambda made: to_episode(episode),
    )
    if done:
        messages.success(request, "The episode is open again. What its ending said is kept.")
        return redirect(done)
    return page(request, "reopen_episode", family, typed, form=form, episode=episode)
