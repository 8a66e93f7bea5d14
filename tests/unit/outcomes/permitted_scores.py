"""What a measure's sources permit, one row a measure: a table written by hand, which never looks at the catalogue.

It was carried from what was read of the publications that each row names. What is known from memory only is not in it:
no score, band, threshold, range or direction may appear without a row. To widen a row is a decision about a
licence or a publication, made by a person who has it before them.
"""

from dataclasses import dataclass, field
from itertools import pairwise


@dataclass(frozen=True)
class Score:
    """One score: how it comes about, its range (None: not known), its direction, and what is published of it."""

    method: str
    items: tuple = ()  # or the scores that it adds up
    range: tuple = (None, None)
    better: str = "lower"
    bands: dict = field(default_factory=dict)
    reliable: float | None = None
    needs: int | None = None  # answered items, or there is no score
    asks: tuple = (None, None, None)  # below, above, and with fewer answered items


@dataclass(frozen=True)
class PermittedMeasure:
    """One measure."""

    kind: str
    wording: str = "no"  # yes: a licence that lets them be shown was read; local: by a service's own copy
    core: bool = False
    link: bool = False
    answers: tuple = ()  # how many items, the lowest answer, the highest
    reversed: tuple = ()
    risk: tuple = ()
    skips: tuple | None = None  # items that may not apply, what they count
    sums: tuple = ()
    may_confirm: bool = False
    totals_instead: bool = False
    for_whom: tuple = ()
    scores: dict = field(default_factory=dict)


def list_to(last):
    return tuple(range(1, last + 1))


def make_typed(*names, better="lower", range=(0, None), asks=(None, None, None)):
    """Nothing is negative; a range that is only probable is asked about (``asks``), never refused."""
    return {name: Score("typed", range=range, better=better, asks=asks) for name in names}


def make_total(items, low, high, name="total", **more):
    return {name: Score("sum", list_to(items), (low, high), **more)}


def make_bands(*starts):
    """Bands that have numbers and no names here."""
    ends = [f"{first} to {last - 1}" for first, last in pairwise(starts)]
    words = [*ends, f"from {starts[-1]}"]
    return {0: ""} | {
        start: f"In the published band {each}" for start, each in zip(starts, words, strict=True)
    }


CORE10_BANDS = {0: "", 11: "In the clinical range, 11 to 14", 15: "In the clinical range, 15 to 19"} | {
    20: "In the clinical range, 20 to 24", 25: "In the clinical range, 25 or more"
}  # fmt: skip
EPDS_BANDS = {
    ("after birth", 0): "", ("after birth", 10): "Possible depression",
    ("after birth", 13): "Probable major depression",
    ("pregnancy", 0): "", ("pregnancy", 15): "Probable depression in pregnancy",
    ("father", 0): "", ("father", 11): "At or above the cut-off for fathers",
}  # fmt: skip
PIR_GAS_BANDS = {
    0: "Disordered", 40: "", 61: "Significantly perturbed", 71: "Perturbed", 81: "Adapted", 91: "Well adapted"
}  # fmt: skip
MPAS_PARTS = ("quality_of_attachment", "absence_of_hostility", "pleasure_in_interaction")
PPAS_PARTS = ("patience_and_tolerance", "pleasure_in_interaction", "affection_and_pride")
ITEMS, TOTALS, DONE, NONE = "items", "totals", "done", "none"
TOPSE_DOMAINS = (
    "emotion_and_affection", "play_and_enjoyment", "empathy_and_understanding", "control",
    "discipline_and_boundaries", "pressures_of_parenting", "self_acceptance", "learning_and_knowledge",
)  # fmt: skip
SDQ_DIFFICULTIES = ("emotional", "conduct", "hyperactivity", "peer")
CARE_INDEX_ADULT = ("adult_sensitive", "adult_controlling", "adult_unresponsive")
CARE_INDEX_CHILD = ("child_cooperative", "child_difficult", "child_compulsive", "child_passive")
EAS_SCALES = (
    "sensitivity",
    "structuring",
    "nonintrusiveness",
    "nonhostility",
    "responsiveness",
    "involvement",
)

PERMITTED = {
    # --- of the relationship ---
    # morscales.org; Bhopal 2022 (PMC8847700). Coding, items 13 and 14 and the range: only a registered copy says.
    "mors_sf": PermittedMeasure(
        TOTALS,
        "local",
        core=True,
        may_confirm=True,
        scores=make_typed("warmth", better="higher", asks=(None, 35, None))
        | make_typed("invasion", asks=(None, 35, None)),
    ),
    # Svanberg 2013; Sharp 2024: the direction alone.
    "piios": PermittedMeasure(TOTALS, core=True, scores=make_typed("total", asks=(None, 52, None))),
    # NCTSN measure page: mean of what was observed, three bands.
    "kips": PermittedMeasure(
        ITEMS,
        "local",
        core=True,
        answers=(12, 1, 5),
        skips=(list_to(12), None),
        scores={
            "mean": Score(
                "mean_of_answered",
                list_to(12),
                (1, 5),
                "higher",
                {1: "Low, of programmes", 3: "Moderate, of programmes", 4: "High, of programmes"},
                asks=(None, None, 10),
            )
        },
    ),
    # attachment.services: seven scales of 0 to 14; each person's make 14. Sensitivity and cooperation have a direction.
    "care_index": PermittedMeasure(
        TOTALS,
        core=True,
        sums=((CARE_INDEX_ADULT, 14), (CARE_INDEX_CHILD, 14)),
        scores=make_typed(*CARE_INDEX_ADULT, *CARE_INDEX_CHILD, better="neither", range=(0, 14))
        | make_typed("adult_sensitive", "child_cooperative", better="higher", range=(0, 14)),
    ),
    # emotionalavailability.com: EA-Z 0 to 100; of the six, names and direction only.
    "eas": PermittedMeasure(
        TOTALS,
        core=True,
        scores=make_typed("eaz_adult", "eaz_child", better="higher", range=(0, 100))
        | make_typed(*EAS_SCALES, better="higher"),
    ),
    # DC:0-3R training material: four bands from 61 up, disordered below 40, nothing published in between.
    "pir_gas": PermittedMeasure(
        ITEMS,
        "local",
        core=True,
        answers=(1, 0, 100),
        scores=make_total(1, 0, 100, name="rating", better="higher", bands=PIR_GAS_BANDS),
    ),
    # DC:0-5 Axis II: two levels of 1 to 4, each alone.
    "dc05_axis2": PermittedMeasure(
        ITEMS,
        "local",
        core=True,
        answers=(2, 1, 4),
        scores={"part_a": Score("sum", (1,), (1, 4)), "part_b": Score("sum", (2,), (1, 4))},
    ),
    # Luyten 2017: three means, items 11 and 18 turned round, certainty without a direction.
    "prfq": PermittedMeasure(
        ITEMS,
        "local",
        core=True,
        link=True,
        answers=(18, 1, 7),
        reversed=(11, 18),
        scores={
            "pre_mentalising": Score("mean", (1, 4, 7, 10, 13, 16), (1, 7)),
            "certainty_mental_states": Score("mean", (2, 5, 8, 11, 14, 17), (1, 7), "neither"),
            "interest_curiosity": Score("mean", (3, 6, 9, 12, 15, 18), (1, 7), "higher"),
        },
    ),
    # CamCOPS pbq.py; RCPsych CR216. 0 is "always": all but eight items are turned round. Items 18 and 24 are of risk.
    "pbq": PermittedMeasure(
        ITEMS,
        "local",
        core=True,
        answers=(25, 0, 5),
        risk=(18, 24),
        reversed=(2, 3, 5, 6, 7, 10, 12, 13, 14, 15, 17, 18, 19, 20, 21, 23, 24),
        scores=make_total(25, 0, 125)
        | {
            "factor1_general": Score(
                "sum", (1, 2, 6, 7, 8, 9, 10, 12, 13, 15, 16, 17), (0, 60), bands={0: "", 12: "High"}
            ),
            "factor2_rejection_anger": Score(
                "sum",
                (3, 4, 5, 11, 14, 21, 23),
                (0, 35),
                bands={0: "", 13: "High: the author advises to interview the mother"},
            ),
            "factor3_infant_anxiety": Score(
                "sum",
                (19, 20, 22, 25),
                (0, 20),
                bands={0: "", 10: "At or above the published cut-off; this factor did poorly in validation"},
            ),
            "factor4_incipient_abuse": Score(
                "sum", (18, 24), (0, 10), bands={0: "", 2: "At or above the published cut-off"}
            ),
        },
    ),
    # Condon and Corkindale 1998; Dunn 2022: three parts and nineteen items of 1 to 5; the ranges are only probable.
    "mpas": PermittedMeasure(
        TOTALS,
        core=True,
        for_whom=("mother",),
        scores=make_typed("quality_of_attachment", better="higher", asks=(9, 45, None))
        | make_typed("absence_of_hostility", "pleasure_in_interaction", better="higher", asks=(5, 25, None))
        | {"total": Score("total_of", MPAS_PARTS, (0, None), "higher", asks=(19, 95, None))},
    ),
    # Riera-Martin 2018: three parts of nineteen items and the direction; shorter versions exist.
    "ppas": PermittedMeasure(
        TOTALS,
        core=True,
        for_whom=("father",),
        scores=make_typed(*PPAS_PARTS, better="higher")
        | {"total": Score("total_of", PPAS_PARTS, (0, None), "higher", asks=(19, 95, None))},
    ),
    # CamCOPS maas.py; Condon 2015 (CC BY 3.0 AU). Values of attachment, so nothing is turned round.
    "maas": PermittedMeasure(
        ITEMS,
        "yes",
        core=True,
        link=True,
        answers=(19, 1, 5),
        for_whom=("mother",),
        scores=make_total(19, 19, 95, name="global", better="higher")
        | {
            "quality_of_attachment": Score("sum", (3, 6, 9, 10, 11, 12, 13, 15, 16, 19), (10, 50), "higher"),
            "time_in_attachment_mode": Score("sum", (1, 2, 4, 5, 8, 14, 17, 18), (8, 40), "higher"),
        },
    ),
    # bio-protocol.org, detail 8725903: sixteen items of five points.
    "paas": PermittedMeasure(
        TOTALS, for_whom=("father",), scores=make_typed("total", better="neither", range=(16, 80))
    ),
    # The direction, and 21 items; that they are answered 1 to 4 is only probable.
    "pai": PermittedMeasure(TOTALS, scores=make_typed("total", better="higher", asks=(21, 84, None))),
    # Taylor 2005; Yoshida 2012: 0 to 24. Which words are turned round: only a copy says.
    "mibs": PermittedMeasure(
        TOTALS, "local", core=True, may_confirm=True, scores=make_typed("total", range=(0, 24))
    ),
    # Vaillancourt 2026: the names of the three.
    "nichd": PermittedMeasure(
        TOTALS,
        core=True,
        scores=make_typed("composite", "sensitivity", "intrusiveness", "positive_regard", better="neither"),
    ),
    # A study of 434 mothers: one dimension.
    "mamb": PermittedMeasure(TOTALS, for_whom=("mother",), scores=make_typed("total", better="neither")),
    "leao": PermittedMeasure(DONE),
    "nhsl_imhois": PermittedMeasure(DONE),
    # --- of parenting ---
    # KPCS manual 2008: 39 and below is low; items 1 and 9 count 2 where they do not apply.
    "kpcs": PermittedMeasure(
        ITEMS,
        "yes",
        link=True,
        answers=(15, 0, 3),
        skips=((1, 9), 2),
        scores=make_total(15, 0, 45, better="higher", bands={0: "Low confidence", 40: ""}),
    ),
    # topse.org.uk: eight domains of six items answered 0 to 10.
    "topse": PermittedMeasure(
        TOTALS,
        scores=make_typed(*TOPSE_DOMAINS, better="higher", range=(0, 60))
        | {"total": Score("total_of", TOPSE_DOMAINS, (0, 480), "higher")},
    ),
    # CORC; the national list of tools.
    "bpses": PermittedMeasure(
        ITEMS, "yes", link=True, answers=(5, 1, 5), scores=make_total(5, 5, 25, better="higher")
    ),
    # Wittkowski 2017: that it is of self-efficacy.
    "bap": PermittedMeasure(TOTALS, scores=make_typed("total", better="neither")),
    # --- goals, sessions, experience ---
    # Law 2019 (CC BY-NC-SA 4.0); NHS England: three points.
    "gbo": PermittedMeasure(
        "goal",
        "yes",
        answers=(1, 0, 10),
        scores=make_total(1, 0, 10, name="goal", better="higher", reliable=3),
    ),
    # The national list: range, 6.6 points.
    "ors": PermittedMeasure(
        ITEMS,
        "local",
        link=True,
        answers=(4, 0, 10),
        scores=make_total(4, 0, 40, better="higher", reliable=6.6),
    ),
    # The national list: range. KA-01028 and hiboop.com: a line of 36, which one calls below and one at or below.
    "srs": PermittedMeasure(
        ITEMS,
        "local",
        link=True,
        answers=(4, 0, 10),
        scores=make_total(
            4,
            0,
            40,
            better="higher",
            bands={0: "At or below 36: talk about how the sessions are going", 36.1: ""},
        ),
    ),
    # The national list: each item 1 to 3. Brown 2014: its parts are not precise enough alone.
    "esq": PermittedMeasure(ITEMS, "yes", link=True, answers=(12, 1, 3)),
    # RCPsych CR216.
    "poem": PermittedMeasure(DONE),
    # --- of the child ---
    # Item chart: no answer counts less than nought. Cut-offs are the publisher's.
    "asq_se2": PermittedMeasure(TOTALS, scores=make_typed("total", range=(0, None))),
    # fped.2022.804802, fpsyg.2020.02025, adbb-scale.com: five, and two as the line of a screen.
    "adbb": PermittedMeasure(
        ITEMS,
        "local",
        answers=(8, 0, 4),
        scores=make_total(8, 0, 32, bands={0: "", 5: "At or above the published cut-off"}),
    ),
    "m_adbb": PermittedMeasure(
        ITEMS,
        "local",
        answers=(5, 0, 2),
        scores=make_total(5, 0, 10, bands={0: "", 2: "At or above the suggested line of a screen"}),
    ),
    # The national list: ranges. awell-score: a lower impact is better.
    "sdq_2_4": PermittedMeasure(
        TOTALS,
        scores=make_typed(*SDQ_DIFFICULTIES, range=(0, 10))
        | make_typed("prosocial", better="higher", range=(0, 10))
        | {"total_difficulties": Score("total_of", SDQ_DIFFICULTIES, (0, 40))}
        | make_typed("impact", range=(0, 10)),
    ),
    "nbas": PermittedMeasure(DONE),
    "nbo": PermittedMeasure(NONE),
    "lsim": PermittedMeasure(NONE),
    # --- of mood and family: never core ---
    # CamCOPS epds.py; Matthey 2006 (mothers after the birth 10 and 13, in pregnancy 15); Edmondson 2010 (fathers above
    # 10). Two numbers may be typed instead of ten: the total and item 10.
    "epds": PermittedMeasure(
        ITEMS,
        "local",
        answers=(10, 0, 3),
        risk=(10,),
        totals_instead=True,
        scores=make_total(10, 0, 30, bands=EPDS_BANDS),
    ),
    # The national list: range, 6 points. CamCOPS and awell-score: the bands, without their names.
    "phq9": PermittedMeasure(
        ITEMS,
        "local",
        answers=(9, 0, 3),
        risk=(9,),
        scores=make_total(9, 0, 27, bands=make_bands(5, 10, 15, 20), reliable=6),
    ),
    # The national list: range, 4 points. CamCOPS and awell-score: the bands, without their names.
    "gad7": PermittedMeasure(
        ITEMS,
        "local",
        answers=(7, 0, 3),
        scores=make_total(7, 0, 21, bands=make_bands(5, 10, 15), reliable=4),
    ),
    # coresystemtrust.org.uk (ten means, at most one of ten missing); CamCOPS (items 2 and 3 turned round); NHS England:
    # 5 points; SOCAS resource hub: clinical from 11, and the bands.
    "core10": PermittedMeasure(
        ITEMS,
        "local",
        answers=(10, 0, 4),
        reversed=(2, 3),
        risk=(6,),
        scores={
            "clinical_score": Score(
                "ten_means_of_answered", list_to(10), (0, 40), bands=CORE10_BANDS, reliable=5, needs=9
            )
        },
    ),
    # primarycarenotebook.com (NICE), PMC6457164: a yes to either, in pregnancy too.
    "whooley": PermittedMeasure(
        ITEMS,
        "local",
        answers=(2, 0, 1),
        scores={
            "screen": Score(
                "any",
                (1, 2),
                (0, 1),
                bands={0: "", 1: "Positive: offer the EPDS or PHQ-9, and an assessment"},
            )
        },
    ),
    # Stratton 2014; the national list: range, 10 points. Nothing that was read says which way it goes.
    "score15": PermittedMeasure(
        TOTALS, scores={"total": Score("typed", (), (15, 75), "neither", reliable=10)}
    ),
}
