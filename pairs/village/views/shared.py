"""What the pages of this room share: whose record it is, and a form that makes one record."""

from pairs.access.fetch import fetch
from pairs.families.banner import family_name
from pairs.families.models import Family
from pairs.service.refusals import Refused
from pairs.submissions.typed import show_refusal


def family_of(request, family_id, may=None):
    """The family in scope, with its people and its site."""
    return fetch(request, Family.objects.with_people().select_related("site"), pk=family_id, may=may)


def whose(family):
    """What every page of this room says of the family."""
    return {"family": family, "name": family_name(family)}


def made(typed, form, make, path_of, names=None):
    """The path to go to once the record is made; None while the form is still to be shown.

    ``names``: the form's name for a field of the action, where they differ.
    """
    if not typed.ready(form):
        return None
    try:
        return typed.submit(make=make, path_of=path_of)
    except Refused as refused:
        renamed = {(names or {}).get(name, name): said for name, said in refused.errors.items()}
        show_refusal(form, Refused(renamed))
        return None
