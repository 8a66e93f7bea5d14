"""A second scorer of the measures, written from the figures alone; it shares no code, table or form with the product.

Item by item instead of score by score: one character an item says whether it counts as answered (+) or turned round
(-), another to which part it belongs. All arithmetic is in exact fractions. The figures are those of Luyten 2017
(PRFQ), Brockington as in CamCOPS pbq.py and RCPsych CR216 (PBQ), Condon 1993 as in CamCOPS maas.py (MAAS), the NCTSN
measure page (KIPS), the KPCS manual of 2008, Matthey 2006 and Edmondson 2010 (EPDS), the CORE System Trust and CamCOPS
(CORE-10), CORC (BPSES), Law 2019 (GBO), the DC:0-3R training material (PIR-GAS), DC:0-5 Axis II, Guedeney (ADBB and its
short form), topse.org.uk (TOPSE), attachment.services (CARE-Index), NICE as in PMC6457164 (Whooley), and NHS England's
list of tools (PHQ-9, GAD-7, ORS, SRS, ESQ, SDQ).
"""

from fractions import Fraction

# measure: (answers from, to, tenths allowed, one sign an item)
MEASURE_FORMS = {
    "prfq": (1, 7, False, "++++++++++-++++++-"),
    "pbq": (0, 5, False, "+--+---++-+----+-----+--+"),
    "maas": (1, 5, False, "+++++++++++++++++++"),
    "kips": (1, 5, False, "++++++++++++"),
    "kpcs": (0, 3, False, "+++++++++++++++"),
    "bpses": (1, 5, False, "+++++"),
    "pir_gas": (0, 100, False, "+"),
    "dc05_axis2": (1, 4, False, "++"),
    "gbo": (0, 10, False, "+"),
    "ors": (0, 10, True, "++++"),
    "srs": (0, 10, True, "++++"),
    "adbb": (0, 4, False, "++++++++"),
    "m_adbb": (0, 2, False, "+++++"),
    "epds": (0, 3, False, "++++++++++"),
    "phq9": (0, 3, False, "+++++++++"),
    "gad7": (0, 3, False, "+++++++"),
    "core10": (0, 4, False, "+--+++++++"),
    "whooley": (0, 1, False, "++"),
    "esq": (1, 3, False, "++++++++++++"),
}
# The part that each item belongs to; a dot: to none.
ITEM_PARTS = {
    "prfq": "PCIPCIPCIPCIPCIPCI",
    "pbq": "GGRRRGGGGGRGGRGGGFAARARFA",
    "maas": "TTQTTQ.TQQQQQTQQTTQ",
    "dc05_axis2": "AB",
}
# What a part is called, and what all items together are called; "" where the whole is no score.
SCORE_NAMES = {
    "prfq": {"P": "pre_mentalising", "C": "certainty_mental_states", "I": "interest_curiosity"},
    "pbq": {
        "": "total", "G": "factor1_general", "R": "factor2_rejection_anger", "A": "factor3_infant_anxiety",
        "F": "factor4_incipient_abuse",
    },
    "maas": {"": "global", "Q": "quality_of_attachment", "T": "time_in_attachment_mode"},
    "dc05_axis2": {"A": "part_a", "B": "part_b"},
    "kips": {"": "mean"}, "pir_gas": {"": "rating"}, "gbo": {"": "goal"}, "core10": {"": "clinical_score"},
    "whooley": {"": "screen"}, "esq": {},
}  # fmt: skip
NOT_OBSERVED = {"kips": "all"}
NOT_APPLICABLE_COUNTS_TWO = {"kpcs": (1, 9)}
RISK_ITEMS = {"pbq": (18, 24), "epds": (10,), "phq9": (9,), "core10": (6,)}
# The first score of each band, from the top down, and what it is called.
SCORE_BANDS = {
    "mean": ((4, "High, of programmes"), (3, "Moderate, of programmes"), (1, "Low, of programmes")),
    "factor1_general": ((12, "High"),),
    "factor2_rejection_anger": ((13, "High: the author advises to interview the mother"),),
    "factor3_infant_anxiety": (
        (10, "At or above the published cut-off; this factor did poorly in validation"),
    ),
    "factor4_incipient_abuse": ((2, "At or above the published cut-off"),),
    "rating": (
        (91, "Well adapted"), (81, "Adapted"), (71, "Perturbed"), (61, "Significantly perturbed"), (40, None),
        (0, "Disordered"),
    ),
    ("kpcs", "total"): ((40, None), (0, "Low confidence")),
    ("phq9", "total"): (
        (20, "In the published band from 20"), (15, "In the published band 15 to 19"),
        (10, "In the published band 10 to 14"), (5, "In the published band 5 to 9"),
    ),
    ("gad7", "total"): (
        (15, "In the published band from 15"), (10, "In the published band 10 to 14"),
        (5, "In the published band 5 to 9"),
    ),
    "clinical_score": (
        (25, "In the clinical range, 25 or more"), (20, "In the clinical range, 20 to 24"),
        (15, "In the clinical range, 15 to 19"), (11, "In the clinical range, 11 to 14"),
    ),
    ("adbb", "total"): ((5, "At or above the published cut-off"),),
    ("m_adbb", "total"): ((2, "At or above the suggested line of a screen"),),
    ("srs", "total"): ((Fraction(361, 10), None), (0, "At or below 36: talk about how the sessions are going")),
    "screen": ((1, "Positive: offer the EPDS or PHQ-9, and an assessment"),),
}  # fmt: skip


def find_impossible_items(measure, answers):
    """The items whose answer cannot be."""
    low, high, tenths, signs = MEASURE_FORMS[measure]
    bad = set()
    for item, answer in answers.items():
        if item not in range(1, len(signs) + 1):
            bad.add(item)
        elif answer is None:
            if not may_not_apply(measure, item):
                bad.add(item)
        elif answer < low or answer > high or (Fraction(answer) * (10 if tenths else 1)).denominator != 1:
            bad.add(item)
    return bad


def may_not_apply(measure, item):
    return NOT_OBSERVED.get(measure) == "all" or item in NOT_APPLICABLE_COUNTS_TWO.get(measure, ())


def score_answers(measure, answers):
    """({score: value or None}, [risk items that count], {score: what its band is called})."""
    low, high, _, signs = MEASURE_FORMS[measure]
    counts = {}
    for item, sign in enumerate(signs, start=1):
        if item not in answers:
            continue
        answer = answers[item]
        if answer is None:
            if item in NOT_APPLICABLE_COUNTS_TWO.get(measure, ()):
                counts[item] = Fraction(2)
        else:
            counts[item] = Fraction(answer) if sign == "+" else Fraction(low + high) - Fraction(answer)
    scores = {}
    for letter, name in SCORE_NAMES.get(measure, {"": "total"}).items():
        members = [
            item for item in range(1, len(signs) + 1) if not letter or ITEM_PARTS[measure][item - 1] == letter
        ]
        scores[name] = combine_items(measure, [counts.get(item) for item in members])
    risk = [item for item in RISK_ITEMS.get(measure, ()) if counts.get(item, low) > low]
    return scores, risk, {name: get_band(measure, name, value) for name, value in scores.items()}


def combine_items(measure, values):
    """One score from what its items count; None stands for an item that counts nothing."""
    there = [value for value in values if value is not None]
    if measure == "whooley":  # one yes is enough
        if any(value == 1 for value in there):
            return Fraction(1)
        return Fraction(0) if len(there) == len(values) else None
    if measure in ("kips", "core10"):
        if not there or (measure == "core10" and len(there) < 9):
            return None
        mean = sum(there) / len(there)
        return round_to_two_places(mean * 10 if measure == "core10" else mean)
    if len(there) < len(values):
        return None
    return round_to_two_places(sum(there) / len(there) if measure == "prfq" else sum(there))


def round_to_two_places(value):
    return round(Fraction(value), 2)


def get_band(measure, name, value):
    """What the score's band is called, or None."""
    if value is None:
        return None
    for first, words in SCORE_BANDS.get((measure, name), SCORE_BANDS.get(name, ())):
        if value >= first:
            return words
    return None


# --- numbers that are typed ---

TOPSE_DOMAINS = (
    "emotion_and_affection", "play_and_enjoyment", "empathy_and_understanding", "control",
    "discipline_and_boundaries", "pressures_of_parenting", "self_acceptance", "learning_and_knowledge",
)  # fmt: skip
CARE_INDEX_SCALES = (
    "adult_sensitive", "adult_controlling", "adult_unresponsive", "child_cooperative", "child_difficult",
    "child_compulsive", "child_passive",
)  # fmt: skip
SDQ_SCALES = ("emotional", "conduct", "hyperactivity", "peer", "prosocial", "impact")
TYPED_RANGES = {
    "topse": dict.fromkeys(TOPSE_DOMAINS, (0, 60)),
    "sdq_2_4": dict.fromkeys(SDQ_SCALES, (0, 10)),
    "care_index": dict.fromkeys(CARE_INDEX_SCALES, (0, 14)),
    # Nothing is negative; above, nothing is certain.
    "mpas": dict.fromkeys(
        ("quality_of_attachment", "absence_of_hostility", "pleasure_in_interaction"), (0, 9999)
    ),
    "ppas": dict.fromkeys(
        ("patience_and_tolerance", "pleasure_in_interaction", "affection_and_pride"), (0, 9999)
    ),
}
ADDED_TOTALS = {
    "topse": ("total", ()), "mpas": ("total", ()), "ppas": ("total", ()),
    "sdq_2_4": ("total_difficulties", ("prosocial", "impact")),
}  # fmt: skip


def score_typed(measure, typed):
    """{score: value}: those that were typed, and the one that is added up where all its parts are there."""
    scores = {name: typed.get(name) for name in TYPED_RANGES[measure]}
    if measure in ADDED_TOTALS:
        name, left_out = ADDED_TOTALS[measure]
        parts = [value for part, value in scores.items() if part not in left_out]
        scores[name] = None if None in parts else sum(parts)
    return scores


def is_typed_impossible(measure, typed):
    """Is anything out of its range, or does a person's CARE-Index make other than 14?"""
    if any(
        not TYPED_RANGES[measure][name][0] <= value <= TYPED_RANGES[measure][name][1]
        for name, value in typed.items()
    ):
        return True
    if measure != "care_index":
        return False
    for person, scales in (("adult", 3), ("child", 4)):
        coded = [value for name, value in typed.items() if name.startswith(person)]
        if len(coded) == scales and sum(coded) != 14:
            return True
    return False
