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
    return "-".join(re.findall(r"[a-z0-9]+", s.replace("'", "").replace(".", "")))


def countries(path):
    for row in csv.DictReader(open(path, encoding="utf8")):
        short = words(re.sub(r"\(.*|^the ", "", row["CLDR display name"] or row["UNTERM English Short"], flags=re.I))
        formal = {words(re.sub(r"\(.*?\)|^the ", "", row[c], flags=re.I)) for c in ("UNTERM English Formal", "official_name_en") if row[c].strip()}
        names = sorted(n for n in formal if n != short and len(n) > 3)
        if short and names:
            yield " ".join([short, *names])


def capitals(path):
    for row in csv.DictReader(open(path, encoding="utf8")):
        if row["Capital"]:
            yield words(row["Capital"]), words(re.sub(r"\(.*|^the ", "", row["CLDR display name"] or row["UNTERM English Short"], flags=re.I))


def region(row):
    name = words(row["subcountry"] if row["country"] == "United States" else row["country"])
    return USUAL.get(name, name)


def towns(path, known):
    """ "charleston south-carolina west-virginia"; a "+" before the town where its name alone says that it is that of the first."""
    regions, american = collections.defaultdict(set), set()
    for row in csv.DictReader(open(path, encoding="utf8")):
        name = words(row["name"])
        regions[name].add(region(row))
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


def literal(text):
    parts = [text[i:i + 110] for i in range(0, len(text), 110)]
    return "\n     ".join(f'"{p}"' for p in parts)


def main():
    lists = pathlib.Path(sys.argv[1])
    print("/* SPDX-License-Identifier: GPL-2.0-or-later */\n/* Made by make_places.py, which names its sources. */\n#include \"identity/tables/tables.h\"\n\n/* clang-format off */")
    print("const char *const onr_countries[] = {")
    for row in sorted(countries(lists / "country-codes.csv")):
        print(f"    {literal(row)},")
    print("    NULL};\n\nconst char *const onr_towns[] = {")
    known = dict(capitals(lists / "country-codes.csv")) | KNOWN
    for row in towns(lists / "world-cities.csv", known):
        print(f"    {literal(row)},")
    print("    NULL};\n/* clang-format on */")


main()
