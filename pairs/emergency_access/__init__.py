"""Emergency access: a clinician opens one record they have no access to, reads it for an hour, and it is reviewed."""
