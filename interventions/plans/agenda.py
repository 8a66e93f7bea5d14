"""What of plans comes onto a supervision agenda: no plan yet, and open-ended work to look at again."""

KINDS_BY_CODE = {"plan_to_make": "review", "is_it_helping": "review", "waiting_contact": "wait"}
