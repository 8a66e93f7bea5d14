"""Pages of plans, team, the catalogue of interventions and waiting lists."""
