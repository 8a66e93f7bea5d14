"""Worked examples: for every measure that is scored, answers, the scores worked out by hand, and whose rule it is.

No publication that was read prints a whole form with its scores, so the arithmetic of the published rule is done here,
beside each row. An item that is absent has no answer; one that is None was marked as not applying.
"""


def every(count, value, **others):
    """{1: value, … count: value}, but for q3=…"""
    return dict.fromkeys(range(1, count + 1), value) | {int(name[1:]): each for name, each in others.items()}


def row(*values):
    """{1: first, 2: second, …}"""
    return dict(enumerate(values, start=1))


def without(answers, *items):
    return {item: answer for item, answer in answers.items() if item not in items}


def prfq(pre, certainty, interest):
    return {"pre_mentalising": pre, "certainty_mental_states": certainty, "interest_curiosity": interest}


def pbq(total, general, anger, anxiety, abuse):
    return {
        "total": total, "factor1_general": general, "factor2_rejection_anger": anger,
        "factor3_infant_anxiety": anxiety, "factor4_incipient_abuse": abuse,
    }  # fmt: skip


def maas(overall, quality, time):
    return {"global": overall, "quality_of_attachment": quality, "time_in_attachment_mode": time}


def total(value):
    return {"total": value}


def clinical(value):
    return {"clinical_score": value}


def mean(value):
    return {"mean": value}


# Eight items of PBQ count as they stand on the page; the answers that count nought are 0 there and 5 elsewhere.
PBQ_NOUGHT = every(25, 5, q1=0, q4=0, q8=0, q9=0, q11=0, q16=0, q22=0, q25=0)
PBQ_MOST = every(25, 0, q1=5, q4=5, q8=5, q9=5, q11=5, q16=5, q22=5, q25=5)

# {measure: (whose rule it is, [(answers, scores), …])}
WORKED = {
    "prfq": (
        "Luyten and others 2017: means of six items; 11 and 18 count 8 less the answer",
        [
            # all 1: certainty (5 x 1 + 7) / 6 = 2, interest the same, since items 11 and 18 turn round
            (every(18, 1), prfq(1.0, 2.0, 2.0)),
            # all 7: (5 x 7 + 1) / 6 = 6
            (every(18, 7), prfq(7.0, 6.0, 6.0)),
            (every(18, 4), prfq(4.0, 4.0, 4.0)),
            # the extremes of the turned items: (5 x 7 + 7) / 6 and (5 x 1 + 1) / 6
            (every(18, 7, q11=1, q18=1), prfq(7.0, 7.0, 7.0)),
            (every(18, 1, q11=7, q18=7), prfq(1.0, 1.0, 1.0)),
            # 1 2 3 4 5 6 over items 1 4 7 10 13 16: 21 / 6 = 3.5; the others as all 4
            (every(18, 4, q1=1, q4=2, q7=3, q10=4, q13=5, q16=6), prfq(3.5, 4.0, 4.0)),
            # item 11 alone: (5 x 4 + 8 - 1) / 6 = 27 / 6; item 18 alone: (5 x 4 + 8 - 6) / 6 = 22 / 6
            (every(18, 4, q11=1), prfq(4.0, 4.5, 4.0)),
            (every(18, 4, q18=6), prfq(4.0, 4.0, 3.67)),
            ({}, prfq(None, None, None)),
        ],
    ),
    "pbq": (
        "Brockington, as in CamCOPS pbq.py: eight items count as printed from 0 (always), the others 5 less the answer",
        [
            # all "always": 17 turned items of 5 = 85. Factor 1 has 8 of them, factor 2 has 5, factor 3 and 4 have 2.
            (every(25, 0), pbq(85.0, 40.0, 25.0, 10.0, 10.0)),
            # all "never": 8 items as printed of 5 = 40: four in factor 1, two in factor 2, two in factor 3
            (every(25, 5), pbq(40.0, 20.0, 10.0, 10.0, 0.0)),
            (PBQ_NOUGHT, pbq(0.0, 0.0, 0.0, 0.0, 0.0)),
            (PBQ_MOST, pbq(125.0, 60.0, 35.0, 20.0, 10.0)),
            # all 3: 8 x 3 + 17 x 2 = 58; 4 x 3 + 8 x 2 = 28; 2 x 3 + 5 x 2 = 16; 2 x 3 + 2 x 2 = 10; 2 x 2 = 4
            (every(25, 3), pbq(58.0, 28.0, 16.0, 10.0, 4.0)),
            # from nought: item 1 at 2 counts 2, item 3 at 3 counts 2, item 25 at 5 counts 5, item 18 at 4 counts 1
            (PBQ_NOUGHT | {1: 2, 3: 3, 25: 5, 18: 4}, pbq(10.0, 2.0, 2.0, 5.0, 1.0)),
            ({}, pbq(None, None, None, None, None)),
        ],
    ),
    "maas": (
        "Condon 1993, as in CamCOPS maas.py: sums of attachment values; item 7 counts in the whole only",
        [
            (every(19, 1), maas(19.0, 10.0, 8.0)),
            (every(19, 5), maas(95.0, 50.0, 40.0)),
            (every(19, 3), maas(57.0, 30.0, 24.0)),
            # item 7 two higher: 57 + 2, and no part moves
            (every(19, 3, q7=5), maas(59.0, 30.0, 24.0)),
            # item 3 (quality) two lower, item 1 (time) two higher: 57 - 2 + 2, 30 - 2, 24 + 2
            (every(19, 3, q3=1, q1=5), maas(57.0, 28.0, 26.0)),
            # item 7 missing: 30 and 24 stand
            (without(every(19, 3), 7), maas(None, 30.0, 24.0)),
            ({}, maas(None, None, None)),
        ],
    ),
    "kips": (
        "NCTSN measure page: the mean of the items that were scored",
        [
            (every(12, 1), mean(1.0)),
            (every(12, 5), mean(5.0)),
            # six of 2 and six of 5: 42 / 12
            (row(2, 5, 2, 5, 2, 5, 2, 5, 2, 5, 2, 5), mean(3.5)),
            # eleven of 3 and one of 2: 35 / 12 = 2.916…, the highest mean below 3
            (every(12, 3, q4=2), mean(2.92)),
            # item 1 not observed; five of 5 and six of 4: 49 / 11 = 4.4545…
            (row(None, 5, 5, 5, 5, 5, 4, 4, 4, 4, 4, 4), mean(4.45)),
            # one left out without a word and one not observed: 2 x 10 / 10
            (without(every(12, 2, q1=None), 2), mean(2.0)),
            # a single one observed
            (every(12, None, q7=4), mean(4.0)),
            (every(12, None), mean(None)),
            ({}, mean(None)),
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
            (row(1, 1), {"part_a": 1.0, "part_b": 1.0}),
            (row(4, 4), {"part_a": 4.0, "part_b": 4.0}),
            (row(2, 3), {"part_a": 2.0, "part_b": 3.0}),
            ({2: 3}, {"part_a": None, "part_b": 3.0}),
            ({}, {"part_a": None, "part_b": None}),
        ],
    ),
    "kpcs": (
        "KPCS manual 2008: a sum; items 1 and 9 count 2 where they do not apply",
        [
            (every(15, 0), total(0.0)),
            (every(15, 3), total(45.0)),
            (every(15, 2), total(30.0)),
            # 0 1 2 3 three times and 0 1 2: 3 x 6 + 3
            (row(0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2), total(21.0)),
            # one that does not apply: 14 x 3 + 2; both: 13 x 3 + 4
            (every(15, 3, q1=None), total(44.0)),
            (every(15, 3, q9=None), total(44.0)),
            (every(15, 3, q1=None, q9=None), total(43.0)),
            # both, beside nothing but noughts: 2 + 2
            (every(15, 0, q1=None, q9=None), total(4.0)),
            # one does not apply, the other was left out: no total
            (without(every(15, 3, q1=None), 9), total(None)),
            ({}, total(None)),
        ],
    ),
    "bpses": (
        "CORC: a sum of five",
        [
            (every(5, 1), total(5.0)),
            (every(5, 5), total(25.0)),
            (row(1, 2, 3, 4, 5), total(15.0)),
            ({}, total(None)),
        ],
    ),
    "gbo": (
        "Law 2019: one number from 0 to 10 a goal",
        [({1: 0}, {"goal": 0.0}), ({1: 10}, {"goal": 10.0}), ({1: 6}, {"goal": 6.0}), ({}, {"goal": None})],
    ),
    "ors": (
        "The national list (0 to 40): a sum of four lines to one place",
        [
            (every(4, 0), total(0.0)),
            (every(4, 10), total(40.0)),
            # 2.5 + 3.4 + 10 + 0.1
            (row(2.5, 3.4, 10, 0.1), total(16.0)),
            # tenths that no binary fraction holds: 3 x 0.1 + 0.3
            (row(0.1, 0.1, 0.1, 0.3), total(0.6)),
            ({}, total(None)),
        ],
    ),
    "srs": (
        "The national list (0 to 40): a sum of four lines to one place",
        [
            (every(4, 0), total(0.0)),
            (every(4, 10), total(40.0)),
            # 9.9 + 9.8 + 8.7 + 10
            (row(9.9, 9.8, 8.7, 10), total(38.4)),
            ({}, total(None)),
        ],
    ),
    "adbb": (
        "Guedeney: a sum of eight",
        [
            (every(8, 0), total(0.0)),
            (every(8, 4), total(32.0)),
            (row(0, 1, 2, 3, 4, 0, 1, 2), total(13.0)),
            ({}, total(None)),
        ],
    ),
    "m_adbb": (
        "After Guedeney: a sum of five",
        [
            (every(5, 0), total(0.0)),
            (every(5, 2), total(10.0)),
            (row(0, 1, 2, 1, 2), total(6.0)),
            ({}, total(None)),
        ],
    ),
    "epds": (
        "Cox 1987, as in CamCOPS epds.py: a sum of ten",
        [
            (every(10, 0), total(0.0)),
            (every(10, 3), total(30.0)),
            (row(0, 1, 2, 3, 0, 1, 2, 3, 0, 1), total(13.0)),
            ({}, total(None)),
        ],
    ),
    "phq9": (
        "The national list (0 to 27): a sum of nine",
        [
            (every(9, 0), total(0.0)),
            (every(9, 3), total(27.0)),
            (row(3, 2, 1, 0, 3, 2, 1, 0, 1), total(13.0)),
            ({}, total(None)),
        ],
    ),
    "gad7": (
        "The national list (0 to 21): a sum of seven",
        [
            (every(7, 0), total(0.0)),
            (every(7, 3), total(21.0)),
            (row(0, 1, 2, 3, 0, 1, 2), total(9.0)),
            ({}, total(None)),
        ],
    ),
    "core10": (
        "CamCOPS: ten means of what was answered; items 2 and 3 count 4 less the answer",
        [
            # all 0: items 2 and 3 count 4 each, 10 x 8 / 10
            (every(10, 0), clinical(8.0)),
            # all 4: eight items of 4, 10 x 32 / 10
            (every(10, 4), clinical(32.0)),
            (every(10, 0, q2=4, q3=4), clinical(0.0)),
            (every(10, 4, q2=0, q3=0), clinical(40.0)),
            (every(10, 2), clinical(20.0)),
            # item 2 alone, and item 3 alone: 10 x (20 - 2 + 4) / 10
            (every(10, 2, q2=0), clinical(22.0)),
            (every(10, 2, q3=0), clinical(22.0)),
            # 1 + 3 + 1 + 0 + 4 + 2 + 3 + 0 + 1 + 2, with items 2 and 3 given as 1 and 3: 17
            (row(1, 1, 3, 0, 4, 2, 3, 0, 1, 2), clinical(17.0)),
            # one missing: 10 x 8 / 9; the missing one is a turned one: 10 x 4 / 9
            (without(every(10, 0), 1), clinical(8.89)),
            (without(every(10, 0), 2), clinical(4.44)),
            # nine missing: 10 x 3 / 1
            ({6: 3}, clinical(30.0)),
            ({}, clinical(None)),
        ],
    ),
    "whooley": (
        "No rule was read: nothing is counted",
        [(row(0, 0), {}), (row(1, 1), {}), (row(0, 1), {}), ({}, {})],
    ),
    "esq": (
        "No split into parts was read: nothing is counted",
        [(every(12, 1), {}), (every(12, 3), {}), ({}, {})],
    ),
}
