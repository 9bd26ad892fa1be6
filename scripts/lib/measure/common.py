# SPDX-License-Identifier: GPL-2.0-or-later
"""What the measuring scripts share: where things are, and how a command is timed. Run by scripts/measure."""
import argparse
import gzip
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import time

ROOT = os.environ["ONR_ROOT"]
SHARED = os.environ["ONR_SHARED"]
WORK = os.path.join(ROOT, "build", "measure")
ONRECORD = os.path.join(ROOT, "build", "release", "cli", "onrecord")
TRAINER = os.path.join(ROOT, "build", "release", "training", "onrecord-train")
MB = 1e6


def options(*more):
    """MORE: names of further options, each a number."""
    parser = argparse.ArgumentParser(prog="scripts/measure NAME")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--fresh", action="store_true")
    parser.add_argument("--misses", type=int, default=0)
    for name in more:
        parser.add_argument(f"--{name}", type=int, default=0)
    os.makedirs(WORK, exist_ok=True)
    return parser.parse_args()


def shared(path):
    """The path of something in ../shared; ends the run with a line when it is not there."""
    full = os.path.join(SHARED, path)
    if not os.path.exists(full):
        sys.exit(f"measure: needs {full}, which is not there")
    return full


def unpacked(path):
    """A decompressed copy of a .gz file of ../shared, made once."""
    source = shared(path)
    copy = os.path.join(WORK, path.replace("/", "-").removesuffix(".gz"))
    if not os.path.exists(copy):
        with gzip.open(source, "rb") as packed, open(copy + ".part", "wb") as out:
            shutil.copyfileobj(packed, out)
        os.rename(copy + ".part", copy)
    return copy


def articles(path):
    """The objects of a JSON Lines file, gzipped or not."""
    opener = gzip.open if path.endswith(".gz") else open
    with opener(path, "rt", encoding="utf8") as lines:
        for line in lines:
            yield json.loads(line)


def text_bytes(path):
    """Bytes of title and body: what all figures in MB/s are about, whatever a format wraps around them."""
    return sum(len(((a.get("title") or "") + (a.get("body") or "")).encode()) for a in articles(path))


def run(command, stdout=None, stdin=None):
    """Runs a command and returns (wall seconds, CPU seconds, its largest resident size in MiB)."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.monotonic()
    process = subprocess.Popen(command, stdout=stdout or subprocess.DEVNULL, stdin=stdin, stderr=subprocess.PIPE)
    errors = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.monotonic() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"measure: {' '.join(command)}\nended with {process.returncode}\n{errors.decode(errors='replace')[-2000:]}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return wall, cpu, usage.ru_maxrss / 1024


def size_of(path):
    if os.path.isfile(path):
        return os.path.getsize(path)
    return sum(os.path.getsize(os.path.join(folder, name)) for folder, _, names in os.walk(path) for name in names)


def removed(path):
    """PATH, with whatever stood there removed."""
    if os.path.isdir(path):
        shutil.rmtree(path)
    elif os.path.exists(path):
        os.remove(path)
    return path


def archive_of(name, *paths):
    """A fresh archive of PATHS below build/measure."""
    folder = removed(os.path.join(WORK, name))
    run([ONRECORD, "-a", folder, "--quiet", "index", *paths])
    return folder


def annotated(name, path):
    """The file of annotations that `onrecord annotate` prints for PATH."""
    out = os.path.join(WORK, name)
    with open(out, "wb") as file:
        run([ONRECORD, "annotate", "--format", "jsonl", path], stdout=file)
    return out


def score(scorer, *arguments):
    """Prints what a scorer of ../shared/eval prints."""
    sys.stdout.flush()
    subprocess.run([sys.executable, "-B", shared(f"eval/{scorer}"), *arguments], check=True)


def median(values):
    return statistics.median(values)
