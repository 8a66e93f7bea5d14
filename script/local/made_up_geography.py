"""Made-up rows in the layouts of the official geography files, as many as England has. No row is anybody's."""

import csv
from collections.abc import Iterator
from pathlib import Path

LAYOUTS = {
    "to May 2025": (
        "pcd,pcd2,pcds,dointr,doterm,usertype,oseast1m,osnrth1m,osgrdind,oa21,cty,ced,laua,ward,nhser,ctry,rgn,pcon,"
        "ttwa,itl,park,lsoa21,msoa21,wz11,sicbl,bua24,ruc21,oac11,lat,long,lep1,lep2,pfa,imd,icb"
    ),
    "late 2025": (
        "pcd7,pcd8,pcds,dointr,doterm,usrtypind,east1m,north1m,gridind,oa21cd,cty25cd,ced25cd,lad25cd,wd25cd,nhser24cd,"
        "ctry25cd,rgn25cd,pcon24cd,ttwa15cd,itl25cd,npark16cd,lsoa21cd,msoa21cd,wz11cd,sicbl24cd,bua24cd,ruc21ind,"
        "oac11ind,lat,long,lep21cd1,lep21cd2,pfa23cd,imd20ind,icb23cd"
    ),
    "August 2026": (
        "pcd7,pcd8,pcds,dointr,doterm,usrtypind,east1m,north1m,gridind,oa21cd,cty26cd,ced25cd,lad26cd,wd26cd,nhser24cd,"
        "ctry26cd,rgn26cd,pcon24cd,ttwa15cd,itl25cd,npark16cd,lsoa21cd,msoa21cd,wz11cd,sicbl26cd,bua24cd,ruc21ind,"
        "oac21ind,lat,long,lep21cd1,lep21cd2,pfa23cd,imd25ind,icb26cd"
    ),
}
POSTCODE_COUNT = 2_700_000
CENSUS_YEARS = {2025: "2021", 2019: "2011"}
# The 120 or so letters of British postcodes are too few for 2.7 million unless every district is full.
POSTCODE_AREAS = "BB BL FY LA PR L WN OL CA BD WA AB B BA BN BR BS CB CF CH CV DE DH DN E EH G GL GU HD HU IP KT LE LS M ME".split()  # noqa: E501, SIM905
POSTCODE_LETTERS = "ABDEFGHJLNPQRSTUWXYZ"


def make_postcode(number: int) -> str:
    """The one so many in: every area, district 1 to 99, sector 1 to 9 and two letters, in a fixed order."""
    number, last = divmod(number, 20)
    number, first = divmod(number, 20)
    number, sector = divmod(number, 9)
    district, area = divmod(number, len(POSTCODE_AREAS))
    return (
        f"{POSTCODE_AREAS[area]}{district + 1} {sector + 1}{POSTCODE_LETTERS[first]}{POSTCODE_LETTERS[last]}"
    )


def build_directory_rows(layout: str, count: int, *, edition: int = 0) -> Iterator[list[str]]:
    """So many postcodes; in a later edition every hundredth lies in another area than before."""
    names = LAYOUTS[layout].split(",")
    lad = next(name for name in names if name.startswith(("lad", "laua")))
    at = {name: names.index(name) for name in names}
    icb = next(name for name in names if name.startswith("icb"))
    lsoa = next(name for name in names if name.startswith("lsoa"))
    row = ["x1000000"[: 3 + at[name] % 5] for name in names]
    row[at["doterm"]] = ""
    row[at[icb]] = "E54000048"
    for number in range(count):
        where = (number // 80 + (edition if number % 100 == 0 else 0)) % 33_755
        row[2], row[at["doterm"]] = make_postcode(number), "202403" if number % 3 == 0 else ""
        row[at[lsoa]], row[at[lad]] = f"E01{where + 1:06}", f"E0600{where // 130:04}"
        yield row


def write_directory(path: Path, layout: str, count: int, *, edition: int = 0, broken_line: int = 0) -> Path:
    """The file as published: byte-order mark, CRLF. ``broken_line``: that line holds something else."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(LAYOUTS[layout].split(","))
        for line, row in enumerate(build_directory_rows(layout, count, edition=edition), 2):
            rows.writerow(["not a row"] if line == broken_line else row)
    return path


def build_file_7_header(release: int) -> list[str]:
    """The columns that are read, and as many others as there are in the published file."""
    census = CENSUS_YEARS[release]
    lad = {2025: "2024", 2019: "2019"}[release]
    of_index = "Index of Multiple Deprivation (IMD)"
    return [
        f"LSOA code ({census})",
        f"LSOA name ({census})",
        f"Local Authority District code ({lad})",
        f"Local Authority District name ({lad})",
        f"{of_index} Score",
        f"{of_index} Rank (where 1 is most deprived)",
        f"{of_index} Decile (where 1 is most deprived 10% of LSOAs)",
        *(f"Made-up figure {number}" for number in range(50)),
    ]


def write_file_7(path: Path, release: int, count: int, *, broken_line: int = 0) -> Path:
    """So many made-up areas, each rank once and a tenth of them in each decile."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(build_file_7_header(release))
        for number in range(count):
            rank = number * 7919 % count + 1
            row = [
                f"E01{number + 1:06}", f"Madeup {number:05}A", f"E0600{number // 130:04}", f"Madeup {number // 130}",
                f"{90 - 80 * rank / count:.3f}", rank, (rank - 1) * 10 // count + 1, *range(50),
            ]  # fmt: skip
            rows.writerow(["not a row"] if number + 2 == broken_line else row)
    return path
