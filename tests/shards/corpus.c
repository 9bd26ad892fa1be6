/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "corpus.h"

#include <criterion/hooks.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <unistd.h>

#define CORPUS "ONR_SHARDS_CORPUS" /* variable of the environment: the folder */

/* --- made once --- */

static void index_into(const Place *place, const char *archive, const char *input) {
  g_autofree char *line = g_strdup_printf("onrecord -a %s index --quiet --engine xapian %s", archive, input);
  g_free(run_expect(place, line, 0));
}

/* Folders are seen from the list's own. */
static const char LIST[] = "# the four\n\na0\n  a1   # the second\na2\n./a3\n";

ReportHook(PRE_ALL)(struct criterion_test_set *tests) {
  (void)tests;
  Place place;
  place_init(&place);
  articles_write(place.dir);
  index_into(&place, "whole", "0 1 2 3");
  for (guint i = 0; i < ARTICLES_N_SHARDS; i++) {
    g_autofree char *archive = g_strdup_printf("a%u", i);
    index_into(&place, archive, archive + 1);
  }
  g_free(onr_test_write(place.dir, "shards.conf", LIST, -1));
  setenv(CORPUS, place.dir, 1);
  g_free(place.dir);
  g_strfreev(place.env);
}

ReportHook(POST_ALL)(struct criterion_global_stats *stats) {
  (void)stats;
  onr_test_remove_dir(g_getenv(CORPUS));
}

/* --- in a test --- */

void scene_init(Scene *scene) {
  static const char *const names[] = {"whole", "a0", "a1", "a2", "a3", "shards.conf"};
  *scene = (Scene){0};
  prctl(PR_SET_CHILD_SUBREAPER, 1); /* of servers' children that have lost their parent */
  place_init(&scene->place);
  for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
    g_autofree char *from = g_build_filename(g_getenv(CORPUS), names[i], NULL);
    g_autofree char *to = g_build_filename(scene->place.dir, names[i], NULL);
    cr_assert_eq(symlink(from, to), 0);
  }
}

void scene_init_served(Scene *scene) {
  server_need_tools();
  scene_init(scene);
  for (guint i = 0; i < ARTICLES_N_SHARDS; i++) {
    g_autofree char *archive = g_strdup_printf("a%u", i);
    scene->machines[i] = machine_new(&scene->place, i + 1);
    scene->servers[i] = server_start_shard(&scene->place, scene->machines[i], archive);
  }
}

void scene_clear(Scene *scene) {
  for (guint i = 0; i < ARTICLES_N_SHARDS; i++) {
    g_clear_pointer(&scene->servers[i], server_free);
    g_clear_pointer(&scene->machines[i], machine_free);
  }
  place_clear(&scene->place);
}

char *scene_layout(const Scene *scene, guint local) {
  GString *words = g_string_new(NULL);
  for (guint i = 0; i < ARTICLES_N_SHARDS; i++)
    if (local >> i & 1)
      g_string_append_printf(words, " -a a%u", i);
    else
      g_string_append_printf(words, " -a %s", scene->servers[i]->name);
  return g_string_free(words, FALSE);
}
