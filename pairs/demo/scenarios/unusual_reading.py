"""Made-up reading for information governance: a record opened in an emergency, and a carer with a colleague’s name."""

from collections.abc import Sequence

from pairs.access.scope import load_scope
from pairs.demo.acts import act_as
from pairs.demo.scenarios.village import FamilyContext
from pairs.emergency_access.actions import family_is_out_of_reach, open_in_emergency
from pairs.families.actions import update_caregiver
from pairs.restrictions.actions import answer_own_record
from pairs.restrictions.rules import OwnRecordKind
from pairs.service.models import User

READER, NAMESAKE = "hub", "hyndburn"
WHY = "Her sister rang the hub: the mother has left with the baby and is not safe"


def seed_unusual_reading(found: Sequence[FamilyContext]) -> int:
    """One of each, with families of others than those who read; how many there are."""
    return _open_in_emergency(found) + _answer_about_a_namesake(found)


def _open_in_emergency(found: Sequence[FamilyContext]) -> int:
    by = User.objects.get(username=READER)
    scope = load_scope(by)
    shut = [each for each in found if family_is_out_of_reach(each.family, scope)]
    for context in shut[-1:]:
        with act_as(by.pk):
            open_in_emergency(family=context.family, reason=WHY, by=by)
    return len(shut[-1:])


def _answer_about_a_namesake(found: Sequence[FamilyContext]) -> int:
    colleague = User.objects.get(username=NAMESAKE)
    given_name, _, family_name = colleague.display_name.partition(" ")
    for context in found[-2:-1]:
        with act_as(context.by.pk):
            carer = context.carers[-1]
            update_caregiver(caregiver=carer, by=context.by, given_name=given_name, family_name=family_name)
        with act_as(colleague.pk):
            answer_own_record(family=context.family, answer=OwnRecordKind.SOMEBODY_ELSE, by=colleague)
    return len(found[-2:-1])
