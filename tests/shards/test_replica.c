/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A copy of a shard that xapian-replicate keeps takes the shard's place: docs/distribution.md. */
#include "corpus.h"
#include "hits.h"

#include <stdio.h>
#include <string.h>

ONR_SUITE(replica);

/* A shard with a copy of a2, which is indexed into; where it is replicated from; and who serves the replica.
 */
typedef struct {
  Scene scene;
  Machine *home, *away;
  Server *shard, *master, *replica;
} Replicated;

/* How many whole copies and changesets came. */
typedef struct {
  guint n_copies, n_changesets;
} Update;

static Update replicate_one(const Replicated *r, const char *database) {
  Update update;
  g_autofree char *line =
      g_strdup_printf("xapian-replicate --host=%s --port=%u --master=%s --one-shot --reader-time=0 --verbose "
                      "replica/%s",
                      r->home->host, r->master->port, database, database);
  g_autofree char *out = run_expect(&r->scene.place, line, 0);
  const char *said = strstr(out, "Update complete: ");
  cr_assert_not_null(said, "%s", out);
  int n = sscanf(said, "Update complete: %u copies, %u changesets", &update.n_copies, &update.n_changesets);
  cr_assert_eq(n, 2, "%s", out);
  return update;
}

static void replicate(const Replicated *r, gboolean is_copied, gboolean is_changed) {
  static const char *const databases[] = {"articles", "quotes"};
  for (guint i = 0; i < G_N_ELEMENTS(databases); i++) {
    Update update = replicate_one(r, databases[i]);
    cr_assert_eq(update.n_copies, (guint)is_copied, "%s: %u copies", databases[i], update.n_copies);
    cr_assert_eq(update.n_changesets > 0, is_changed, "%s: %u changesets", databases[i], update.n_changesets);
  }
}

static void replicated_init(Replicated *r) {
  server_need_tools();
  scene_init(&r->scene);
  g_free(run_expect(&r->scene.place, "cp -R a2/. mine", 0));
  g_free(run_expect(&r->scene.place, "mkdir replica", 0));
  r->home = machine_new(&r->scene.place, 1);
  r->away = machine_new(&r->scene.place, 2);
  r->shard = server_start_shard(&r->scene.place, r->home, "mine");
  r->master = server_start_master(&r->scene.place, r->home, "mine/xapian");
  replicate(r, TRUE, FALSE);
  r->replica = server_start_databases(&r->scene.place, r->away, "replica/articles", "replica/quotes");
}

static void replicated_clear(Replicated *r) {
  server_free(r->shard);
  server_free(r->master);
  server_free(r->replica);
  machine_free(r->home);
  machine_free(r->away);
  scene_clear(&r->scene);
}

static char *ask(const Replicated *r, const char *command, const char *name) {
  g_autofree char *line = g_strdup_printf(
      "onrecord %s -a a0 -a a1 -a %s -a a3 --format jsonl --any 'lighthouse harbour zinc speaker:lavrin'",
      command, name);
  return run_expect(&r->scene.place, line, 0);
}

static void expect_same(const Replicated *r, const char *wanted_of, const char *got_of) {
  static const char *const commands[] = {"search", "quotes"};
  for (guint i = 0; i < G_N_ELEMENTS(commands); i++) {
    g_autofree char *wanted = ask(r, commands[i], wanted_of), *got = ask(r, commands[i], got_of);
    hits_expect_same(wanted, got, commands[i]);
  }
}

static void index_text(const Replicated *r, const char *text) {
  g_autofree char *line = articles_line("new-1", "One more of Brask", text);
  g_free(onr_test_write(r->scene.place.dir, "more/new.jsonl", line, -1));
  g_free(run_expect(&r->scene.place, "onrecord -a mine index --quiet more", 0));
}

Test(replica, it_takes_the_place_of_a_dead_shard) {
  Replicated r;
  replicated_init(&r);
  expect_same(&r, r.shard->name, r.replica->name);
  server_kill(r.shard);
  expect_same(&r, "a2", r.replica->name);
  replicated_clear(&r);
}

/* A new article and a changed one go over as changesets, what is compacted as a whole; the replica's server
   goes on through all. */
Test(replica, it_follows) {
  Replicated r;
  replicated_init(&r);
  r.scene.place.env = g_environ_setenv(r.scene.place.env, "XAPIAN_MAX_CHANGESETS", "100", TRUE);
  index_text(&r, "“The zinc of Brask is new,” said Sergei Lavrin, the foreign minister of Tolvania.");
  replicate(&r, FALSE, TRUE);
  expect_same(&r, "mine", r.replica->name);
  index_text(&r, "“The zinc of Brask is old,” said Sergey Lavrin, the foreign minister of Tolvania.");
  replicate(&r, FALSE, TRUE);
  expect_same(&r, "mine", r.replica->name);
  g_free(run_expect(&r.scene.place, "onrecord -a mine compact", 0));
  replicate(&r, TRUE, FALSE);
  expect_same(&r, "mine", r.replica->name);
  replicate(&r, FALSE, FALSE);
  replicated_clear(&r);
}

/* Without changesets all goes over anew. */
Test(replica, without_changesets_it_is_copied) {
  Replicated r;
  replicated_init(&r);
  r.scene.place.env = g_environ_unsetenv(r.scene.place.env, "XAPIAN_MAX_CHANGESETS");
  index_text(&r, "“The zinc of Brask is new,” said Sergei Lavrin, the foreign minister of Tolvania.");
  replicate(&r, TRUE, FALSE);
  expect_same(&r, "mine", r.replica->name);
  replicated_clear(&r);
}
