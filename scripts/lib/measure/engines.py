# SPDX-License-Identifier: GPL-2.0-or-later
"""Both engines over 200,000 articles: how fast each indexes by itself, how large its index is, and 22 kinds of query,
top 10, in process. Beside them a C++ program that uses libxapian by itself: one database of the same articles with the
same terms, and the same queries. The engines and the program take turns at the queries; medians of all turns.

Indexing is measured over the first 50,000 articles (--articles), since xapian takes a quarter of an hour for all of
them; the indexes that queries are asked of hold all, and are made once, in build/measure."""
import json
import os
import shlex
import subprocess

import common
import corpora

BENCH = os.path.join(common.ROOT, "build", "release", "bench")
TEMPLATE = os.path.join(os.path.dirname(__file__), "plain_xapian.txt")
LIBRARY = "xapian"
N_BUILT = 50_000
N_QUERIES, N_REPEATS = "9", "5"
# What the engine is held to: its medians over the plain program's, its own milliseconds, its building over the program's.
RATIO_WANTED, P50_WANTED, P99_WANTED, BUILD_WANTED = 1.25, 5, 30, 2
SAME_SCORE = 1e-6
# Articles that the plain program's database takes between two commits: Xapian's own number, and the best that was found (500 to 1,000 are alike).
USUAL_COMMIT, FASTEST_COMMIT = 10_000, 700


def work(name):
    return os.path.join(common.WORK, name)


def say_load(when):
    """Others' work shows in every figure: two cores, shared."""
    print(f"load {when}: {' '.join(f'{load:.2f}' for load in os.getloadavg())} on {os.cpu_count()} cores", flush=True)


# --- the plain program ---

def pkg_config(*what):
    return subprocess.run(["pkg-config", *what, f"{LIBRARY}-core"], check=True, capture_output=True, text=True).stdout.strip()


def plain_program():
    """Compiled anew: that takes seconds. The header's whole name stands in one file of the project alone."""
    source, program = work("plain_xapian.cc"), work("plain_xapian")
    with open(TEMPLATE, encoding="utf8") as template, open(source, "w", encoding="utf8") as out:
        out.write(template.read().replace("@XAPIAN_HEADER@", f"{LIBRARY}.h"))
    common.run(["g++", "-std=c++17", "-O2", "-o", program, source, *shlex.split(pkg_config("--cflags", "--libs"))])
    return program


# --- building ---

def result_of(command, stdin=None):
    """The figures that a building program prints."""
    path = work("engines.json")
    with open(path, "wb") as out:
        common.run(command, stdout=out, stdin=stdin)
    with open(path, encoding="utf8") as figures:
        return json.load(figures)


def engine_built(archive, engine, folder, n_articles, *more):
    command = [os.path.join(BENCH, "bench_build"), archive, engine, common.removed(folder), str(n_articles), *more]
    return result_of(command)


def plain_built(program, archive, folder, n_articles, n_a_commit=FASTEST_COMMIT):
    with subprocess.Popen([os.path.join(BENCH, "bench_build"), archive, "--terms", str(n_articles)],
                          stdout=subprocess.PIPE) as terms:
        figures = result_of(["env", f"XAPIAN_FLUSH_THRESHOLD={n_a_commit}", program, "build", common.removed(folder)],
                            stdin=terms.stdout)
    common.removed(folder + ".loose")
    return {**figures, "index_bytes": common.size_of(folder)}


def print_built(name, figures):
    size, index = figures["text_bytes"] / common.MB, figures["index_bytes"] / common.MB
    print(f"{name:38s} {figures['articles']:9,} {size / figures['wall']:6.2f} {size / figures['cpu']:9.2f} {figures['wall']:7.1f} "
          f"{figures['cpu']:7.1f} {index:7.0f} MB {index / size:6.2f}", flush=True)


def print_head():
    print(f"{'building':38s} {'articles':>9s} {'MB/s':>6s} {'MB/CPU s':>9s} {'wall s':>7s} {'CPU s':>7s} {'index':>10s} {'/ text':>6s}")


def build(archive, program, n_articles):
    folder = work("engines.scratch")
    ways = {
        "fts5": lambda: engine_built(archive, "fts5", folder, n_articles),
        "xapian": lambda: engine_built(archive, "xapian", folder, n_articles),
        "xapian, articles only": lambda: engine_built(archive, "xapian", folder, n_articles, "articles"),
        "plain Xapian, articles, one database": lambda: plain_built(program, archive, folder, n_articles, USUAL_COMMIT),
        "the same, commits of the best size": lambda: plain_built(program, archive, folder, n_articles),
    }
    built = {}
    for name, way in ways.items():
        built[name] = way()
        print_built(name, built[name])
    common.removed(folder)
    whole, articles, plain, tuned = (built[name] for name in list(ways)[1:])
    print(f"  its compaction, apart: {tuned['compact_wall']:.1f} s, {tuned['compact_cpu']:.1f} CPU s")
    print("MB: title and body of articles. Engines index their quotes too, and xapian keeps what the record says of an article")
    for name, other in (("as Xapian commits by itself", plain), ("with commits of the best size", tuned)):
        print(f"xapian over plain, {name}, in wall time: articles only {other['wall'] / articles['wall']:.2f}x, "
              f"with quotes {other['wall'] / whole['wall']:.2f}x (wanted: {BUILD_WANTED}x)")


# --- what queries are asked of ---

def made_once(name, label, make, fresh):
    """A folder in build/measure that MAKE fills. Its figures are those of when it was made."""
    folder = work(name)
    done = folder + ".complete"
    if fresh or not os.path.exists(done):
        common.removed(done)
        figures = make(folder)
        with open(done + ".part", "w", encoding="utf8") as out:
            json.dump(figures, out)
        os.rename(done + ".part", done)
    with open(done, encoding="utf8") as figures:
        print_built(f"{label} (as it was made)", json.load(figures))
    return folder


def large_indexes(archive, program, fresh):
    return {
        "fts5": archive,
        "xapian": made_once("s200k.xapian-index", "xapian", lambda folder: engine_built(archive, "xapian", folder, 0), fresh),
        "plain": made_once("s200k.xapian-plain", "plain Xapian",
                           lambda folder: plain_built(program, archive, folder, 0), fresh),
    }


# --- queries ---

def lines_of(path):
    with open(path, encoding="utf8") as lines:
        return [line.rstrip("\n").split("\t") for line in lines]


def asked(archive, texts, name):
    """Runs the queries over ARCHIVE and returns their lines; they are left in a file for the plain program."""
    path = work(f"engines.{name}.queries")
    common.run([os.path.join(BENCH, "bench_query"), archive, "-", N_QUERIES, N_REPEATS, "--texts", texts, "--write", path])
    return lines_of(path)


def plain_asked(program, database):
    path = work("engines.plain.queries")
    with open(work("engines.xapian.queries"), "rb") as queries, open(path, "wb") as out:
        common.run([program, "query", database, N_REPEATS], stdout=out, stdin=queries)
    return lines_of(path)


def hits_of(line):
    return [(int(row), float(score)) for row, score in (hit.split(":") for hit in line[4].split())]


def is_same(one, other):
    """The same number of matches, and the same hits in the same order with the same scores."""
    ours, theirs = hits_of(one), hits_of(other)
    return one[3] == other[3] and [row for row, _ in ours] == [row for row, _ in theirs] and all(
        abs(a - b) <= SAME_SCORE * max(abs(a), 1) for (_, a), (_, b) in zip(ours, theirs))


def medians(turns, column):
    """For each query the median of its turns."""
    return [common.median(float(turn[i][column]) for turn in turns) for i in range(len(turns[0]))]


def quantile(values, q):
    """As bench_query takes it."""
    return sorted(values)[int(q * (len(values) - 1) + 0.5)]


def by_kind(kinds, values):
    """The median of each kind, in the order of the kinds."""
    groups = {}
    for kind, value in zip(kinds, values):
        groups.setdefault(kind, []).append(value)
    return {kind: common.median(group) for kind, group in groups.items()}


def print_kinds(kinds, columns):
    groups = {name: by_kind(kinds, values) for name, values in columns.items()}
    ours, plain = groups["xapian"], groups["plain"]
    print(f"{'queries, ms: p50':24s}" + "".join(f" {name:>10s}" for name in columns) + "  xapian / plain")
    for kind in ours:
        print(f"{kind:24s}" + "".join(f" {groups[name][kind]:10.3f}" for name in columns) + f" {ours[kind] / plain[kind]:15.2f}")
    for q in (0.5, 0.99):
        label = f"all queries, p{100 * q:.0f}"
        print(f"{label:24s}" + "".join(f" {quantile(values, q):10.3f}" for values in columns.values()) +
              f" {quantile(columns['xapian'], q) / quantile(columns['plain'], q):15.2f}")
    middle = {name: common.median(group.values()) for name, group in groups.items()}
    print(f"{'median of medians':24s}" + "".join(f" {value:10.3f}" for value in middle.values()) +
          f" {middle['xapian'] / middle['plain']:15.2f}")
    return [kind for kind in ours if ours[kind] / plain[kind] > RATIO_WANTED]


def query(indexes, program, n_turns):
    turns = {name: [] for name in indexes}
    for _ in range(n_turns):
        turns["fts5"].append(asked(indexes["fts5"], indexes["fts5"], "fts5"))
        turns["xapian"].append(asked(indexes["xapian"], indexes["fts5"], "xapian"))
        turns["plain"].append(plain_asked(program, indexes["plain"]))
    kinds = [line[0] for line in turns["xapian"][0]]
    columns = {"fts5": medians(turns["fts5"], 2), "xapian": medians(turns["xapian"], 1), "plain": medians(turns["plain"], 1),
               "by number": medians(turns["plain"], 5), "xapian +": medians(turns["xapian"], 2),
               "plain +": medians(turns["plain"], 2)}
    slow = print_kinds(kinds, columns)
    print("+: with the number of all matches, which fts5 always has; by number: plain, with equal hits by number, not by id")
    print(f"wanted: xapian / plain {RATIO_WANTED} at most ({len(slow)} kinds above it: {', '.join(slow) or 'none'}); "
          f"p50 {P50_WANTED} ms, p99 {P99_WANTED} ms at most")
    for other in ("plain", "fts5"):
        n_same = sum(is_same(a, b) for a, b in zip(turns["xapian"][0], turns[other][0]))
        print(f"xapian and {other} agree on {n_same} of {len(kinds)} queries: the same hits in the same order, scores to "
              f"{SAME_SCORE:g}, the same number of matches")


def main():
    options = common.options("articles")
    archive = corpora.large_archive(corpora.large_corpus(options.fresh), options.fresh)
    program = plain_program()
    print(f"Xapian {pkg_config('--modversion')}; queries over 200,000 articles: {N_QUERIES} a kind, median of {N_REPEATS} runs "
          f"after one that warms, and of {options.runs} turns")
    say_load("before")
    print_head()
    build(archive, program, options.articles or N_BUILT)
    indexes = large_indexes(archive, program, options.fresh)
    say_load("after building")
    query(indexes, program, options.runs)
    say_load("after")


main()
