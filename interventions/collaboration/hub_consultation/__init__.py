"""Hub consultation: a satellite site asks the hub to think with it about a family, or to work with it."""
