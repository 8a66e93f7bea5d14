"""What a measure's sources permit, one row a measure: a table written by hand, which never looks at the catalogue.

It was carried from what was read of the publications that each row names. What is known from memory only is not in it:
no score, band, threshold, range or direction may appear without a row. To widen a row is a decision about a
licence or a publication, made by a person who has it before them.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Score:
    """One score: how it comes about, its range (None: not known), its direction, and what is published of it."""

    method: str
    items: tuple = ()  # or the scores that it adds up
    range: tuple = (None, None)
    better: str = "lower"
    bands: dict = field(default_factory=dict)
    reliable: float | None = None


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


def make_typed(*names, better="lower", range=(None, None)):
    return {name: Score("typed", range=range, better=better) for name in names}


def make_total(items, low, high, name="total", **more):
    return {name: Score("sum", list_to(items), (low, high), **more)}


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
        scores=make_typed("warmth", better="higher") | make_typed("invasion"),
    ),
    # Svanberg 2013; Sharp 2024: the direction alone.
    "piios": PermittedMeasure(TOTALS, core=True, scores=make_typed("total")),
    # NCTSN measure page: mean of what was observed, three bands.
    "kips": PermittedMeasure(
        ITEMS,
        "local",
        core=True,
        answers=(12, 1, 5),
        skips=(list_to(12), None),
        scores={
            "mean": Score(
                "mean_of_answered", list_to(12), (1, 5), "higher", {1: "Low", 3: "Moderate", 4: "High"}
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
        scores=make_total(
            1,
            0,
            100,
            name="rating",
            better="higher",
            bands={
                0: "Disordered",
                40: "",
                61: "Significantly perturbed",
                71: "Perturbed",
                81: "Adapted",
                91: "Well adapted",
            },
        ),
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
                "sum", (3, 4, 5, 11, 14, 21, 23), (0, 35), bands={0: "", 13: "High"}
            ),
            "factor3_infant_anxiety": Score(
                "sum", (19, 20, 22, 25), (0, 20), bands={0: "", 10: "At or above the published cut-off"}
            ),
            "factor4_incipient_abuse": Score(
                "sum", (18, 24), (0, 10), bands={0: "", 2: "At or above the published cut-off"}
            ),
        },
    ),
    # Condon and Corkindale 1998; Dunn 2022: three parts, without weights or range.
    "mpas": PermittedMeasure(
        TOTALS,
        core=True,
        for_whom=("mother",),
        scores=make_typed(
            "quality_of_attachment", "absence_of_hostility", "pleasure_in_interaction", better="higher"
        ),
    ),
    # Riera-Martin 2018: three parts and the direction.
    "ppas": PermittedMeasure(
        TOTALS,
        core=True,
        for_whom=("father",),
        scores=make_typed(
            "patience_and_tolerance", "pleasure_in_interaction", "affection_and_pride", better="higher"
        ),
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
    # Nothing but the purpose.
    "paas": PermittedMeasure(TOTALS, for_whom=("father",), scores=make_typed("total", better="neither")),
    # The direction alone.
    "pai": PermittedMeasure(TOTALS, scores=make_typed("total", better="higher")),
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
    # The national list: range.
    "srs": PermittedMeasure(
        ITEMS, "local", link=True, answers=(4, 0, 10), scores=make_total(4, 0, 40, better="higher")
    ),
    # The national list: each item 1 to 3. Brown 2014: its parts are not precise enough alone.
    "esq": PermittedMeasure(ITEMS, "yes", link=True, answers=(12, 1, 3)),
    # RCPsych CR216.
    "poem": PermittedMeasure(DONE),
    # --- of the child ---
    # Item chart: no answer counts less than nought. Cut-offs are the publisher's.
    "asq_se2": PermittedMeasure(TOTALS, scores=make_typed("total", range=(0, None))),
    # © Guedeney. No publication is named for the cut-offs.
    "adbb": PermittedMeasure(ITEMS, "local", answers=(8, 0, 4), scores=make_total(8, 0, 32)),
    "m_adbb": PermittedMeasure(ITEMS, "local", answers=(5, 0, 2), scores=make_total(5, 0, 10)),
    # The national list: ranges. Nothing says which way impact goes.
    "sdq_2_4": PermittedMeasure(
        TOTALS,
        scores=make_typed(*SDQ_DIFFICULTIES, range=(0, 10))
        | make_typed("prosocial", better="higher", range=(0, 10))
        | {"total_difficulties": Score("total_of", SDQ_DIFFICULTIES, (0, 40))}
        | make_typed("impact", better="neither", range=(0, 10)),
    ),
    "nbas": PermittedMeasure(DONE),
    "nbo": PermittedMeasure(NONE),
    "lsim": PermittedMeasure(NONE),
    # --- of mood and family: never core ---
    # CamCOPS epds.py; Cox 1987. Two numbers may be typed instead of ten: the total and item 10.
    "epds": PermittedMeasure(
        ITEMS,
        "local",
        answers=(10, 0, 3),
        risk=(10,),
        totals_instead=True,
        scores=make_total(10, 0, 30, bands={0: "", 10: "Possible depression", 13: "Likely depression"}),
    ),
    # The national list: range, 6 points.
    "phq9": PermittedMeasure(
        ITEMS, "local", answers=(9, 0, 3), risk=(9,), scores=make_total(9, 0, 27, reliable=6)
    ),
    # The national list: range, 4 points.
    "gad7": PermittedMeasure(ITEMS, "local", answers=(7, 0, 3), scores=make_total(7, 0, 21, reliable=4)),
    # CamCOPS (ten means of what was answered; items 2 and 3 turned round); NHS England: 5 points.
    "core10": PermittedMeasure(
        ITEMS,
        "local",
        answers=(10, 0, 4),
        reversed=(2, 3),
        risk=(6,),
        scores={"clinical_score": Score("ten_means_of_answered", list_to(10), (0, 40), reliable=5)},
    ),
    # Two answers, and nothing that counts them.
    "whooley": PermittedMeasure(ITEMS, "local", answers=(2, 0, 1)),
    # Stratton 2014; the national list: range, 10 points. Nothing that was read says which way it goes.
    "score15": PermittedMeasure(
        TOTALS, scores={"total": Score("typed", (), (15, 75), "neither", reliable=10)}
    ),
}
