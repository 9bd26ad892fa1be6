# SPDX-License-Identifier: GPL-2.0-or-later
"""Title, authors and date of web pages against what newspaper4k's tests expect of them, page by page.

Counted are the pages of which a value is expected: a title, an author, a date. A value is right where
  title    it is the same but for case, white space, kinds of quotation marks and dashes, and accents' encoding;
  authors  the sets of names are the same, each compared like a title; a byline is cut at its commas;
  date     the day is the same as written; where both have a time and a zone, the instant is.
`--half 1` and `--half 2` take every page whose name's SHA-256 begins with an even or odd byte: half 1 to look at while
something is built, half 2 to see whether it holds. What is expected was made by a program; it is compared as it stands, and
the authors once more with what a person has read in all pages where that is something else (READ)."""
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

# Authors where the page states others than the file expects, and where they stand.
READ = {
    "article_with_br": (["Max Blumenthal"], "below the headline; nobody is expected"),
    "chinese_article_001": (["严玉洁"], "meta author, and below the text; nobody is expected"),
    "cleveland.com1": (["National Desk"], "byline; nobody is expected"),
    "cnn_002": (["Jeremy Herb", "Lauren del Valle", "Kara Scannell"], "byline; meta author has another, who is expected too"),
    "spanish_article": (["Patricio Candia"], "byline; nobody is expected"),
    "video_article_01": (["National Desk"], "byline; words of its date are expected too"),
    "wired_001": (["Tom Bennett"], "byline; the authors of nine other stories are expected too"),
    "yna_co_kr": ([], "names nobody; www.facebook.com is expected"),
}


def folded(text):
    text = unicodedata.normalize("NFKC", text or "").casefold()
    text = re.sub(r"[‘’‚‛′`´]", "'", text)
    text = re.sub(r"[“”„‟″«»]", '"', text)
    text = re.sub(r"[‐‑‒–—―]", "-", text)
    return " ".join(text.split())


def names(values):
    return {folded(value) for value in values if folded(value)}


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
    right, stated, n_right_read, n_stated_read = dict.fromkeys(FIELDS, 0), dict.fromkeys(FIELDS, 0), 0, 0
    for name, page, expected in pages(options.half):
        found = read(page)
        results = compare(expected, found)
        print(f"{name}  " + "  ".join(f"{field} {'not stated' if not results[field] else 'right' if results[field][0] else 'WRONG'}" for field in FIELDS))
        for field in FIELDS:
            if not results[field]:
                continue
            is_right, wanted, had = results[field]
            stated[field] += 1
            right[field] += is_right
            print(f"  {field:8s} {'= ' if is_right else '! '}{shown(wanted)}")
            if not is_right:
                print(f"  {'':8s} found {shown(had)}")
        by_person = results["authors"]
        if name in READ:
            authors, why = READ[name]
            by_person = compare({"authors": authors}, found)["authors"]
            print(f"  {'':8s} read  {shown(', '.join(authors))} ({why}): {'right' if by_person and by_person[0] else 'not counted' if not by_person else 'WRONG'}")
        if by_person:
            n_stated_read += 1
            n_right_read += by_person[0]
    for field in FIELDS:
        print(f"{field:8s} {right[field]} of {stated[field]} pages that state it, {right[field] / max(stated[field], 1):.1%}")
    print(f"authors  as a person has read the pages, {n_right_read} of {n_stated_read} that state them, {n_right_read / max(n_stated_read, 1):.1%}")
    print(f"{'together':8s} {sum(right.values())} of {sum(stated.values())}, {sum(right.values()) / max(sum(stated.values()), 1):.1%}")


if __name__ == "__main__":
    sys.exit(main())
