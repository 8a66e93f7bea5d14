"""The rules of referral: who is eligible, which moves are legal, how long a family waits, what a referrer is told."""
