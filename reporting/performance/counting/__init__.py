"""The counts of the service report, a module for each part of the work. Each gives a Section of exact figures."""
