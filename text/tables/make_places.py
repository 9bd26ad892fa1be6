#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Make places_made.c: formal names of countries, and towns with the states and countries that have one of that name.

usage: make_places.py LISTS > places_made.c

LISTS is a folder with
  country-codes.csv   datasets/country-codes; PDDL
  world-cities.csv    GeoNames through datasets/world-cities; CC BY 4.0, https://www.geonames.org
"""
import collections
import csv
import pathlib
import re
import sys
import unicodedata

KOREAS = {"korea-republic-of": "south-korea", "korea-democratic-people-republic-of": "north-korea", "congo-the-democratic-republic-of-the": "congo-kinshasa"}
USUAL = {"new-york": "new-york-state", "washington": "washington-state", "district-of-columbia": "washington-dc"}
# Towns that the list is too short for, and those whose name alone is the town that everybody knows: where that is comes first.
MORE = {"odessa": ["texas", "ukraine"], "warsaw": ["indiana"], "vienna": ["virginia"], "cairo": ["illinois"], "dublin": ["ohio"], "oxford": ["mississippi"],
        "plymouth": ["massachusetts"], "lima": ["ohio"], "rome": ["georgia"], "berlin": ["new-hampshire"], "exeter": ["new-hampshire"], "west-point": ["new-york-state"],
        "fort-lee": ["new-jersey", "virginia"], "washington": ["washington-dc"]}
KNOWN = {"boston": "massachusetts", "chicago": "illinois", "houston": "texas", "philadelphia": "pennsylvania", "dallas": "texas", "denver": "colorado", "detroit": "michigan",
         "seattle": "washington-state", "baltimore": "maryland", "miami": "florida", "atlanta": "georgia", "new-orleans": "louisiana", "los-angeles": "california",
         "san-francisco": "california", "hollywood": "california", "washington": "washington-dc", "milan": "italy", "barcelona": "spain",
         "sydney": "australia", "istanbul": "turkey", "geneva": "switzerland", "munich": "germany"}


def words(name):
    """NAME as an id has it: folded words joined by hyphens."""
    s = unicodedata.normalize("NFKD", name.replace("’", "'")).casefold()
    s = "".join(c for c in s if not unicodedata.combining(c)).replace("ß", "ss").replace("ø", "o").replace("ł", "l").replace("đ", "d").replace("ı", "i")
    return "-".join(re.findall(r"[a-z0-9]+", re.sub(r"'s\b", "", s).replace("'", "").replace(".", "")))


def countries(path):
    for row in csv.DictReader(open(path, encoding="utf8")):
        short = words(re.sub(r"\(.*|^the ", "", row["CLDR display name"] or row["UNTERM English Short"], flags=re.I))
        formal = {words(re.sub(r"\(.*?\)|^the ", "", row[c], flags=re.I)) for c in ("UNTERM English Formal", "official_name_en") if row[c].strip()}
        names = sorted(n for n in formal if n != short and len(n) > 3)
        if short:
            yield " ".join([short, *names])


def capitals(path):
    for row in csv.DictReader(open(path, encoding="utf8")):
        if row["Capital"]:
            yield words(row["Capital"]), words(re.sub(r"\(.*|^the ", "", row["CLDR display name"] or row["UNTERM English Short"], flags=re.I))


def region(row, usual):
    """Of a town in the United States the state, of another the country under its usual name: "Iran, Islamic Republic of" is iran."""
    if row["country"] == "United States":
        name = words(row["subcountry"])
        return USUAL.get(name, name)
    name, short = words(row["country"]), words(row["country"].split(",")[0])
    return usual.get(name) or usual.get(short) or KOREAS.get(name, short)


def towns(path, known, usual):
    """ "charleston south-carolina west-virginia"; a "+" before the town where its name alone says that it is that of the first."""
    regions, american = collections.defaultdict(set), set()
    for row in csv.DictReader(open(path, encoding="utf8")):
        name = words(row["name"])
        regions[name].add(region(row, usual))
        if row["country"] == "United States":
            american.add(name)
    for name, more in MORE.items():
        regions[name].update(more)
        american.add(name)
    for name in [n for n in regions if n.startswith("saint-")]:
        regions["st-" + name[6:]] |= regions[name]
        american |= {"st-" + name[6:]} if name in american else set()
    for name in sorted(regions):
        if len(name) > 3 and (len(regions[name]) > 1 or name in american):
            first = [known[name]] if name in known else []
            yield " ".join([("+" if first else "") + name, *first, *sorted(regions[name] - set(first))])


def usual_names(rows):
    """Name to usual name of countries and of what text/tables/regions.c adds to them, as the program reads them."""
    text = pathlib.Path(__file__).with_name("regions.c").read_text(encoding="utf8")
    written = re.findall(r'"([a-z][a-z |-]*)"', text[text.index("onr_regions"):])
    return {name: row.split()[0] for row in [*rows, *written] for name in row.split() if name != "|"}


def literal(text):
    parts = [text[i:i + 110] for i in range(0, len(text), 110)]
    return "\n     ".join(f'"{p}"' for p in parts)


def main():
    lists = pathlib.Path(sys.argv[1])
    print("/* SPDX-License-Identifier: GPL-2.0-or-later */\n/* Made by make_places.py, which names its sources. */\n#include \"text/tables/tables.h\"\n\n/* clang-format off */")
    print("const char *const onr_countries[] = {")
    rows = sorted(countries(lists / "country-codes.csv"))
    for row in rows:
        print(f"    {literal(row)},")
    print("    NULL};\n\nconst char *const onr_towns[] = {")
    usual = usual_names(rows)
    known = {town: usual.get(name, name) for town, name in capitals(lists / "country-codes.csv")} | KNOWN
    for row in towns(lists / "world-cities.csv", known, usual):
        print(f"    {literal(row)},")
    print("    NULL};\n/* clang-format on */")


main()
