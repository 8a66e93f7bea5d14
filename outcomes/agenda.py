"""What of measures comes onto a supervision agenda: no measure yet, and a pair about to be missed."""

KINDS_BY_CODE = {"start_measure": "measure", "pair_closing": "measure"}
