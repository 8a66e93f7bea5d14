"""Pages of referral: the doors, what became of a referral, and the referral itself."""
