"""The relationship concerns to start with, each in two voices: the family's and the professional's.

Our own words, from what parents and teams told the service while it was planned: no diagnosis, no score,
no blame, and none of them is needed to ask for help. A concern is retired, never deleted.
"""

# code, in the family's voice, in the professional's voice
INITIAL_CONCERNS = [
    ("feeling-close", "I don't feel close to my baby yet", "Parent does not feel close to their baby yet"),
    ("reading-cues", "I can't tell what my baby needs", "Parent finds it hard to read the baby's cues"),
    (
        "soothing",
        "Nothing I do seems to settle my baby",
        "Baby is hard to soothe, and parent is worn down by it",
    ),
    (
        "enjoying",
        "I find it hard to enjoy time with my baby",
        "Little shared enjoyment between parent and baby",
    ),
    (
        "playing",
        "I don't know how to play or talk with my baby",
        "Parent is unsure how to play or talk with the baby",
    ),
    ("doubting", "I doubt myself as a parent", "Parent has lost confidence in caring for the baby"),
    (
        "handling",
        "I'm nervous of holding, feeding or bathing my baby",
        "Parent is anxious about everyday care of the baby",
    ),
    (
        "unborn",
        "I find it hard to picture my baby, or to look forward",
        "Parent finds it hard to think about the unborn baby",
    ),
    (
        "birth",
        "The birth is still on my mind",
        "A frightening pregnancy or birth stands between parent and baby",
    ),
    (
        "neonatal",
        "My baby was in neonatal care and we were apart",
        "Early separation, such as neonatal care, has been hard on them",
    ),
    (
        "loss",
        "We lost a baby before, and it is with us now",
        "An earlier loss shapes the relationship with this baby",
    ),
    (
        "own-childhood",
        "My own childhood keeps coming back to me",
        "Parent's own childhood experiences are stirred by the baby",
    ),
    (
        "low-or-worried",
        "I feel low or worried most of the time",
        "Low mood or worry makes it hard to be with the baby",
    ),
    (
        "overwhelmed",
        "I get overwhelmed, and it scares me",
        "Parent is overwhelmed by strong feelings with the baby",
    ),
    ("worry-apart", "I can't bear to be away from my baby", "Parent and baby find any separation very hard"),
    (
        "baby-withdrawn",
        "My baby seems far away, or won't look at me",
        "Baby avoids looking, is very quiet or hard to reach",
    ),
    ("watchful", "My baby seems on edge", "Baby is watchful or startled with those who care for them"),
    (
        "feeding-sleeping",
        "Feeding or sleeping has become a struggle between us",
        "Feeding or sleep has become a struggle in the relationship",
    ),
    (
        "toddler",
        "My little one and I are always in a battle",
        "Parent and toddler are stuck in battles or keep their distance",
    ),
    (
        "left-out",
        "As a dad or partner I feel left out",
        "A father or partner finds it hard to find their place",
    ),
    (
        "between-us",
        "Things between us adults are hard on the baby",
        "Strain between the adults is felt by the baby",
    ),
    (
        "changes-of-carer",
        "My baby has had to change homes or carers",
        "Baby has had changes of home or carer; bonds are new or uncertain",
    ),
]
