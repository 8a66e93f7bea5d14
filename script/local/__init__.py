"""Runs PaIRS on one machine that has nothing but Python: installing, private servers, the demo, the tests."""
