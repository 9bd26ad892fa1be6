# SPDX-License-Identifier: GPL-2.0-or-later
"""The whole pipeline (read, annotate, store, index) over 6,000 news articles, beside what others do with the same text:
SQLite's FTS5 only indexes and stores it, omindex only indexes it. The programs take turns; medians."""
import os

import common
import plain


def main():
    options = common.options()
    source = common.shared("data/articles/allsides-6000.jsonl.gz")
    size = common.text_bytes(source) / common.MB
    csv_path = plain.write_csv(os.path.join(common.WORK, "allsides-6000.csv"), common.articles(source))
    pages = plain.write_pages(os.path.join(common.WORK, "allsides-6000.pages"), common.articles(source))
    archive, database, xapian = (os.path.join(common.WORK, name) for name in ("index.archive", "index.fts5", "index.xapian"))

    def onrecord(*jobs):
        return common.run([common.ONRECORD, "-a", common.removed(archive), "--quiet", "index", *jobs, source])

    ways = {
        "onrecord index": (onrecord, archive),
        f"onrecord index --jobs {os.cpu_count()}": (lambda: onrecord("--jobs", str(os.cpu_count())), archive),
        f"sqlite3 {plain.sqlite_version()} FTS5 import": (lambda: plain.fts5_import(csv_path, database), database),
        "omindex": (lambda: plain.omindex(pages, xapian), xapian),
    }
    runs, sizes = {name: [] for name in ways}, {}
    for _ in range(options.runs):
        for name, (way, result) in ways.items():
            runs[name].append(way())
            sizes[name] = common.size_of(result) / common.MB
    print(f"allsides-6000, {size:.1f} MB of title and body; median of {options.runs} runs, taking turns")
    print(f"{'':32s} {'MB/s':>6s} {'wall s':>7s} {'CPU s':>7s} {'MiB':>5s} {'on disk':>8s} {'our wall':>9s} {'our CPU':>8s}")
    ours = None
    for name, figures in runs.items():
        wall, cpu, memory = (common.median(column) for column in zip(*figures))
        ours = ours or (wall, cpu)
        print(f"{name:32s} {size / wall:6.1f} {wall:7.2f} {cpu:7.2f} {memory:5.0f} {sizes[name]:5.0f} MB "
              f"{ours[0] / wall:8.2f}x {ours[1] / cpu:7.2f}x")
    print("our wall, our CPU: the first line's time over this line's")


main()
