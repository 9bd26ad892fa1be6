/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A shard that does not answer, or not as it should: an error that names it, or the hits of the others and a
 * word about it; in either case in time, and never a hang. */
#include "corpus.h"
#include "hits.h"

#include "archive/xapian/xapian_c.h"
#include <jansson.h>
#include <math.h>
#include <signal.h>
#include <string.h>

ONR_SUITE(failures);

#define TIMEOUT 2 /* seconds */
/* Once to notice and once to find out whose it was, and a second; beside what a run takes on this machine
   that waits for nobody. */
#define MOST_SECONDS (2 * TIMEOUT + 1)
#define WITHIN "--timeout " G_STRINGIFY(TIMEOUT)

/* The four with NAME in place of a2, and those that are left without it. */
typedef struct {
  char *all, *rest;
  const char *name;
} Layout;

static Layout layout_with(const char *name) {
  return (Layout){.all = g_strdup_printf("-a a0 -a a1 -a %s -a a3", name),
                  .rest = g_strdup("-a a0 -a a1 -a a3"),
                  .name = name};
}

static void layout_clear(Layout *layout) {
  g_free(layout->all);
  g_free(layout->rest);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Layout, layout_clear)

/* --- what is asked, and what must come of it --- */

static Run *ask(const Scene *scene, const char *layout, const char *options) {
  g_autofree char *line =
      g_strdup_printf("onrecord quotes %s " WITHIN " %s 'harbour OR nato'", layout, options);
  return run_start(&scene->place, line);
}

static void expect_in_time(const Run *run, double calm_seconds) {
  cr_assert_lt(run->seconds, MOST_SECONDS + 2 * calm_seconds, "%s: %g s beside %g\n%s", run->line,
               run->seconds, calm_seconds, run->err);
}

static void expect_named(Run *run, const char *name, const Run *calm) {
  g_autofree char *shard = g_strdup_printf("onrecord: shard '%s': ", name);
  run_end(run);
  cr_assert_eq(run->status, 2, "%s: %d\n%s", run->line, run->status, run->err);
  cr_assert_str_eq(run->out, "", "%s", run->line);
  ASSERT_HAS(run->err, shard);
  expect_in_time(run, calm->seconds);
}

/* One line says that NAME is missing, and nothing else is said. */
static void expect_one_warning(const Run *run, const char *name) {
  g_autofree char *warning = g_strdup_printf("onrecord: results without shard %s: ", name);
  cr_assert_eq(g_str_has_prefix(run->err, warning), TRUE, "%s: %s", run->line, run->err);
  cr_assert_str_eq(strchr(run->err, '\n'), "\n", "%s: %s", run->line, run->err);
}

static void expect_rest(Run *run, const char *name, const Run *rest) {
  run_end(run);
  cr_assert_eq(run->status, 0, "%s: %d\n%s", run->line, run->status, run->err);
  expect_one_warning(run, name);
  hits_expect_same(rest->out, run->out, run->line);
  expect_in_time(run, rest->seconds);
}

/* A document has the counts of the rest, and says what is missing. */
static void expect_rest_counted(Run *run, const char *name, const Run *rest) {
  run_end(run);
  cr_assert_eq(run->status, 0, "%s: %d\n%s", run->line, run->status, run->err);
  json_t *wanted = json_loads(rest->out, 0, NULL), *got = json_loads(run->out, 0, NULL);
  json_t *missing = json_incref(json_object_get(got, "missing_shards"));
  cr_assert_eq(json_array_size(missing), 1, "%s", run->out);
  cr_assert_eq(g_str_has_prefix(json_string_value(json_array_get(missing, 0)), name), TRUE, "%s", run->out);
  json_object_del(got, "missing_shards");
  json_object_del(wanted, "missing_shards");
  cr_assert_eq(json_equal(wanted, got), 1, "%s\n%s", rest->out, run->out);
  json_decref(missing);
  json_decref(got);
  json_decref(wanted);
}

/* The runs go at the same time. */
static void expect_missing(const Scene *scene, const char *name) {
  g_auto(Layout) layout = layout_with(name);
  g_autoptr(Run) rest = ask(scene, layout.rest, "--format jsonl");
  g_autoptr(Run) rest_count = ask(scene, layout.rest, "--count --format json");
  g_autoptr(Run) strict = ask(scene, layout.all, "--format jsonl");
  g_autoptr(Run) partial = ask(scene, layout.all, "--partial allow --format jsonl");
  g_autoptr(Run) count = ask(scene, layout.all, "--partial allow --count --format json");
  run_end(rest);
  run_end(rest_count);
  cr_assert_eq(rest->status + rest_count->status, 0);
  expect_named(strict, name, rest);
  expect_rest(partial, name, rest);
  expect_rest_counted(count, name, rest_count);
}

/* --- before anything is asked --- */

typedef struct {
  Scene scene;
  Machine *machine;
  Server *server;
} Served;

static void served_init(Served *s) {
  server_need_tools();
  scene_init(&s->scene);
  s->machine = machine_new(&s->scene.place, 1);
  s->server = server_start_shard(&s->scene.place, s->machine, "a2");
}

static void served_clear(Served *s) {
  server_free(s->server);
  machine_free(s->machine);
  scene_clear(&s->scene);
}

Test(failures, a_server_that_is_dead) {
  Served s;
  served_init(&s);
  server_kill(s.server);
  expect_missing(&s.scene, s.server->name);
  served_clear(&s);
}

Test(failures, a_server_that_is_stopped) {
  Served s;
  served_init(&s);
  server_signal(s.server, SIGSTOP);
  expect_missing(&s.scene, s.server->name);
  served_clear(&s);
}

Test(failures, a_machine_without_power) {
  Served s;
  served_init(&s);
  if (!machine_vanish(&s.scene.place, s.machine)) {
    served_clear(&s);
    cr_skip_test("no network namespaces here");
  }
  expect_missing(&s.scene, s.server->name);
  served_clear(&s);
}

Test(failures, no_such_host) {
  Scene scene;
  scene_init(&scene);
  expect_missing(&scene, "no-such-host.invalid:7400");
  scene_clear(&scene);
}

Test(failures, impostors) {
  static const char *const ways[] = {"close", "silence", "noise", "flood"};
  Scene scene;
  scene_init(&scene);
  g_autoptr(Machine) machine = machine_new(&scene.place, 1);
  for (guint i = 0; i < G_N_ELEMENTS(ways); i++) {
    g_autoptr(Server) impostor = server_start_impostor(&scene.place, machine, ways[i]);
    expect_missing(&scene, impostor->name);
  }
  scene_clear(&scene);
}

/* Two that are silent are waited for at the same time. */
Test(failures, several_at_once) {
  Scene scene;
  scene_init(&scene);
  g_autoptr(Machine) one = machine_new(&scene.place, 1), other = machine_new(&scene.place, 2);
  g_autoptr(Server) silent = server_start_impostor(&scene.place, one, "silence");
  g_autoptr(Server) mute = server_start_impostor(&scene.place, other, "silence");
  g_autofree char *layout = g_strdup_printf("-a a0 -a %s -a %s -a a3", silent->name, mute->name);
  g_autoptr(Run) rest = ask(&scene, "-a a0 -a a3", "--format jsonl");
  g_autoptr(Run) strict = ask(&scene, layout, "--format jsonl");
  g_autoptr(Run) partial = ask(&scene, layout, "--partial allow --format jsonl");
  run_end(rest);
  expect_named(strict, silent->name, rest);
  run_end(partial);
  cr_assert_eq(partial->status, 0, "%s", partial->err);
  ASSERT_HAS(partial->err, silent->name);
  ASSERT_HAS(partial->err, mute->name);
  hits_expect_same(rest->out, partial->out, partial->line);
  expect_in_time(partial, rest->seconds);
  scene_clear(&scene);
}

/* Nothing is found in nothing, and that is said. */
Test(failures, all_of_them) {
  Scene scene;
  scene_init(&scene);
  g_autoptr(Machine) machine = machine_new(&scene.place, 1);
  g_autoptr(Server) impostor = server_start_impostor(&scene.place, machine, "close");
  g_autofree char *layout = g_strdup_printf("-a %s", impostor->name);
  g_autoptr(Run) run = ask(&scene, layout, "--partial allow --quiet --format jsonl");
  run_end(run);
  cr_assert_eq(run->status, 1, "%d: %s", run->status, run->err);
  cr_assert_str_eq(run->out, "");
  expect_one_warning(run, impostor->name);
  scene_clear(&scene);
}

/* --- of another make --- */

static void set_metadata(const Scene *scene, const char *database, const char *key, const char *value) {
  g_autofree char *path = g_build_filename(scene->place.dir, database, NULL);
  GError *error = NULL;
  g_autoptr(OnrXapWriter) writer = onr_xap_writer_open(path, ONR_XAP_OPEN, &error);
  gboolean is_done = writer && onr_xap_writer_set_metadata(writer, key, value, strlen(value), &error) &&
                     onr_xap_writer_commit(writer, &error);
  cr_assert_eq(is_done, TRUE, "%s", error ? error->message : "");
}

/* What a2 has, but with KEY set to VALUE in DATABASE. */
static Server *serve_other(const Scene *scene, const Machine *machine, const char *database, const char *key,
                           const char *value) {
  g_autofree char *copied = run_expect(&scene->place,
                                       "sh -c 'rm -rf articles quotes && cp -RL a2/xapian/articles articles "
                                       "&& cp -RL a2/xapian/quotes quotes'",
                                       0);
  set_metadata(scene, database, key, value);
  return server_start_databases(&scene->place, machine, "articles", "quotes");
}

Test(failures, another_format_or_other_terms) {
  static const struct {
    const char *database, *key, *said;
  } cases[] = {{"articles", "xapian_format", "its xapian_format is '999', this program reads '3'"},
               {"quotes", "xapian_format", "its xapian_format is '999', this program reads '3'"},
               {"quotes", "term_version", "its term_version is '999', this program reads '"}};
  Scene scene;
  server_need_tools();
  scene_init(&scene);
  g_autoptr(Machine) machine = machine_new(&scene.place, 1);
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autoptr(Server) server = serve_other(&scene, machine, cases[i].database, cases[i].key, "999");
    g_auto(Layout) layout = layout_with(server->name);
    expect_missing(&scene, server->name);
    g_autoptr(Run) run = ask(&scene, layout.all, "");
    run_end(run);
    ASSERT_HAS(run->err, cases[i].said);
  }
  scene_clear(&scene);
}

Test(failures, another_language) {
  Scene scene;
  server_need_tools();
  scene_init(&scene);
  g_autoptr(Machine) machine = machine_new(&scene.place, 1);
  g_autoptr(Server) server = serve_other(&scene, machine, "articles", "language", "german");
  g_auto(Layout) layout = layout_with(server->name);
  g_autofree char *copied = run_expect(&scene.place, "sh -c 'cp -R a3/. b3'", 0);
  g_free(run_expect(&scene.place, "onrecord -a b3 reindex --quiet --language german", 0));
  static const char *const options[] = {"--partial error", "--partial allow"};
  for (guint i = 0; i < G_N_ELEMENTS(options); i++) {
    g_autoptr(Run) run = ask(&scene, layout.all, options[i]);
    g_autoptr(Run) local = ask(&scene, "-a a0 -a b3", options[i]);
    g_autoptr(Run) calm = ask(&scene, "-a a0 -a a3", "");
    run_end(calm);
    expect_named(run, server->name, calm);
    ASSERT_HAS(run->err, "german");
    ASSERT_HAS(run->err, "english");
    expect_named(local, "b3", calm);
  }
  scene_clear(&scene);
}

/* --- in the middle of a run --- */

#define N_BATCH 40 /* queries before, and as many after */

static const char *const QUERIES[] = {"harbour",           "nato OR winter", "speaker:lavrin",
                                      "dam NEAR/5 winter", "econom*",        "mention:brask"};

/* Queries with the ids NAME-0 and so on, and one at whose end the program says something. */
static char *batch_text(const char *name) {
  GString *lines = g_string_new(NULL);
  for (guint i = 0; i < N_BATCH; i++)
    g_string_append_printf(lines, "%s-%u\t%s\n", name, i, QUERIES[i % G_N_ELEMENTS(QUERIES)]);
  g_string_append_printf(lines, "%s-last\tdate:2022\n", name);
  return g_string_free(lines, FALSE);
}

static Run *start_batch(const Scene *scene, const char *layout, const char *options) {
  g_autofree char *line =
      g_strdup_printf("onrecord quotes %s " WITHIN " -n 2 --format jsonl --batch - %s", layout, options);
  return run_start(&scene->place, line);
}

static char *batch_of(const Scene *scene, const char *layout, const char *text) {
  g_autoptr(Run) run = start_batch(scene, layout, "");
  run_write(run, text);
  run_end(run);
  cr_assert_eq(run->status, 0, "%s", run->err);
  return g_steal_pointer(&run->out);
}

typedef struct {
  Served *served;
  Run *strict, *partial;
  char *first, *second; /* what is asked before, and after */
} Batches;

static void batches_begin(Batches *b, Served *s) {
  g_auto(Layout) layout = layout_with(s->server->name);
  *b = (Batches){s, start_batch(&s->scene, layout.all, ""),
                 start_batch(&s->scene, layout.all, "--partial allow"), batch_text("first"),
                 batch_text("second")};
  run_write(b->strict, b->first);
  run_write(b->partial, b->first);
  run_await(b->strict, "left out by the date filter");
  run_await(b->partial, "left out by the date filter");
}

/* What came before is whole, each query that comes after is said to fail. */
static void expect_strict(const Batches *b, const char *first) {
  cr_assert_eq(b->strict->status, 2, "%s", b->strict->err);
  hits_expect_same(first, b->strict->out, b->strict->line);
  for (guint line = N_BATCH + 2; line <= 2 * N_BATCH + 2; line++) {
    g_autofree char *named =
        g_strdup_printf("onrecord: standard input:%u: shard '%s': ", line, b->served->server->name);
    ASSERT_HAS(b->strict->err, named);
  }
}

/* What comes after is of the rest, which is said once. */
static void expect_partial(const Batches *b, const char *first, const char *second) {
  g_autofree char *both = g_strconcat(first, second, NULL);
  g_autofree char *warning = g_strdup_printf("results without shard %s: ", b->served->server->name);
  cr_assert_eq(b->partial->status, 0, "%s", b->partial->err);
  hits_expect_same(both, b->partial->out, b->partial->line);
  const char *at = strstr(b->partial->err, warning);
  cr_assert_not_null(at, "%s", b->partial->err);
  cr_assert_null(strstr(at + 1, warning), "%s", b->partial->err);
}

static void batches_end(Batches *b) {
  const Scene *scene = &b->served->scene;
  gint64 then = g_get_monotonic_time();
  run_write(b->strict, b->second);
  run_write(b->partial, b->second);
  run_end(b->strict);
  run_end(b->partial);
  gint64 now = g_get_monotonic_time();
  g_autofree char *first = batch_of(scene, "-a a0 -a a1 -a a2 -a a3", b->first);
  g_autofree char *second = batch_of(scene, "-a a0 -a a1 -a a3", b->second);
  gint64 calm = g_get_monotonic_time() - now;
  cr_assert_lt(now - then, MOST_SECONDS * G_USEC_PER_SEC + 2 * calm, "%" G_GINT64_FORMAT " us", now - then);
  expect_strict(b, first);
  expect_partial(b, first, second);
}

static void batches_clear(Batches *b) {
  run_free(b->strict);
  run_free(b->partial);
  g_free(b->first);
  g_free(b->second);
}

Test(failures, a_server_that_dies_while_it_is_asked) {
  Served s;
  Batches b;
  served_init(&s);
  batches_begin(&b, &s);
  server_kill(s.server);
  batches_end(&b);
  batches_clear(&b);
  served_clear(&s);
}

Test(failures, a_server_that_is_stopped_while_it_is_asked) {
  Served s;
  Batches b;
  served_init(&s);
  batches_begin(&b, &s);
  server_signal(s.server, SIGSTOP);
  batches_end(&b);
  batches_clear(&b);
  served_clear(&s);
}

Test(failures, a_machine_that_loses_power_while_it_is_asked) {
  Served s;
  Batches b;
  served_init(&s);
  batches_begin(&b, &s);
  if (machine_vanish(&s.scene.place, s.machine))
    batches_end(&b);
  batches_clear(&b);
  served_clear(&s);
}

/* --- in the middle of an answer --- */

/* One run over a relay that lets so much through. */
typedef struct {
  Server *relay;
  Run *run;
  gboolean is_strict;
} Cut;

static void cut_free(gpointer p) {
  Cut *cut = p;
  run_free(cut->run);
  server_free(cut->relay);
  g_free(cut);
}

static Cut *cut_new(const Served *s, const Machine *here, const char *how, guint n_bytes,
                    gboolean is_strict) {
  Cut *cut = g_new0(Cut, 1);
  g_autofree char *words = g_strdup_printf("%s %s %u %u", how, s->machine->host, s->server->port, n_bytes);
  cut->relay = server_start_impostor(&s->scene.place, here, words);
  cut->is_strict = is_strict;
  return cut;
}

#define CUT_OPTIONS "-n 10 --format jsonl"

static void cut_begin(Cut *cut, const Scene *scene) {
  g_auto(Layout) layout = layout_with(cut->relay->name);
  cut->run = ask(scene, layout.all, cut->is_strict ? CUT_OPTIONS : CUT_OPTIONS " --partial allow");
}

/* All, where it came through; else an error, or all but the relay's. TRUE where it came through. */
static gboolean cut_expect(Cut *cut, const Run *whole, const Run *rest) {
  run_end(cut->run);
  expect_in_time(cut->run, rest->seconds);
  gboolean is_through = !*cut->run->err;
  if (is_through || !cut->is_strict) {
    cr_assert_eq(cut->run->status, 0, "%s: %d\n%s", cut->run->line, cut->run->status, cut->run->err);
    hits_expect_same(is_through ? whole->out : rest->out, cut->run->out, cut->run->line);
    if (!is_through)
      expect_one_warning(cut->run, cut->relay->name);
    return is_through;
  }
  g_autofree char *shard = g_strdup_printf("onrecord: shard '%s': ", cut->relay->name);
  cr_assert_eq(cut->run->status, 2, "%s: %d\n%s", cut->run->line, cut->run->status, cut->run->err);
  cr_assert_str_eq(cut->run->out, "");
  ASSERT_HAS(cut->run->err, shard);
  return FALSE;
}

/* After ever more bytes, each time FACTOR as many, up to where all comes through; N at the same time. */
static void cut_everywhere(const char *how, guint n, double factor) {
  Served s;
  served_init(&s);
  g_autoptr(Machine) here = machine_new(&s.scene.place, 0);
  gboolean is_through = FALSE;
  for (double n_bytes = 40; !is_through;) {
    g_autoptr(GPtrArray) cuts = g_ptr_array_new_with_free_func(cut_free);
    for (guint i = 0; i < n; i++, n_bytes *= factor)
      for (guint strict = 0; strict < 2; strict++)
        g_ptr_array_add(cuts, cut_new(&s, here, how, (guint)n_bytes, strict == 1));
    g_autoptr(Run) whole = ask(&s.scene, "-a a0 -a a1 -a a2 -a a3", CUT_OPTIONS);
    g_autoptr(Run) rest = ask(&s.scene, "-a a0 -a a1 -a a3", CUT_OPTIONS);
    for (guint i = 0; i < cuts->len; i++)
      cut_begin(cuts->pdata[i], &s.scene);
    run_end(whole);
    run_end(rest);
    for (guint i = 0; i < cuts->len; i++)
      is_through |= cut_expect(cuts->pdata[i], whole, rest);
  }
  served_clear(&s);
}

Test(failures, answers_that_end) {
  cut_everywhere("close", 3, 1.8);
}

Test(failures, answers_that_become_nonsense) {
  cut_everywhere("noise", 3, 1.8);
}

Test(failures, answers_that_stop) {
  cut_everywhere("silence", 7, 2.7);
}
