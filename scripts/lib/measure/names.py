# SPDX-License-Identifier: GPL-2.0-or-later
"""How long `quotes speaker:"NAME"` takes over 200,000 articles in both engines, in process, warm: the ten best and the count, for the most quoted, the next
thousand and all speakers; then for an identity to which an authority file lists 500 names, and for the one most like it in quotes. The corpus and the archives are made
once, in build/measure."""
import json
import os
import shutil
import sqlite3
import subprocess

import common
import corpora

LISTED = "Q500"


def changed_copy(archive, ending, fresh, *command):
    """A copy of ARCHIVE in which COMMAND was run."""
    folder = archive + ending
    if fresh or not os.path.exists(folder):
        shutil.rmtree(folder + ".part", ignore_errors=True)
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(archive, folder + ".part")
        common.run([common.ONRECORD, "-a", folder + ".part", "--quiet", *command])
        os.rename(folder + ".part", folder)
    return folder


def query(archive, sql):
    record = sqlite3.connect(f"file:{archive}/record.sqlite?mode=ro", uri=True)
    return record.execute(sql).fetchall()


def write_list(archive, path):
    """Says that 500 persons are one: every fourth of the 2,000 behind the 250 most quoted."""
    names = query(archive, """SELECT i.name FROM speaker_quote q JOIN entity e ON e.row = q.speaker JOIN entity i ON i.row = e.identity
        WHERE e.type = 0 AND i.part_of IS NULL AND i.name LIKE '% %' GROUP BY i.row ORDER BY count(*) DESC, i.id LIMIT 2000 OFFSET 250""")
    with open(path, "w", encoding="utf8") as out:
        json.dump({"id": LISTED, "name": "Five Hundred", "type": "person", "aliases": [name for name, in names[::4]]}, out)
    return path


def as_quoted(archive):
    """Whose number of quotes is nearest to that."""
    return query(archive, f"""SELECT id FROM speakers WHERE id <> '{LISTED}'
        ORDER BY abs(n_quotes - (SELECT n_quotes FROM speakers WHERE id = '{LISTED}')) LIMIT 1""")[0][0]


def bench(archive, *arguments):
    subprocess.run([os.path.join(common.ROOT, "build", "release", "bench", "bench_names"), archive, *arguments], check=True)


def main():
    fresh = common.options().fresh
    fts5 = corpora.large_archive(corpora.large_corpus(fresh), fresh)
    xapian = changed_copy(fts5, ".xapian", fresh, "reindex", "--engine", "xapian")
    names = write_list(fts5, os.path.join(common.WORK, "s200k.names.json"))
    for archive in (fts5, xapian):
        bench(archive)
        listed = changed_copy(archive, ".listed", fresh, "authority", "import", names)
        bench(listed, "5", LISTED)
        bench(listed, "5", as_quoted(listed))


main()
