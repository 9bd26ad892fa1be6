/* SPDX-License-Identifier: GPL-2.0-or-later */
/* `onrecord serve-shard`: how it begins and ends, and what it leaves. */
#include "corpus.h"
#include "hits.h"

#include <signal.h>
#include <string.h>
#include <unistd.h>

ONR_SUITE(serve);

/* --- its end --- */

/* Waits until all of PIDS are gone; each would be for as long as it pleases. */
static void expect_all_gone(const GArray *pids, const char *why) {
  gint64 end = g_get_monotonic_time() + RUN_MOST_SECONDS * G_USEC_PER_SEC;
  for (guint i = 0; i < pids->len; i++) {
    pid_t pid = g_array_index(pids, pid_t, i);
    while (!server_is_gone(pid) && g_get_monotonic_time() < end)
      g_usleep(5000);
    cr_assert_eq(server_is_gone(pid), TRUE, "%s: process %d is left", why, pid);
  }
}

typedef struct {
  Scene scene;
  Machine *machine;
  Server *server;
  Run *client; /* with a query that it waits for */
  GArray *processes;
} Serving;

static void serving_init(Serving *s) {
  server_need_tools();
  scene_init(&s->scene);
  s->machine = machine_new(&s->scene.place, 1);
  s->server = server_start_shard(&s->scene.place, s->machine, "a2");
  g_autofree char *line =
      g_strdup_printf("onrecord search -a %s --batch - --count --timeout 2", s->server->name);
  s->client = run_start(&s->scene.place, line);
  run_write(s->client, "date:2022\n");
  run_await(s->client, "left out by the date filter");
  s->processes = server_processes(s->server->run->pid);
}

static void serving_clear(Serving *s) {
  g_array_unref(s->processes);
  run_free(s->client);
  server_free(s->server);
  machine_free(s->machine);
  scene_clear(&s->scene);
}

Test(serve, a_signal_ends_it_with_all_its_children) {
  static const int signals[] = {SIGTERM, SIGINT, SIGHUP};
  for (guint i = 0; i < G_N_ELEMENTS(signals); i++) {
    Serving s;
    serving_init(&s);
    cr_assert_geq(s.processes->len, 5, "two servers, and a child of each for the client");
    kill(s.server->run->pid, signals[i]);
    run_end(s.server->run);
    cr_assert_eq(s.server->run->status, 128 + signals[i], "%d", s.server->run->status);
    ASSERT_HAS(s.server->run->err, "serving articles at ");
    expect_all_gone(s.processes, "signal");
    serving_clear(&s);
  }
}

Test(serve, stopped_servers_end_as_well) {
  Serving s;
  serving_init(&s);
  for (guint i = 1; i < s.processes->len; i++)
    kill(g_array_index(s.processes, pid_t, i), SIGSTOP);
  kill(s.server->run->pid, SIGTERM);
  run_end(s.server->run);
  cr_assert_eq(s.server->run->status, 128 + SIGTERM);
  cr_assert_lt(s.server->run->seconds, RUN_MOST_SECONDS / 2);
  expect_all_gone(s.processes, "stopped");
  serving_clear(&s);
}

/* One server is no shard. */
Test(serve, it_ends_with_one_of_its_servers) {
  Serving s;
  serving_init(&s);
  kill(g_array_index(s.processes, pid_t, 1), SIGKILL);
  run_end(s.server->run);
  cr_assert_eq(s.server->run->status, 2);
  ASSERT_HAS(s.server->run->err, "has ended (signal 9)");
  expect_all_gone(s.processes, "one server");
  serving_clear(&s);
}

/* Killed, it cannot end its servers; they end of themselves, and their children with the client. */
Test(serve, nothing_outlives_it_when_it_is_killed) {
  Serving s;
  serving_init(&s);
  kill(s.server->run->pid, SIGKILL);
  run_end(s.server->run);
  run_end(s.client);
  expect_all_gone(s.processes, "killed");
  serving_clear(&s);
}

/* --- what stands in its way --- */

static void expect_refusal(const Scene *scene, const char *line, const char *said) {
  g_autoptr(Run) run = run_whole(&scene->place, line);
  cr_assert_eq(run->status, 2, "%s: %d\n%s", line, run->status, run->err);
  ASSERT_HAS(run->err, said);
  cr_assert_str_eq(run->out, "");
}

Test(serve, a_port_that_another_has) {
  Scene scene;
  server_need_tools();
  scene_init(&scene);
  g_autoptr(Machine) here = machine_new(&scene.place, 0);
  g_autoptr(Server) other = server_start_impostor(&scene.place, here, "silence");
  for (guint i = 0; i < 2; i++) { /* the quotes', then the articles' */
    g_autofree char *line = g_strdup_printf("onrecord serve-shard -a a2 --port %u", other->port - 1 + i);
    expect_refusal(&scene, line, "already in use");
  }
  g_autoptr(GArray) pids = server_processes(getpid());
  for (guint i = 1; i < pids->len; i++) {
    pid_t pid = g_array_index(pids, pid_t, i);
    cr_assert_eq(pid == other->run->pid || server_is_gone(pid), TRUE, "process %d is left", pid);
  }
  scene_clear(&scene);
}

Test(serve, without_xapian_tools) {
  Scene scene;
  scene_init(&scene);
  g_autofree char *bin = g_path_get_dirname(ONR_TEST_PROGRAM);
  scene.place.env = g_environ_setenv(scene.place.env, "PATH", bin, TRUE);
  expect_refusal(&scene, "onrecord serve-shard -a a2 --port 17400", "Debian's package xapian-tools");
  scene_clear(&scene);
}

Test(serve, archives_and_ports_that_cannot_be_served) {
  static const struct {
    const char *line, *said;
  } cases[] = {
      {"onrecord serve-shard -a small --port 17400", "an archive of the xapian engine"},
      {"onrecord serve-shard -a nowhere --port 17400", "no archive in 'nowhere'"},
      {"onrecord serve-shard -a a2", "serve-shard needs --port P"},
      {"onrecord serve-shard -a a2 --port 65535", "serve-shard needs --port P"},
      {"onrecord serve-shard -a a2 --port 17400 --interface nowhere.invalid", "has ended (exit status 1)"}};
  /* The last: either of its two servers may be the first to find no such host. */
  Scene scene;
  server_need_tools();
  scene_init(&scene);
  g_autofree char *article = articles_line("one", "One", "Nobody in Brask was surprised.");
  g_free(onr_test_write(scene.place.dir, "one.jsonl", article, -1));
  g_free(run_expect(&scene.place, "onrecord -a small index --quiet one.jsonl", 0));
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++)
    expect_refusal(&scene, cases[i].line, cases[i].said);
  scene_clear(&scene);
}

/* --- what it serves --- */

/* At its address and no other. (Xapian resolves no second address of a system that has no cable.) */
Test(serve, an_interface) {
  Scene scene;
  server_need_tools();
  scene_init(&scene);
  g_autoptr(Machine) cable = machine_new(&scene.place, 1);
  g_autoptr(Machine) here = machine_new(&scene.place, 0);
  Machine second = *here;
  second.host = (char *)"127.0.0.2";
  g_autoptr(Server) server = server_start_shard(&scene.place, &second, "a2");
  g_autofree char *there = g_strdup_printf("onrecord search -a %s --count nato", server->name);
  g_autofree char *elsewhere = g_strdup_printf("onrecord search -a 127.0.0.1:%u --count nato", server->port);
  g_free(run_expect(&scene.place, there, 0));
  g_free(run_expect(&scene.place, elsewhere, 2));
  scene_clear(&scene);
}

static void add_article(const Scene *scene, const char *id, const char *text) {
  g_autofree char *name = g_strdup_printf("more/%s.jsonl", id);
  g_autofree char *line = articles_line(id, "One more of Brask", text);
  g_free(onr_test_write(scene->place.dir, name, line, -1));
  g_free(run_expect(&scene->place, "onrecord -a mine index --quiet more", 0));
}

/* The next client has it; one that is there goes on without an error, and has it once it has been overtaken.
 */
Test(serve, a_later_run_of_index) {
  Scene scene;
  server_need_tools();
  scene_init(&scene);
  g_free(run_expect(&scene.place, "cp -R a2/. mine", 0));
  g_autoptr(Machine) machine = machine_new(&scene.place, 1);
  g_autoptr(Server) server = server_start_shard(&scene.place, machine, "mine");
  g_autofree char *next = g_strdup_printf("onrecord quotes -a %s --count zinc", server->name);
  g_autofree char *batch =
      g_strdup_printf("onrecord quotes -a %s --batch - --format jsonl --count", server->name);
  g_free(run_expect(&scene.place, next, 1));
  g_autoptr(Run) there = run_start(&scene.place, batch);
  for (guint i = 0; i < 5; i++) {
    g_autofree char *id = g_strdup_printf("new-%u", i);
    g_autofree char *heard = g_strdup_printf("zinc\nid:new-%u\ndate:2022\n", i);
    add_article(&scene, id,
                "“The zinc of Brask is new,” said Sergei Lavrin, the foreign minister of Tolvania.");
    run_write(there, heard);
    g_autofree char *got = run_expect(&scene.place, next, 0);
    g_autofree char *wanted = g_strdup_printf("%u of ", i + 1);
    ASSERT_HAS(got, wanted);
  }
  run_end(there);
  cr_assert_eq(there->status, 0, "%d: %s", there->status, there->err);
  cr_assert_null(strstr(there->err, "onrecord: "), "%s", there->err);
  scene_clear(&scene);
}
