# SPDX-License-Identifier: GPL-2.0-or-later
"""Title, authors and date of web pages against what newspaper4k's tests expect of them, page by page.

Counted are the pages of which a value is expected: a title, an author, a date. A value is right where
  title    it is the same but for case, white space, kinds of quotation marks and dashes, and accents' encoding;
  authors  the sets of names are the same, each compared like a title; a byline is cut at its commas;
  date     the day is the same as written; where both have a time and a zone, the instant is.
`--half 1` and `--half 2` take every page whose name's SHA-256 begins with an even or odd byte: half 1 to look at while
something is built, half 2 to see whether it holds. What is expected was made by a program, and some of it is wrong
("www.facebook.com" as an author); it is compared as it stands, and once more without the lists of authors that are no names."""
import datetime
import glob
import hashlib
import json
import os
import re
import subprocess
import sys
import unicodedata

import common

FIELDS = ("title", "authors", "date")
SHOWN = 78  # characters of a value


def folded(text):
    text = unicodedata.normalize("NFKC", text or "").casefold()
    text = re.sub(r"[‘’‚‛′`´]", "'", text)
    text = re.sub(r"[“”„‟″«»]", '"', text)
    text = re.sub(r"[‐‑‒–—―]", "-", text)
    return " ".join(text.split())


def names(values):
    return {folded(value) for value in values if folded(value)}


def are_names(values):
    """No address, no number, nothing that begins small, as words of a date do."""
    return all(value[:1].isupper() and not re.search(r"[0-9@/]|www\.", value) for value in values)


def moment(text):
    """(day, instant or None) of an ISO date."""
    if not text:
        return None
    time = datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))
    has_time = len(text) > len("2022-02-06")
    return time.date(), time.timestamp() if has_time and time.tzinfo else None


def is_same_moment(expected, found):
    if not found:
        return False
    if expected[1] is not None and found[1] is not None:
        return expected[1] == found[1]
    return expected[0] == found[0]


def half_of(name):
    return hashlib.sha256(name.encode()).digest()[0] % 2 + 1


def pages(half):
    """(name, page, what is expected) of each page with an expectation."""
    folder = common.shared("data/html/metadata")
    for path in sorted(glob.glob(os.path.join(folder, "metadata", "*.json"))):
        name = os.path.basename(path).removesuffix(".json")
        page = os.path.join(folder, "html", f"{name}.html")
        if os.path.exists(page) and half in (0, half_of(name)):
            with open(path, encoding="utf8") as file:
                yield name, page, json.load(file)


def read(page):
    """What the program reads of a page; {} where it refuses it."""
    run = subprocess.run([common.ONRECORD, "annotate", "--jobs", "1", "--format", "jsonl", page], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    lines = run.stdout.splitlines()
    return json.loads(lines[0]) if lines else {}


def compare(expected, found):
    """For each field None where nothing is expected, else (is right, expected, found)."""
    byline = [name for name in (found.get("byline") or "").split(", ") if name]
    title, authors, date = expected.get("title"), expected.get("authors") or [], expected.get("publish_date")
    return {
        "title": (folded(title) == folded(found.get("title")), title, found.get("title")) if title else None,
        "authors": (names(authors) == names(byline), ", ".join(authors), ", ".join(byline)) if names(authors) else None,
        "date": (is_same_moment(moment(date), moment(found.get("published"))), date, found.get("published")) if date else None,
    }


def shown(value):
    value = " ".join((value or "-").split())
    return value if len(value) <= SHOWN else value[:SHOWN - 1] + "…"


def main():
    options = common.options("half")
    right, stated, n_no_names = dict.fromkeys(FIELDS, 0), dict.fromkeys(FIELDS, 0), 0
    for name, page, expected in pages(options.half):
        results = compare(expected, read(page))
        print(f"{name}  " + "  ".join(f"{field} {'not stated' if not results[field] else 'right' if results[field][0] else 'WRONG'}" for field in FIELDS))
        for field in FIELDS:
            if not results[field]:
                continue
            is_right, wanted, found = results[field]
            stated[field] += 1
            right[field] += is_right
            n_no_names += field == "authors" and not is_right and not are_names(expected["authors"])
            print(f"  {field:8s} {'= ' if is_right else '! '}{shown(wanted)}")
            if not is_right:
                print(f"  {'':8s} {'found ':>2s}{shown(found)}")
    for field in FIELDS:
        print(f"{field:8s} {right[field]} of {stated[field]} pages that state it, {right[field] / max(stated[field], 1):.1%}")
    print(f"{'':8s} without {n_no_names} lists of authors that are no names: authors {right['authors']} of {stated['authors'] - n_no_names}")
    print(f"{'together':8s} {sum(right.values())} of {sum(stated.values())}, {sum(right.values()) / max(sum(stated.values()), 1):.1%}")


if __name__ == "__main__":
    sys.exit(main())
