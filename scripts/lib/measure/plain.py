# SPDX-License-Identifier: GPL-2.0-or-later
"""What Onrecord is measured against: SQLite's FTS5 as it comes (its own tokenizer, stems and ranking), and omindex."""
import csv
import html
import os
import subprocess

import common


def write_csv(path, articles):
    with open(path, "w", encoding="utf8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        for article in articles:
            writer.writerow([article.get("title") or "", article.get("body") or ""])
    return path


def fts5_import(csv_path, database):
    """Imports with the sqlite3 program, which does so in one transaction; returns run()'s figures."""
    common.removed(database)
    return common.run(["sqlite3", database, "CREATE VIRTUAL TABLE plain USING fts5(title, body, tokenize='porter unicode61')",
                       f".import --csv {csv_path} plain"])


def write_pages(folder, articles):
    """One HTML file an article, the form that omindex takes title and text from."""
    os.makedirs(common.removed(folder))
    for number, article in enumerate(articles):
        title, body = html.escape(article.get("title") or ""), html.escape(article.get("body") or "")
        with open(os.path.join(folder, f"{number:06d}.html"), "w", encoding="utf8") as out:
            out.write(f'<html><head><meta charset="utf-8"><title>{title}</title></head><body>{body}</body></html>\n')
    return folder


def omindex(folder, database):
    common.removed(database)
    return common.run(["omindex", "--db", database, "--url", "/", "--stemmer", "english", folder])


def sqlite_version():
    return subprocess.run(["sqlite3", "--version"], check=True, capture_output=True, text=True).stdout.split()[0]
