"""The SQL of the indicators: each query gives babies (or attendances) by place, ethnic category and decile.

Whatever is counted hangs off the referral: the place and the deprivation decile are the referral's own, as they
were on the day. The ethnic category is the baby's. Records entered in error are nowhere. A baby who would be
counted twice in a period is counted once, with the newest referral.
"""

# Of a contact, the babies it reached: those who were seen; where no baby was expected, those in focus of an
# episode whose carer was seen (an unborn baby, or a carer's own hour).
REACHED = """
    reached AS (
        SELECT contact.id AS contact_id, contact.episode_id, contact.starts_at, participant.infant_id
        FROM episodes_carecontact contact
        JOIN episodes_participant participant ON participant.care_contact_id = contact.id
        WHERE contact.entered_in_error_at IS NULL AND participant.entered_in_error_at IS NULL
          AND contact.mechanism = ANY(%(direct)s) AND participant.attendance = ANY(%(seen)s)
          AND participant.infant_id IS NOT NULL {about}
        UNION
        SELECT contact.id, contact.episode_id, contact.starts_at, dyad.infant_id
        FROM episodes_carecontact contact
        JOIN episodes_participant participant ON participant.care_contact_id = contact.id
        JOIN episodes_episode_focus focus ON focus.episode_id = contact.episode_id
        JOIN families_dyad dyad ON dyad.id = focus.dyad_id AND dyad.entered_in_error_at IS NULL
        WHERE contact.entered_in_error_at IS NULL AND participant.entered_in_error_at IS NULL
          AND contact.mechanism = ANY(%(direct)s) AND participant.attendance = ANY(%(seen)s)
          AND participant.caregiver_id IS NOT NULL {about}
          AND NOT EXISTS (
            SELECT FROM episodes_participant baby
            WHERE baby.care_contact_id = contact.id AND baby.infant_id IS NOT NULL
              AND baby.entered_in_error_at IS NULL)
    )"""
IN_PERIOD = "AND contact.starts_at >= %(start)s AND contact.starts_at < %(stop)s"
OF_EPISODES_IN_PERIOD = """AND contact.episode_id IN (
    SELECT episode_id FROM episodes_carecontact WHERE starts_at >= %(start)s AND starts_at < %(stop)s)"""

# The baby, the referral and the episode behind it, all live.
EPISODE_AND_BABY = """
    JOIN episodes_episode episode ON episode.id = {source}.episode_id AND episode.entered_in_error_at IS NULL
    JOIN referrals_referral referral ON referral.id = episode.referral_id AND referral.entered_in_error_at IS NULL
     AND referral.patient_id IS NULL -- a carer's own help is not the baby's
    JOIN families_infant infant ON infant.id = {source}.infant_id AND infant.entered_in_error_at IS NULL"""

_REFERRALS = """
    SELECT place, category, decile, count(*) FROM (
        SELECT DISTINCT ON (coalesce(named.became_id, named.id)) referral.place_id AS place,
               coalesce(infant.ethnicity, named.ethnicity) AS category, referral.imd_decile AS decile
        FROM referrals_referral referral
        JOIN referrals_referredinfant named
          ON named.referral_id = referral.id AND named.entered_in_error_at IS NULL
        LEFT JOIN families_infant infant ON infant.id = named.became_id
        WHERE referral.entered_in_error_at IS NULL AND infant.entered_in_error_at IS NULL AND {which}
        ORDER BY coalesce(named.became_id, named.id), referral.received_at DESC, referral.id
    ) baby GROUP BY place, category, decile"""

REFERRED = _REFERRALS.format(which="referral.received_at >= %(start)s AND referral.received_at < %(stop)s")
DECIDED = _REFERRALS.format(
    which="referral.decided_at >= %(start)s AND referral.decided_at < %(stop)s AND referral.status = %(status)s"
)

SEEN = f"""
    WITH {REACHED.format(about=IN_PERIOD)}
    SELECT place, category, decile, count(*) FROM (
        SELECT DISTINCT ON (infant.id) referral.place_id AS place, infant.ethnicity AS category,
               referral.imd_decile AS decile
        FROM reached {EPISODE_AND_BABY.format(source="reached")}
        ORDER BY infant.id, referral.received_at DESC, referral.id
    ) baby GROUP BY place, category, decile"""

# The days in London of the referral and of the first contact of its episode, where that fell in the period: what
# lies between them is referrals.rules.clocks' matter.
FIRST_SEEN = f"""
    WITH {REACHED.format(about=OF_EPISODES_IN_PERIOD)},
    first AS (
        SELECT episode_id, infant_id, min(starts_at) AS starts_at FROM reached GROUP BY episode_id, infant_id
    )
    SELECT place, category, decile, received, seen, count(*) FROM (
        SELECT DISTINCT ON (infant.id) referral.place_id AS place, infant.ethnicity AS category,
               referral.imd_decile AS decile,
               (referral.received_at AT TIME ZONE %(zone)s)::date AS received,
               (first.starts_at AT TIME ZONE %(zone)s)::date AS seen
        FROM first {EPISODE_AND_BABY.format(source="first")}
        WHERE first.starts_at >= %(start)s AND first.starts_at < %(stop)s
        ORDER BY infant.id, referral.received_at DESC, referral.id
    ) baby GROUP BY place, category, decile, received, seen"""

# Attendances of babies, not babies: 3 over 5 + 6 + 7 + 3 of NHS Data Dictionary ATTENDED OR DID NOT ATTEND.
EXPECTED = f"""
    SELECT referral.place_id, infant.ethnicity, referral.imd_decile,
           attended.attendance = 'not_brought', count(*)
    FROM (
        SELECT contact.episode_id, participant.infant_id, participant.attendance
        FROM episodes_carecontact contact
        JOIN episodes_participant participant ON participant.care_contact_id = contact.id
        WHERE contact.entered_in_error_at IS NULL AND participant.entered_in_error_at IS NULL
          AND participant.infant_id IS NOT NULL AND participant.attendance = ANY(%(base)s) {IN_PERIOD}
    ) attended {EPISODE_AND_BABY.format(source="attended")}
    GROUP BY 1, 2, 3, 4"""

# Every baby in focus of an episode that ended in the period; the pairing rule is asked in Python.
ENDED = f"""
    SELECT DISTINCT ON (infant.id) ended.episode_id, infant.id, referral.place_id, infant.ethnicity,
           referral.imd_decile
    FROM (
        SELECT episode.id AS episode_id, dyad.infant_id
        FROM episodes_episode episode
        JOIN episodes_episode_focus focus ON focus.episode_id = episode.id
        JOIN families_dyad dyad ON dyad.id = focus.dyad_id AND dyad.entered_in_error_at IS NULL
        WHERE episode.ended_on BETWEEN %(first)s AND %(last)s
    ) ended {EPISODE_AND_BABY.format(source="ended")}
    ORDER BY infant.id, referral.received_at DESC, referral.id"""

# The local day of each direct contact where anybody expected was seen, in order.
CONTACT_DAYS = """
    SELECT contact.episode_id, (contact.starts_at AT TIME ZONE %(zone)s)::date
    FROM episodes_carecontact contact
    WHERE contact.episode_id = ANY(%(episodes)s) AND contact.entered_in_error_at IS NULL
      AND contact.mechanism = ANY(%(direct)s) AND EXISTS (
        SELECT FROM episodes_participant participant
        WHERE participant.care_contact_id = contact.id AND participant.entered_in_error_at IS NULL
          AND participant.attendance = ANY(%(seen)s))
    ORDER BY contact.starts_at"""
