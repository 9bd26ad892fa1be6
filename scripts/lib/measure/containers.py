# SPDX-License-Identifier: GPL-2.0-or-later
"""Large files and packed ones. The time and memory of `onrecord index` on 1 GB of JSON Lines and on a crawl of 1 GB (made by
repetition of 6,000 articles and of web pages, with ids and addresses of their own), and of reading alone on one core:
compressions, crawls, zip and tar. What is made goes to the system's temporary folder and is removed again."""
import bz2
import glob
import gzip
import json
import lzma
import os
import shutil
import subprocess
import tarfile
import tempfile
import zipfile

import common

BENCH = os.path.join(common.ROOT, "build", "release", "bench", "bench_items")
LARGE = 1_000_000_000
SMALL = 100_000_000


def pages():
    paths = sorted(glob.glob(os.path.join(common.shared("data/html/pages"), "*")))
    out = []
    for path in paths:
        opener = gzip.open if path.endswith(".gz") else open
        with opener(path, "rb") as file:
            out.append(file.read())
    return out


def record(number, page):
    """A WARC response; what is written into the page makes its content new and its address its own."""
    page = page.replace(b"</body>", b"<p>Copy %d of this page.</p></body>" % number)
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page
    return (b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://copy.example/%d\r\nWARC-Date: 2022-02-06T10:15:00Z\r\n"
            b"Content-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n" % (number, len(block)) + block + b"\r\n\r\n")


def write_warc(path, size, is_packed):
    sources, number, written = pages(), 0, 0
    with open(path, "wb") as out:
        while written < size:
            data = record(number, sources[number % len(sources)])
            written += len(data)
            out.write(gzip.compress(data, 6) if is_packed else data)
            number += 1
    return path


def write_lines(path, size):
    sources = list(common.articles(common.shared("data/articles/allsides-6000.jsonl.gz")))
    number, written = 0, 0
    with open(path, "wb") as out:
        while written < size:
            article = dict(sources[number % len(sources)], id=f"copy-{number}")
            line = json.dumps(article, ensure_ascii=False).encode() + b"\n"
            out.write(line)
            written += len(line)
            number += 1
    return path


def pack(source, ending):
    """SOURCE packed in the way that ENDING names; its path."""
    path = source + "." + ending
    if ending == "zip":
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
            out.write(source, os.path.basename(source))
        return path
    if ending == "tar":
        with tarfile.open(path, "w") as out:
            out.add(source, os.path.basename(source))
        return path
    if ending == "zst":
        subprocess.run(["zstd", "-q", source, "-o", path], check=True)
        return path
    opener = {"gz": gzip.open, "bz2": bz2.open, "xz": lambda name, mode: lzma.open(name, mode, preset=1)}[ending]
    with open(source, "rb") as data, opener(path, "wb") as out:
        shutil.copyfileobj(data, out, 1 << 20)
    return path


def read_alone(paths, runs, *options):
    """Median MB of what was unpacked a second of CPU, and memory, of each of PATHS: a process each."""
    for path in paths:
        rows = [subprocess.run([BENCH, *options, path], check=True, capture_output=True, text=True).stdout.rstrip("\n").split("\t")
                for _ in range(runs)]
        name, items, errors, disk, _, _, _, _ = rows[0][:8]
        speed = common.median([float(row[6]) for row in rows])
        memory = max(float(row[7]) for row in rows)
        print(f"{name:28s} {items:>7s} {errors:>6s} {disk:>8s} {speed:8.0f} {memory:6.0f}")


def index(folder, path):
    archive = common.removed(os.path.join(folder, "archive"))
    wall, cpu, memory = common.run([common.ONRECORD, "-a", archive, "--quiet", "index", path])
    size = common.size_of(path) / common.MB
    print(f"{os.path.basename(path):28s} {size:8.0f} {size / wall:8.1f} {wall:7.0f} {cpu:7.0f} {memory:6.0f}", flush=True)
    common.removed(archive)


def main():
    options = common.options()
    with tempfile.TemporaryDirectory(prefix="onrecord-measure-") as folder:
        def at(name):
            return os.path.join(folder, name)

        print("reading alone: MB of what comes out a second of CPU; MiB at most")
        print(f"{'':28s} {'items':>7s} {'errors':>6s} {'MB disk':>8s} {'MB/s':>8s} {'MiB':>6s}")
        lines, warc = write_lines(at("lines.jsonl"), SMALL), write_warc(at("crawl.warc"), SMALL, False)
        packed = [pack(lines, ending) for ending in ("gz", "bz2", "xz", "zst", "zip", "tar")]
        read_alone([lines, *packed, warc, write_warc(at("crawl.warc.gz"), SMALL, True)], options.runs)
        print("the same, and made articles of")
        read_alone([lines, warc], options.runs, "--parse")
        for path in glob.glob(at("*")):
            os.remove(path)
        print("onrecord index: MB/s of the file")
        print(f"{'':28s} {'MB':>8s} {'MB/s':>8s} {'wall s':>7s} {'CPU s':>7s} {'MiB':>6s}")
        for path in (write_warc(at("1gb.warc"), LARGE, False), write_lines(at("1gb.jsonl"), LARGE)):
            index(folder, path)
            os.remove(path)


main()
