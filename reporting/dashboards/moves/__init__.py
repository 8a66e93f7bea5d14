"""Moves of a family between sites: offer, answer, hand-over, and reversal."""
