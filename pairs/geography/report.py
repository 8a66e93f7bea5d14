"""The report printed at the end of an import."""

from collections.abc import Iterator

from pairs.geography.importer import ImportOutcome

_STATISTICS_OFFICE = "Source: Office for National Statistics licensed under the Open Government Licence v3.0."
# What must be printed wherever the data are shown (Open Government Licence v3.0).
ATTRIBUTION = {
    "deprivation": "Contains public sector information licensed under the Open Government Licence v3.0. "
    "English Indices of Deprivation © Crown copyright, MHCLG.",
    "postcodes": "Source: Office for National Statistics licensed under the Open Government Licence v3.0. "
    "Contains OS data © Crown copyright and database right. "
    "Contains Royal Mail data © Royal Mail copyright and database right.",
    "population": _STATISTICS_OFFICE,
    "ethnicity": _STATISTICS_OFFICE,
    "boards": _STATISTICS_OFFICE,
}


def format_report_lines(outcome: ImportOutcome) -> Iterator[str]:
    """The outcome in plain lines: counts, what was skipped and why (by line), attribution."""
    done = outcome.record
    if outcome.unchanged:
        yield f"unchanged: {done.file_name} was loaded on {done.finished_at:%-d %B %Y} ({done.rows_written:,} rows)."
        return
    seconds = (done.finished_at - done.started_at).total_seconds()
    yield f"{done.get_kind_display()}, {done.layout}: {done.rows_written:,} rows in {seconds:.1f} s."
    yield f"added {outcome.added:,}, changed {outcome.changed:,}, removed {outcome.removed:,}"
    if outcome.kept:
        yield f"NOTE: {outcome.kept:,} kept as they were: the file's own rows for them could not be read."
    yield f"read {done.rows_read:,}, outside the areas kept {done.rows_outside:,}, skipped {done.rows_skipped:,}"
    for reason, count in done.skipped["reasons"].items():
        yield f"  skipped {count:,}: {reason}"
    for row in done.skipped["first"][:20]:
        yield f"  line {row['line']}: {row['reason']}"
    yield ATTRIBUTION[done.kind]
