"""Reads the environment, and whether this is a demo."""

from pathlib import Path

import environ

ROOT = Path(__file__).resolve().parent.parent
env = environ.Env()

# Demo mode is the only mode that runs on defaults: it never holds a real family.
DEMO = env.bool("PAIRS_DEMO", default=False)
