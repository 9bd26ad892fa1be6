# SPDX-License-Identifier: GPL-2.0-or-later
"""The same 6,000 news articles as one archive, and dealt out over four and eight shards: how long a whole command takes with
shards in folders and with shards that servers on this machine hand out, and how many bytes go over the network. All shards share
this machine's processors, so times show what a shard costs, not what several machines save."""
import itertools
import json
import os
import socket
import subprocess
import time

import common

LAYOUTS = (1, 4, 8)
FIRST_PORT = 17400
COMMANDS = (
    ("search", "'election'"), ("search", "senate budget"), ("search", '"supreme court"'), ("search", "president OR congress OR court"),
    ("search", "tax NEAR/5 plan"), ("search", "econom*"), ("search", "title:trump impeachment"), ("search", "vote date:2016"),
    ("quotes", "speaker:obama health"), ("quotes", "speaker:trump china"), ("quotes", "mention:nato"), ("quotes", '"climate change"'),
)


def dealt_out(source, n):
    """N files with the lines of SOURCE in turn."""
    paths = [os.path.join(common.WORK, f"shards-{n}-{i}.jsonl") for i in range(n)]
    files = [open(path, "w", encoding="utf8") for path in paths]
    for article, file in zip(common.articles(source), itertools.cycle(files)):
        file.write(json.dumps(article) + "\n")
    for file in files:
        file.close()
    return paths


def shards_of(source, n, fresh):
    """The folders of N archives of the xapian engine, made once."""
    names = [f"shards-{n}-{i}.archive" for i in range(n)]
    folders = [os.path.join(common.WORK, name) for name in names]
    if fresh or not all(os.path.exists(os.path.join(folder, "xapian", "quotes")) for folder in folders):
        for name, path in zip(names, dealt_out(source, n)):
            common.archive_of(name, "--engine", "xapian", path)
            os.remove(path)
    return folders


def answers(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


class Servers:
    """Shards served from FOLDERS while the block runs; their names."""

    def __init__(self, folders):
        self.folders = folders
        self.ports = [FIRST_PORT + 2 * i for i in range(len(folders))]

    def __enter__(self):
        self.processes = [subprocess.Popen([common.ONRECORD, "-a", folder, "serve-shard", "--port", str(port)],
                                           stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) for folder, port in zip(self.folders, self.ports)]
        while not all(answers(port) and answers(port + 1) for port in self.ports):
            time.sleep(0.05)
        return [f"127.0.0.1:{port}" for port in self.ports]

    def __exit__(self, *_):
        for process in self.processes:
            process.terminate()
        for process in self.processes:
            process.wait()


def network_bytes():
    """Received on the loopback interface: everything that was sent there, headers included."""
    with open("/proc/net/dev", encoding="ascii") as lines:
        return next(int(line.split(":")[1].split()[0]) for line in lines if line.strip().startswith("lo:"))


def ask(names, command, text):
    archives = [word for name in names for word in ("-a", name)]
    before = network_bytes()
    done = subprocess.run([common.ONRECORD, *archives, command, "--format", "jsonl", "-n", "10", text], capture_output=True)
    if done.returncode not in (0, 1):
        raise SystemExit(f"measure: {command} {text}: {done.stderr.decode()}")
    return done.stdout, network_bytes() - before


def hits(output):
    return [(hit["id"], round(hit["score"], 9)) for hit in map(json.loads, output.splitlines())]


def measure(names, n_runs):
    """For each command: milliseconds and bytes, medians; and its hits."""
    rows = []
    for command, text in COMMANDS:
        times, sizes = [], []
        for run in range(n_runs + 1):
            began = time.monotonic()
            output, n_bytes = ask(names, command, text)
            if run:
                times.append((time.monotonic() - began) * 1e3)
                sizes.append(n_bytes)
        rows.append((common.median(times), common.median(sizes), hits(output)))
    return rows


def print_row(label, rows, first):
    times, sizes = [row[0] for row in rows], [row[1] for row in rows]
    n_same = sum(row[2] == other[2] for row, other in zip(rows, first))
    print(f"{label:22s} {common.median(times):8.1f} {max(times):8.1f} {common.median(sizes) / 1e3:10.1f} {max(sizes) / 1e3:10.1f} "
          f"{n_same:6d} of {len(rows)}", flush=True)


def main():
    options = common.options()
    source = common.shared("data/articles/allsides-6000.jsonl.gz")
    first = None
    print(f"allsides-6000; {len(COMMANDS)} commands, ten hits, median of {options.runs} runs; load {os.getloadavg()[0]:.2f} on {os.cpu_count()} cores")
    print(f"{'':22s} {'ms p50':>8s} {'ms most':>8s} {'kB p50':>10s} {'kB most':>10s} {'same hits as one':>16s}")
    for n in LAYOUTS:
        folders = shards_of(source, n, options.fresh)
        rows = measure(folders, options.runs)
        first = first or rows
        print_row(f"{n} in folders", rows, first)
        with Servers(folders) as names:
            print_row(f"{n} served", measure(names, options.runs), first)


main()
