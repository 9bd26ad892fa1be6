# SPDX-License-Identifier: GPL-2.0-or-later
"""One person, whatever the spelling, over the archive: pairs of names in different articles, of which readers said whether they are one and the same,
against the identities of an archive of those articles. Two sheets in tests/identities/ are measured: drawn.tsv, of names as a random draw meets them, and
sought.tsv, for which namesakes and odd spellings were looked for; training/identities.tsv is tuned on, and most of it chosen to be hard.
Recall is the share of the same that are joined, precision the share of the joined that are the same. A name that is no mention in the archive
is joined with nothing."""
import itertools
import os
import shutil
import sqlite3

import common

SOURCES = ("data/articles/allsides-6000.jsonl.gz", "data/polnear/train.jsonl.gz", "data/polnear/dev.jsonl.gz", "data/seed/lavrov-nato.txt")
DRAWN, SOUGHT, TUNED_ON = (os.path.join(common.ROOT, *path) for path in
                           (("tests", "identities", "drawn.tsv"), ("tests", "identities", "sought.tsv"), ("training", "identities.tsv")))
SHEETS = (("measured: drawn", (DRAWN,)), ("measured: sought", (SOUGHT,)), ("measured: both", (DRAWN, SOUGHT)), ("tuned on", (TUNED_ON,)))


def archive(is_fresh):
    """The folder of an archive of all articles that the pairs are of; made anew once the program has changed."""
    folder = os.path.join(common.WORK, "identities")
    record = os.path.join(folder, "record.sqlite")
    if is_fresh or not os.path.exists(record) or os.path.getmtime(record) < os.path.getmtime(common.ONRECORD):
        for old in (folder, folder + ".part"):
            shutil.rmtree(old, ignore_errors=True)
        common.run([common.ONRECORD, "-a", folder + ".part", "index", "--quiet", *map(common.shared, SOURCES)])
        os.rename(folder + ".part", folder)
    return record


def entity_of(db, article, name, kind):
    """The identity that NAME has in ARTICLE: of the mention with these words, else of the first of its type that they touch ("Foreign Ministry" of
    "Russian Foreign Ministry"), else of the first."""
    mentions = db.execute('SELECT entity_id, type, words, "begin", "end" FROM mentions WHERE article_id = ? ORDER BY "begin"', (article,)).fetchall()
    bare = [(entity, type_, words.removesuffix("’s").removesuffix("'s"), begin, end) for entity, type_, words, begin, end in mentions]
    exact = [entity for entity, type_, words, _, _ in bare if words == name and type_ == kind] or [entity for entity, _, words, _, _ in bare if words == name]
    if exact:
        return exact[0]
    text = db.execute("SELECT text FROM articles WHERE id = ?", (article,)).fetchone()
    if text is None:
        raise SystemExit(f"identities: no article '{article}' in the archive")
    place = text[0].find(name)
    touched = [(entity, type_) for entity, type_, _, begin, end in bare if begin < place + len(name) and place < end]
    return next((entity for entity, type_ in touched if type_ == kind), touched[0][0] if touched else None)


def pairs(path):
    for number, line in enumerate(open(path, encoding="utf8"), 1):
        if line.startswith("#"):
            continue
        row = line.rstrip("\n").split("\t")
        if len(row) != 6 or row[0] not in ("same", "different"):
            raise SystemExit(f"{path}:{number}: not a verdict, a type, and two articles with a name each")
        yield row


def score(db, title, paths, n_misses):
    counts, misses = {}, []
    for verdict, kind, article, name, other_article, other_name in itertools.chain(*map(pairs, paths)):
        ids = entity_of(db, article, name, kind), entity_of(db, other_article, other_name, kind)
        is_joined = ids[0] is not None and ids[0] == ids[1]
        for row in ("all", kind):
            tally = counts.setdefault(row, {"same": [0, 0], "different": [0, 0], "unfound": 0})
            tally[verdict][0] += is_joined
            tally[verdict][1] += 1
            tally["unfound"] += None in ids
        if is_joined != (verdict == "same"):
            misses.append(f"{verdict}\t{kind}\t{article}\t{name} ({ids[0]})\t{other_article}\t{other_name} ({ids[1]})")
    print(title)
    for row, tally in sorted(counts.items()):
        (right, n_same), (wrong, n_different) = tally["same"], tally["different"]
        print(f"{row:8s} precision {right / max(right + wrong, 1):.3f}  recall {right / max(n_same, 1):.3f}   {n_same} same, {right} joined; "
              f"{n_different} different, {wrong} joined; {tally['unfound']} pairs with a name that was not found")
    for miss in misses[:n_misses]:
        print(miss)


def main():
    """--misses shows those of what is tuned on only."""
    options = common.options()
    db = sqlite3.connect(f"file:{archive(options.fresh)}?mode=ro", uri=True)
    for title, paths in SHEETS:
        score(db, title, paths, options.misses if title == "tuned on" else 0)


main()
