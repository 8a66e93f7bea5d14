"""Pages of referral: entry points, progress, and the referral itself."""
