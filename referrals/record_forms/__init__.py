"""What each form of referrals is about and does, for pages and API alike."""
