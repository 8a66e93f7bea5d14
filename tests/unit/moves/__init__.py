"""Tests of moves between sites."""
