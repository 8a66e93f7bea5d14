"""Made-up rows under the headers of the official files."""

import csv
import io
from pathlib import Path


def split_header(header: str) -> list[str]:
    return header.split(",")


AUGUST_2026 = split_header(
    "pcd7,pcd8,pcds,dointr,doterm,usrtypind,east1m,north1m,gridind,oa21cd,cty26cd,ced25cd,lad26cd,wd26cd,nhser24cd,"
    "ctry26cd,rgn26cd,pcon24cd,ttwa15cd,itl25cd,npark16cd,lsoa21cd,msoa21cd,wz11cd,sicbl26cd,bua24cd,ruc21ind,"
    "oac21ind,lat,long,lep21cd1,lep21cd2,pfa23cd,imd25ind,icb26cd"
)
LATE_2025 = split_header(
    "pcd7,pcd8,pcds,dointr,doterm,usrtypind,east1m,north1m,gridind,oa21cd,cty25cd,ced25cd,lad25cd,wd25cd,nhser24cd,"
    "ctry25cd,rgn25cd,pcon24cd,ttwa15cd,itl25cd,npark16cd,lsoa21cd,msoa21cd,wz11cd,sicbl24cd,bua24cd,ruc21ind,"
    "oac11ind,lat,long,lep21cd1,lep21cd2,pfa23cd,imd20ind,icb23cd"
)
TO_MAY_2025 = split_header(
    "pcd,pcd2,pcds,dointr,doterm,usertype,oseast1m,osnrth1m,osgrdind,oa21,cty,ced,laua,ward,nhser,ctry,rgn,pcon,ttwa,"
    "itl,park,lsoa21,msoa21,wz11,sicbl,bua24,ruc21,oac11,lat,long,lep1,lep2,pfa,imd,icb"
)
FILE_7 = [
    "LSOA code (2021)",
    "LSOA name (2021)",
    "Local Authority District code (2024)",
    "Local Authority District name (2024)",
    "Index of Multiple Deprivation (IMD) Score",
    "Index of Multiple Deprivation (IMD) Rank (where 1 is most deprived)",
    "Index of Multiple Deprivation (IMD) Decile (where 1 is most deprived 10% of LSOAs)",
    "Income Score (rate)",
    "Income Rank (where 1 is most deprived)",
    "Income Decile (where 1 is most deprived 10% of LSOAs)",
]


POPULATION = [
    *split_header("LAD 2023 Code,LAD 2023 Name,LSOA 2021 Code,LSOA 2021 Name,Total"),
    *(f"{sex}{age}" for sex in "FM" for age in range(91)),
]
BOARDS = split_header(
    "LSOA21CD,LSOA21NM,SICBL26CD,SICBL26CDH,SICBL26NM,ICB26CD,ICB26CDH,ICB26NM,NHSER26CD,NHSER26CDH,NHSER26NM,"
    "LAD26CD,LAD26NM,ObjectId"
)
CENSUS = [
    "Lower tier local authorities Code",
    "Lower tier local authorities",
    "Ethnic group (20 categories) Code",
    "Ethnic group (20 categories)",
    "Age (23 categories) Code",
    "Age (23 categories)",
    "Observation",
]


def make_population_row(
    number: int, *, children: int = 10, lsoa: str = "", lad: str = "E06990001"
) -> list[str]:
    """A row of the LSOA estimates: `children` of each sex and year of age up to 4, and a thousand at each other age."""
    ages = [str(children) if age <= 4 else "1,000" for age in range(91)]
    code = lsoa or f"E0199{number:04}"
    return [lad, "Madeup", code, f"Madeup {number:03}A", "999,999", *ages, *ages]


def make_board_row(number: int, *, icb: str = "E54000048") -> list[str]:
    known = {"LSOA21CD": f"E0199{number:04}", "LSOA21NM": f"Madeup {number:03}A", "ICB26CD": icb}
    return [(known | {"LAD26CD": "E06990001"}).get(name, "") for name in BOARDS]


def make_census_row(group: str, age: str, people: int, *, lad: str = "E06990001") -> list[str]:
    return [lad, "Madeup", "1", group, "1", age, str(people)]


def make_area_row(
    number: int, *, decile: int = 1, rank: int | None = None, name: str = "Madeup"
) -> list[str]:
    """A row of File 7 for the made-up LSOA E0199nnnn."""
    lsoa = f"E0199{number:04}"
    return [
        lsoa,
        f"{name} {number:03}A",
        "E06990001",
        name,
        "40.125",
        str(rank or number),
        str(decile),
        "0",
        "1",
        "1",
    ]


def make_postcode_row(
    text: str, *, lsoa: str = "E01990001", ended: str = "", lad: str = "E06990001"
) -> list[str]:
    """A row of the August 2026 directory."""
    known = {"pcds": text, "doterm": ended, "lad26cd": lad, "lsoa21cd": lsoa, "icb26cd": "E54000048"}
    return [known.get(name, "") for name in AUGUST_2026]


def write_csv_file(
    path: Path, header: list[str], rows: list[list[str]], *, end: str = "\r\n", mark: bool = True
) -> Path:
    """A CSV file as the publishers make it: byte-order mark, CRLF."""
    text = io.StringIO()
    csv.writer(text, lineterminator=end).writerows([header, *rows])
    path.write_bytes(text.getvalue().encode("utf-8-sig" if mark else "utf-8"))
    return path
