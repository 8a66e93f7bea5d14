"""Pages of groups: programmes, their rosters, and the register of a session."""
