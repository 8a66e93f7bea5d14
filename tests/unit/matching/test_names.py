"""How names are normalised, coded by sound and compared; and that the database does the first two alike."""

import itertools

import pytest
from django.db import connection

from pairs.matching.name_matching import (
    build_name_keys,
    build_search_keys,
    compute_closeness,
    compute_joined_closeness,
    count_slips,
    fold_name,
    is_one_slip_apart,
)
from pairs.matching.name_variants import NAME_GROUPS, NAME_VARIANTS
from pairs.matching.rules.names import ALIKE, OTHER, compare_given_names, list_name_forms, read_name


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Zoë O’Neill-Łukasz", "zoe oneill lukasz"),
        ("O Neill", "oneill"),
        ("Siân  ap Dafydd", "sian ap dafydd"),
        ("AL HASSAN", "alhassan"),
        ("Abdul Rahman", "abdulrahman"),
        ("J Smith", "j smith"),
        ("Sa`id ‘Abd", "said abd"),
        ("Weiß", "weis"),
        ("İpek Çağlar", "ipek caglar"),
        ("", ""),
    ],
)
def test_names_are_normalised_to_plain_letters(written, folded):
    assert fold_name(written) == folded


ALIKE_NAMES = (
    """
mohammed muhamad|chaudhry choudhury|chowdhury chaudhary|wojcik woychik|smith smtih|brown bronw|leigh lee
czarnecki charnecki|yusuf joseph|georgia jorja|christopher kristofer|khadija hadija|stephen steven
lukasz lucas|wisniewski vishnevsky|szymanski shimansky|hughes huges|ayesha aisha|hussain husayn|ali ally
knight night|wright right|qasim kassim|phillip filip|ahmad ahmet
""".replace("\n", "|")
    .strip("|")
    .split("|")
)


@pytest.mark.parametrize("pair", ALIKE_NAMES)
def test_what_sounds_alike_shares_a_key_and_is_close(pair):
    one, other = pair.split()
    assert build_search_keys(one) & build_search_keys(other)
    assert compute_closeness(one, other) > 0.5


@pytest.mark.parametrize("pair", ["smith jones", "khan kaur", "nowak kowalski", "ali lee", "grace olive"])
def test_other_names_are_not_close(pair):
    one, other = pair.split()
    assert compute_closeness(one, other) < 0.5


def test_closer_is_closer():
    to_smith = [compute_closeness(word, "smith") for word in ("smith", "smiht", "smyth", "smart", "jones")]
    assert to_smith == sorted(to_smith, reverse=True)


@pytest.mark.parametrize(
    ("one", "other", "count"),
    [("ab", "ba", 1), ("abc", "ab", 1), ("abc", "adc", 1), ("", "ab", 2), ("a", "a", 0)],
)
def test_edits_are_counted(one, other, count):
    assert count_slips(one, other) == count


def test_one_slip_is_told_as_it_is_counted():
    words = ["".join(letters) for long in range(5) for letters in itertools.product("abc", repeat=long)]
    wrong = [
        (one, other)
        for one, other in itertools.product(words, repeat=2)
        if is_one_slip_apart(one, other) != (count_slips(one, other) == 1)
    ]
    assert not wrong


def test_short_forms_are_near_and_initials_count_a_little():
    assert compute_closeness("liz", "elizabeth") == 0.85
    assert compute_closeness("j", "john") == 0.6
    assert compute_closeness("j", "mary") == 0


@pytest.mark.parametrize(
    "pair",
    [
        "Seb Sebastian", "Barney Barnaby", "Thea Theodora", "Kit Christopher", "Zaky Zakariya", "Jaś Jan",
        "Bartek Bartłomiej", "Przemek Przemysław", "Gabrysia Gabriela", "Dănuț Daniel", "Catinca Ecaterina",
        "Jibreel Gabriel", "Muadh Muaz", "Aliyah Aleeya", "Siobhán Shevaun", "Caoimhe Kiva", "Maebh Maeve",
        "Éamonn Edward", "Dearbhla Dervla", "Chidi Chidiebere", "Fatou Fatoumata", "Mamadou Mohammed",
    ],
)  # fmt: skip
def test_a_short_form_is_the_name_and_leads_to_it(pair):
    one, other = (read_name(each, "Smith") for each in pair.split())
    assert compare_given_names(one, other) == ALIKE
    assert list_name_forms(one) & list_name_forms(other) - {"smith"}


@pytest.mark.parametrize("pair", ["Oliver Olivia", "Mohammed Ahmed", "Thomas Theo", "Amina Aisha"])
def test_other_people_keep_their_names(pair):
    one, other = (read_name(each, "Smith") for each in pair.split())
    assert compare_given_names(one, other) == OTHER


def test_words_written_together_are_nearly_the_same_or_not_at_all():
    assert compute_joined_closeness("maryjane", "maryjane") == 1
    assert 0.8 <= compute_joined_closeness("maryjanne", "maryjane") < 1
    assert (
        compute_joined_closeness("johns", "johnsmith") == 0
    )  # the end of one word, the beginning of the next


def test_the_groups_are_normalised():
    assert [name for name in NAME_VARIANTS if fold_name(name) != name] == []
    assert len(NAME_GROUPS) > 50


NAMES_TO_FOLD = (
    """
Zoë O’Neill-Łukasz|O Neill|Mc Donald|Al Hassan|Abdul Rahman|Wojciech Wójcik|Krzysztof Brzęczyszczykiewicz|Żaneta
Mohammed Choudhury|Lee Leigh|Ali|Jo|Ng|Li|Weiß|Æthelflæd|Þór|İpek Çağlar|Nguyễn Thị Hường|D'Souza|Siobhán|Aoife
Wright Knight Gnosis Psaras|Phillipa Quentin Maxwell|Bartosz Schmidt|Djamila Giovanni George|Khadijah|Hughes
Vaughan Leigh|Lewandowski|Aaron|Eve|Yves|Ur Rehman|Smith-Jones|X Æ 12|...|J. R. Hartley|Mary-Jane|Ana de la Cruz||ŁÓDŹ
محمد الحسن|مُحَمَّد|أحمد|АННА Ёлкина|Йосип|Ґалаґан|Σοφία ΠΑΠΆΣ|李小龙|山田 太郎|김민준|ਗੁਰਪ੍ਰੀਤ ਸਿੰਘ|মোহাম্মদ|זאב|አበበ|Ələsgər
""".replace("\n", "|")
    .strip("|")
    .split("|")
)


@pytest.mark.django_db
@pytest.mark.parametrize("name", NAMES_TO_FOLD)
def test_the_database_normalises_and_codes_names_alike(name):
    with connection.cursor() as cursor:
        cursor.execute("SELECT matching_fold(%s), matching_keys(%s)", [name, name])
        folded, there = cursor.fetchone()
    assert folded == fold_name(name)
    assert set(there) == build_name_keys(fold_name(name))
