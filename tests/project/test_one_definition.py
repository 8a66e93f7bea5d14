"""Live, direct and attended are each said once; and a second definition, however it is written, would be found."""

import pytest

from interventions.episodes.rules import NATIONAL_ATTENDANCE, SEEN_ATTENDANCES
from pairs.access.records import OUT_OF_SIGHT, Record
from referrals.rules.clocks import ATTENDED_CODES
from tests.project import one_definition

# However somebody might say it again: in a lookup, over a relation, in SQL, on a record, by the constants, by codes.
SECOND_DEFINITIONS = {
    "a lookup": "rows = Episode.objects.filter(entered_in_error_at=None)",
    "over a relation": "rows = Goal.objects.filter(episode__entered_in_error_at=None)",
    "the other way round": "rows = rows.exclude(family__sealed_at__isnull=False)",
    "a Q": "open_ones = Q(sealed_at=None)",
    "a dict": 'live = {"use__entered_in_error_at": None, "use__sealed_at": None}',
    "a name put together": 'rows = rows.filter(**{f"{path}__sealed_at": None})',
    "SQL": 'SQL = "SELECT id FROM episodes_episode WHERE entered_in_error_at IS NULL"',
    "SQL with an alias": 'SQL = f"""JOIN families_dyad dyad ON dyad.id = {row} AND dyad.sealed_at IS NULL"""',
    "on the record": "gone = infant.sealed_at or infant.entered_in_error_at",
    "by getattr": 'gone = getattr(row, "sealed_at", None)',
    "a field of its own": "class Row(Model):\n    sealed_at = DateTimeField(null=True)",
    "the constants": "from pairs.access.records import IN_ERROR\nrows = rows.filter(**{IN_ERROR: None})",
    "direct by a lookup": 'rows = CareContact.objects.filter(mechanism__in=("01", "11"))',
    "direct over a relation": "rows = rows.filter(care_contact__mechanism__in=DIRECT)",
    "direct by the constant": "from referrals.rules.clocks import DIRECT_MECHANISMS",
    "direct by its codes": 'DIRECT = {"01", "02", "04", "11"}',
    "direct in SQL": 'SQL = "WHERE contact.mechanism = ANY(%(direct)s)"',
    "direct in SQL by its codes": "SQL = \"WHERE c.mechanism IN ('01', '02')\"",
    "attended by a lookup": "seen = Participant.objects.filter(attendance__in=SEEN)",
    "attended over a relation": "seen = rows.filter(participants__attendance__in=SEEN)",
    "attended by one value": 'came = rows.filter(attendance="attended")',
    "attended by a dict": 'came = rows.filter(**{f"{path}attendance": "attended"})',
    "attended by its values": 'CAME = ["attended", "late_seen"]',
    "attended by a member": "came = rows.filter(attendance=Attendance.ATTENDED)",
    "attended by a member, whatever the name": "came = rows.filter(**{CAME: Attendance.ATTENDED})",
    "attended by the members": "CAME = {Attendance.ATTENDED, Attendance.LATE_SEEN}",
    "attended by a member and a code": 'CAME = (rules.Attendance.ATTENDED.value, "late_seen")',
    "attended by a constant": "CAME = Attendance.ATTENDED",
    "attended compared": "came = row.attendance == Attendance.ATTENDED",
    "attended compared the other way": "missed = Attendance.NOT_BROUGHT != row.attendance",
    "attended among several": "came = row['attendance'] not in (Attendance.NOT_BROUGHT, elsewhere)",
    "attended matched": "match said:\n    case Attendance.LATE_SEEN:\n        come()",
    "attended by another name": "from interventions.episodes.rules import Attendance as Came",
    "direct by the members": "D = [Mechanism.FACE_TO_FACE, Mechanism.TELEPHONE, Mechanism.TALK_TYPE, Mechanism.VIDEO]",
    "direct compared": "direct = how in (Mechanism.FACE_TO_FACE, Mechanism.VIDEO)",
    "direct by what it is not": "direct = how not in {Mechanism.EMAIL, Mechanism.TEXT_MESSAGE}",
    "attended in SQL": "SQL = \"WHERE participant.attendance <> 'cancelled_family'\"",
}
INNOCENT = {
    "the source itself": 'rows = Goal.objects.live().filter(live_q("episode__"))',
    "a row that is made": 'Participant.objects.create(care_contact=contact, attendance="attended")',
    "a row that is made with a member": "Participant.objects.create(attendance=Attendance.ATTENDED)",
    "a form's first value": 'initial = {"attendance": Attendance.ATTENDED, "mechanism": Mechanism.VIDEO}',
    "one mechanism": "at_home = row.mechanism == Mechanism.FACE_TO_FACE",
    "all of them": "fits = said in Attendance.values",
    "another enumeration": "planned = row.status == AppointmentStatus.CANCELLED_BY_FAMILY",
    "a docstring": '"""Never where sealed_at is set, nor where attendance = \'attended\'."""',
    "a form's field": 'attendance = forms.ChoiceField(label="Attendance")',
    "what is shown": 'fields = {"how": "mechanism", "came": "attendance"}',
    "who marked it": 'rows = rows.select_related("entered_in_error_by")',
}


def test_each_is_said_in_one_place():
    assert one_definition.find_not_permitted(one_definition.list_source_files()) == []


def test_every_permission_is_needed():
    assert one_definition.find_needless_permissions(one_definition.list_source_files()) == []


@pytest.fixture
def written(tmp_path):
    """(text, its file's name) → what the check says of a made-up file."""

    def check(text, name="interventions/episodes/sixth.py"):
        path = tmp_path / name
        path.parent.mkdir(parents=True)
        path.write_text(text)
        return one_definition.find_not_permitted([path], tmp_path)

    return check


@pytest.mark.parametrize("text", SECOND_DEFINITIONS.values(), ids=SECOND_DEFINITIONS)
def test_a_definition_more_is_found(written, text):
    assert written(text)


@pytest.mark.parametrize("text", INNOCENT.values(), ids=INNOCENT)
def test_what_says_nothing_of_it_is_left_alone(written, text):
    assert written(text) == []


def test_a_template_that_asks_for_itself_is_found(written):
    found = written("<p>{% if contact.sealed_at %}Sealed{% endif %}</p>", "templates/episodes/other.html")
    assert found == ["templates/episodes/other.html:1 sealed_at"]


def test_who_may_name_a_column_once_may_not_name_it_twice(written):
    once = "at = old.entered_in_error_at\n"
    assert written(once * 2, "interventions/episodes/views/notes.py") == [
        "interventions/episodes/views/notes.py:2 entered_in_error_at"
    ]


def test_where_it_is_said_more_is_welcome(written):
    assert written('SEEN = {"attended", "late_seen"}', "interventions/episodes/rules.py") == []


def test_the_columns_are_those_of_every_record():
    moments = {each.name for each in Record._meta.concrete_fields if each.name.endswith("_at")} - {
        "created_at"
    }
    assert set(OUT_OF_SIGHT) == moments


def test_who_came_is_the_same_in_national_codes():
    """The four-week rule is below the code list, and knows the national codes alone."""
    assert {NATIONAL_ATTENDANCE[each] for each in SEEN_ATTENDANCES} == ATTENDED_CODES
