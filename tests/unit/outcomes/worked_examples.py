"""Worked examples: for every measure that is scored, answers, the scores worked out by hand, and whose rule it is.

No publication that was read prints a whole form with its scores, so the arithmetic of the published rule is done here,
beside each row. An item that is absent has no answer; one that is None was marked as not applying.
"""


def make_equal_answers(count, value, **others):
    """{1: value, … count: value}, but for q3=…"""
    return dict.fromkeys(range(1, count + 1), value) | {int(name[1:]): each for name, each in others.items()}


def make_answers(*values):
    """{1: first, 2: second, …}"""
    return dict(enumerate(values, start=1))


def remove_items(answers, *items):
    return {item: answer for item, answer in answers.items() if item not in items}


def make_prfq_scores(pre, certainty, interest):
    return {"pre_mentalising": pre, "certainty_mental_states": certainty, "interest_curiosity": interest}


def make_pbq_scores(total, general, anger, anxiety, abuse):
    return {
        "total": total, "factor1_general": general, "factor2_rejection_anger": anger,
        "factor3_infant_anxiety": anxiety, "factor4_incipient_abuse": abuse,
    }  # fmt: skip


def make_maas_scores(overall, quality, time):
    return {"global": overall, "quality_of_attachment": quality, "time_in_attachment_mode": time}


def make_total_score(value):
    return {"total": value}


def make_clinical_score(value):
    return {"clinical_score": value}


def make_mean_score(value):
    return {"mean": value}


# Eight items of PBQ count as they stand on the page; the answers that count nought are 0 there and 5 elsewhere.
PBQ_LOWEST = make_equal_answers(25, 5, q1=0, q4=0, q8=0, q9=0, q11=0, q16=0, q22=0, q25=0)
PBQ_HIGHEST = make_equal_answers(25, 0, q1=5, q4=5, q8=5, q9=5, q11=5, q16=5, q22=5, q25=5)

# {measure: (whose rule it is, [(answers, scores), …])}
WORKED_EXAMPLES = {
    "prfq": (
        "Luyten and others 2017: means of six items; 11 and 18 count 8 less the answer",
        [
            # all 1: certainty (5 x 1 + 7) / 6 = 2, interest the same, since items 11 and 18 turn round
            (make_equal_answers(18, 1), make_prfq_scores(1.0, 2.0, 2.0)),
            # all 7: (5 x 7 + 1) / 6 = 6
            (make_equal_answers(18, 7), make_prfq_scores(7.0, 6.0, 6.0)),
            (make_equal_answers(18, 4), make_prfq_scores(4.0, 4.0, 4.0)),
            # the extremes of the turned items: (5 x 7 + 7) / 6 and (5 x 1 + 1) / 6
            (make_equal_answers(18, 7, q11=1, q18=1), make_prfq_scores(7.0, 7.0, 7.0)),
            (make_equal_answers(18, 1, q11=7, q18=7), make_prfq_scores(1.0, 1.0, 1.0)),
            # 1 2 3 4 5 6 over items 1 4 7 10 13 16: 21 / 6 = 3.5; the others as all 4
            (
                make_equal_answers(18, 4, q1=1, q4=2, q7=3, q10=4, q13=5, q16=6),
                make_prfq_scores(3.5, 4.0, 4.0),
            ),
            # item 11 alone: (5 x 4 + 8 - 1) / 6 = 27 / 6; item 18 alone: (5 x 4 + 8 - 6) / 6 = 22 / 6
            (make_equal_answers(18, 4, q11=1), make_prfq_scores(4.0, 4.5, 4.0)),
            (make_equal_answers(18, 4, q18=6), make_prfq_scores(4.0, 4.0, 3.67)),
            ({}, make_prfq_scores(None, None, None)),
        ],
    ),
    "pbq": (
        "Brockington, as in CamCOPS pbq.py: eight items count as printed from 0 (always), the others 5 less the answer",
        [
            # all "always": 17 turned items of 5 = 85. Factor 1 has 8 of them, factor 2 has 5, factor 3 and 4 have 2.
            (make_equal_answers(25, 0), make_pbq_scores(85.0, 40.0, 25.0, 10.0, 10.0)),
            # all "never": 8 items as printed of 5 = 40: four in factor 1, two in factor 2, two in factor 3
            (make_equal_answers(25, 5), make_pbq_scores(40.0, 20.0, 10.0, 10.0, 0.0)),
            (PBQ_LOWEST, make_pbq_scores(0.0, 0.0, 0.0, 0.0, 0.0)),
            (PBQ_HIGHEST, make_pbq_scores(125.0, 60.0, 35.0, 20.0, 10.0)),
            # all 3: 8 x 3 + 17 x 2 = 58; 4 x 3 + 8 x 2 = 28; 2 x 3 + 5 x 2 = 16; 2 x 3 + 2 x 2 = 10; 2 x 2 = 4
            (make_equal_answers(25, 3), make_pbq_scores(58.0, 28.0, 16.0, 10.0, 4.0)),
            # from nought: item 1 at 2 counts 2, item 3 at 3 counts 2, item 25 at 5 counts 5, item 18 at 4 counts 1
            (PBQ_LOWEST | {1: 2, 3: 3, 25: 5, 18: 4}, make_pbq_scores(10.0, 2.0, 2.0, 5.0, 1.0)),
            ({}, make_pbq_scores(None, None, None, None, None)),
        ],
    ),
    "maas": (
        "Condon 1993, as in CamCOPS maas.py: sums of attachment values; item 7 counts in the whole only",
        [
            (make_equal_answers(19, 1), make_maas_scores(19.0, 10.0, 8.0)),
            (make_equal_answers(19, 5), make_maas_scores(95.0, 50.0, 40.0)),
            (make_equal_answers(19, 3), make_maas_scores(57.0, 30.0, 24.0)),
            # item 7 two higher: 57 + 2, and no part moves
            (make_equal_answers(19, 3, q7=5), make_maas_scores(59.0, 30.0, 24.0)),
            # item 3 (quality) two lower, item 1 (time) two higher: 57 - 2 + 2, 30 - 2, 24 + 2
            (make_equal_answers(19, 3, q3=1, q1=5), make_maas_scores(57.0, 28.0, 26.0)),
            # item 7 missing: 30 and 24 stand
            (remove_items(make_equal_answers(19, 3), 7), make_maas_scores(None, 30.0, 24.0)),
            ({}, make_maas_scores(None, None, None)),
        ],
    ),
    "kips": (
        "NCTSN measure page: the mean of the items that were scored",
        [
            (make_equal_answers(12, 1), make_mean_score(1.0)),
            (make_equal_answers(12, 5), make_mean_score(5.0)),
            # six of 2 and six of 5: 42 / 12
            (make_answers(2, 5, 2, 5, 2, 5, 2, 5, 2, 5, 2, 5), make_mean_score(3.5)),
            # eleven of 3 and one of 2: 35 / 12 = 2.916…, the highest mean below 3
            (make_equal_answers(12, 3, q4=2), make_mean_score(2.92)),
            # item 1 not observed; five of 5 and six of 4: 49 / 11 = 4.4545…
            (make_answers(None, 5, 5, 5, 5, 5, 4, 4, 4, 4, 4, 4), make_mean_score(4.45)),
            # one left out without a word and one not observed: 2 x 10 / 10
            (remove_items(make_equal_answers(12, 2, q1=None), 2), make_mean_score(2.0)),
            # a single one observed
            (make_equal_answers(12, None, q7=4), make_mean_score(4.0)),
            (make_equal_answers(12, None), make_mean_score(None)),
            ({}, make_mean_score(None)),
        ],
    ),
    "pir_gas": (
        "DC:0-3R training material: one number from 0 to 100",
        [
            ({1: 0}, {"rating": 0.0}),
            ({1: 100}, {"rating": 100.0}),
            ({1: 55}, {"rating": 55.0}),
            ({}, {"rating": None}),
        ],
    ),
    "dc05_axis2": (
        "DC:0-5 Axis II: a level from 1 to 4 for each part, never added",
        [
            (make_answers(1, 1), {"part_a": 1.0, "part_b": 1.0}),
            (make_answers(4, 4), {"part_a": 4.0, "part_b": 4.0}),
            (make_answers(2, 3), {"part_a": 2.0, "part_b": 3.0}),
            ({2: 3}, {"part_a": None, "part_b": 3.0}),
            ({}, {"part_a": None, "part_b": None}),
        ],
    ),
    "kpcs": (
        "KPCS manual 2008: a sum; items 1 and 9 count 2 where they do not apply",
        [
            (make_equal_answers(15, 0), make_total_score(0.0)),
            (make_equal_answers(15, 3), make_total_score(45.0)),
            (make_equal_answers(15, 2), make_total_score(30.0)),
            # 0 1 2 3 three times and 0 1 2: 3 x 6 + 3
            (make_answers(0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2), make_total_score(21.0)),
            # one that does not apply: 14 x 3 + 2; both: 13 x 3 + 4
            (make_equal_answers(15, 3, q1=None), make_total_score(44.0)),
            (make_equal_answers(15, 3, q9=None), make_total_score(44.0)),
            (make_equal_answers(15, 3, q1=None, q9=None), make_total_score(43.0)),
            # both, beside nothing but noughts: 2 + 2
            (make_equal_answers(15, 0, q1=None, q9=None), make_total_score(4.0)),
            # one does not apply, the other was left out: no total
            (remove_items(make_equal_answers(15, 3, q1=None), 9), make_total_score(None)),
            ({}, make_total_score(None)),
        ],
    ),
    "bpses": (
        "CORC: a sum of five",
        [
            (make_equal_answers(5, 1), make_total_score(5.0)),
            (make_equal_answers(5, 5), make_total_score(25.0)),
            (make_answers(1, 2, 3, 4, 5), make_total_score(15.0)),
            ({}, make_total_score(None)),
        ],
    ),
    "gbo": (
        "Law 2019: one number from 0 to 10 a goal",
        [({1: 0}, {"goal": 0.0}), ({1: 10}, {"goal": 10.0}), ({1: 6}, {"goal": 6.0}), ({}, {"goal": None})],
    ),
    "ors": (
        "The national list (0 to 40): a sum of four lines to one place",
        [
            (make_equal_answers(4, 0), make_total_score(0.0)),
            (make_equal_answers(4, 10), make_total_score(40.0)),
            # 2.5 + 3.4 + 10 + 0.1
            (make_answers(2.5, 3.4, 10, 0.1), make_total_score(16.0)),
            # tenths that no binary fraction holds: 3 x 0.1 + 0.3
            (make_answers(0.1, 0.1, 0.1, 0.3), make_total_score(0.6)),
            ({}, make_total_score(None)),
        ],
    ),
    "srs": (
        "The national list (0 to 40): a sum of four lines to one place",
        [
            (make_equal_answers(4, 0), make_total_score(0.0)),
            (make_equal_answers(4, 10), make_total_score(40.0)),
            # 9.9 + 9.8 + 8.7 + 10
            (make_answers(9.9, 9.8, 8.7, 10), make_total_score(38.4)),
            ({}, make_total_score(None)),
        ],
    ),
    "adbb": (
        "Guedeney: a sum of eight",
        [
            (make_equal_answers(8, 0), make_total_score(0.0)),
            (make_equal_answers(8, 4), make_total_score(32.0)),
            (make_answers(0, 1, 2, 3, 4, 0, 1, 2), make_total_score(13.0)),
            ({}, make_total_score(None)),
        ],
    ),
    "m_adbb": (
        "After Guedeney: a sum of five",
        [
            (make_equal_answers(5, 0), make_total_score(0.0)),
            (make_equal_answers(5, 2), make_total_score(10.0)),
            (make_answers(0, 1, 2, 1, 2), make_total_score(6.0)),
            ({}, make_total_score(None)),
        ],
    ),
    "epds": (
        "Cox 1987, as in CamCOPS epds.py: a sum of ten",
        [
            (make_equal_answers(10, 0), make_total_score(0.0)),
            (make_equal_answers(10, 3), make_total_score(30.0)),
            (make_answers(0, 1, 2, 3, 0, 1, 2, 3, 0, 1), make_total_score(13.0)),
            ({}, make_total_score(None)),
        ],
    ),
    "phq9": (
        "The national list (0 to 27): a sum of nine",
        [
            (make_equal_answers(9, 0), make_total_score(0.0)),
            (make_equal_answers(9, 3), make_total_score(27.0)),
            (make_answers(3, 2, 1, 0, 3, 2, 1, 0, 1), make_total_score(13.0)),
            ({}, make_total_score(None)),
        ],
    ),
    "gad7": (
        "The national list (0 to 21): a sum of seven",
        [
            (make_equal_answers(7, 0), make_total_score(0.0)),
            (make_equal_answers(7, 3), make_total_score(21.0)),
            (make_answers(0, 1, 2, 3, 0, 1, 2), make_total_score(9.0)),
            ({}, make_total_score(None)),
        ],
    ),
    "core10": (
        "CORE System Trust: ten means, at most one of ten missing; CamCOPS: items 2 and 3 count 4 less the answer",
        [
            # all 0: items 2 and 3 count 4 each, 10 x 8 / 10
            (make_equal_answers(10, 0), make_clinical_score(8.0)),
            # all 4: eight items of 4, 10 x 32 / 10
            (make_equal_answers(10, 4), make_clinical_score(32.0)),
            (make_equal_answers(10, 0, q2=4, q3=4), make_clinical_score(0.0)),
            (make_equal_answers(10, 4, q2=0, q3=0), make_clinical_score(40.0)),
            (make_equal_answers(10, 2), make_clinical_score(20.0)),
            # item 2 alone, and item 3 alone: 10 x (20 - 2 + 4) / 10
            (make_equal_answers(10, 2, q2=0), make_clinical_score(22.0)),
            (make_equal_answers(10, 2, q3=0), make_clinical_score(22.0)),
            # 1 + 3 + 1 + 0 + 4 + 2 + 3 + 0 + 1 + 2, with items 2 and 3 given as 1 and 3: 17
            (make_answers(1, 1, 3, 0, 4, 2, 3, 0, 1, 2), make_clinical_score(17.0)),
            # one missing: 10 x 8 / 9; the missing one is a turned one: 10 x 4 / 9
            (remove_items(make_equal_answers(10, 0), 1), make_clinical_score(8.89)),
            (remove_items(make_equal_answers(10, 0), 2), make_clinical_score(4.44)),
            # two missing, and nine
            (remove_items(make_equal_answers(10, 2), 1, 10), make_clinical_score(None)),
            ({6: 3}, make_clinical_score(None)),
            ({}, make_clinical_score(None)),
        ],
    ),
    "whooley": (
        "NICE, as in PMC6457164: a yes to either",
        [
            (make_answers(0, 0), {"screen": 0.0}),
            (make_answers(1, 1), {"screen": 1.0}),
            (make_answers(0, 1), {"screen": 1.0}),
            ({1: 1}, {"screen": 1.0}),
            ({1: 0}, {"screen": None}),
            ({}, {"screen": None}),
        ],
    ),
    "esq": (
        "No split into parts was read: nothing is counted",
        [(make_equal_answers(12, 1), {}), (make_equal_answers(12, 3), {}), ({}, {})],
    ),
}
