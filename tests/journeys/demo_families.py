"""Families of the demo that a journey about measures can use: open with blackburn, with a baby of a chosen age."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.utils import timezone

# Days at which anybody was seen, by the local clock, in order: as pairing counts them.
OPEN_EPISODES_SQL = """
SELECT episode.id, episode.family_id, infant.id, infant.birth_date,
  ARRAY(SELECT dyad.id FROM families_dyad dyad WHERE dyad.infant_id = infant.id AND dyad.entered_in_error_at IS NULL
        ORDER BY dyad.main_carer DESC, dyad.id),
  ARRAY(SELECT carer.given_name || ' ' || carer.family_name FROM families_dyad dyad
        JOIN families_caregiver carer ON carer.id = dyad.caregiver_id
        WHERE dyad.infant_id = infant.id AND dyad.entered_in_error_at IS NULL ORDER BY dyad.main_carer DESC, dyad.id),
  ARRAY(SELECT (contact.starts_at AT TIME ZONE 'Europe/London')::date FROM episodes_carecontact contact
        WHERE contact.episode_id = episode.id AND contact.entered_in_error_at IS NULL
        AND contact.mechanism IN ('01', '02', '04', '11') AND EXISTS (
          SELECT FROM episodes_participant person WHERE person.care_contact_id = contact.id
          AND person.entered_in_error_at IS NULL AND person.attendance IN ('attended', 'late_seen'))
        ORDER BY contact.starts_at)
FROM episodes_episode episode
JOIN service_user lead ON lead.id = episode.lead_id AND lead.username = 'blackburn'
JOIN families_infant infant ON infant.family_id = episode.family_id AND infant.lost_on IS NULL
WHERE episode.ended_on IS NULL AND episode.entered_in_error_at IS NULL
  AND (SELECT count(*) FROM families_infant twin WHERE twin.family_id = episode.family_id) = 1
  AND EXISTS (SELECT FROM families_dyad mother WHERE mother.infant_id = infant.id AND mother.main_carer
              AND mother.relationship = 'mother')
ORDER BY episode.opened_on, episode.id
"""
SET_BORN_SQL = "UPDATE families_infant SET birth_date = %s WHERE id = %s"
SET_UNBORN_SQL = (
    "UPDATE families_infant SET birth_date = NULL, nhs_number = NULL, estimated_due_date = %s WHERE id = %s"
)
# As if nothing had been asked of them yet: what the demo recorded before is taken back.
NO_MEASURES_SQL = """UPDATE outcomes_assessment SET entered_in_error_at = now(), entered_in_error_reason = 'Begins'
    WHERE episode_id = %s AND entered_in_error_at IS NULL"""


@dataclass
class DemoFamily:
    """A family under way; ``contacts``: the days on which somebody was seen; ``names``: of the carers, main first."""

    episode: UUID
    id: UUID
    infant: UUID
    born: date | None
    dyads: list[UUID]
    names: list[str]
    contacts: list[date]

    @property
    def dyad(self):
        return self.dyads[0]

    @property
    def other_dyad(self):
        return self.dyads[1]


class DemoFamilies:
    """Finds families of the running service."""

    def __init__(self, service):
        self.service = service

    def take_family(self, *, days=None, born=True, carers=1, contacts=1) -> DemoFamily:
        """The first with so many carers and contacts; its baby is ``days`` old, or else born a month before we met."""
        with self.service.connect() as db:
            found = [DemoFamily(*row) for row in db.execute(OPEN_EPISODES_SQL).fetchall()]
            family = next(
                each for each in found if len(each.dyads) >= carers and len(each.contacts) >= contacts
            )
            db.execute(NO_MEASURES_SQL, [family.episode])
            self._set_age(db, family, days, born)
        return family

    def _set_age(self, db, family, days, born):
        today = timezone.localdate()
        if not born:
            family.born = None
            db.execute(SET_UNBORN_SQL, [today + timedelta(weeks=9), family.infant])
            return
        family.born = today - timedelta(days=days) if days else family.contacts[0] - timedelta(days=30)
        db.execute(SET_BORN_SQL, [family.born, family.infant])
