/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A database behind a server is as one on the disk, until the server is not what it should be. */
#include "fixture.h"
#include "server.h"

#include <signal.h>
#include <string.h>

ONR_SUITE(xapian_remote);

#define HOST "127.0.0.1"
#define PATIENCE 5000 /* ms, where a server that answers is expected */

static OnrXapDatabase *connect_to(guint port, OnrXapDatabase *db) {
  GError *error = NULL;
  if (!db)
    db = onr_xap_database_new(&error);
  onr_xap_database_add_remote(db, HOST, port, PATIENCE, &error);
  fixture_no_error(error);
  return db;
}

static Server *serve(const char *path) {
  return server_start((const char *const[]){path, NULL});
}

static const char *const texts[] = {
    "the war the end", "1914", "war and peace", "1869", "a war", "", "peace", "1918",
    "the end",         "1914", "war war war",   "",     "",      "", NULL};

static void append_count(const char *value, gsize length, guint64 n, gpointer data) {
  g_string_append_printf(data, "%.*s=%" G_GUINT64_FORMAT " ", (int)length, value, n);
}

/* Matches, their weights and the values among all of them. */
static char *print_search(OnrXapDatabase *db, const OnrXapQuery *query, OnrXapOrder order, guint32 n) {
  GString *out = g_string_new(NULL);
  g_auto(OnrXapMatches) matches = {0};
  OnrXapSpec spec = fixture_spec(order);
  spec.n = n, spec.each_value = append_count, spec.count_tail = n / 3, spec.data = out;
  fixture_search(db, query, &spec, &matches);
  g_string_append_printf(out, "of %" G_GUINT64_FORMAT ":", matches.n_matches);
  for (guint i = 0; i < matches.items->len; i++) {
    const OnrXapMatch *match = &g_array_index(matches.items, OnrXapMatch, i);
    g_string_append_printf(out, " %u/%.12g", match->docid, match->weight);
  }
  return g_string_free(out, FALSE);
}

static void expect_same_search(OnrXapDatabase *a, OnrXapDatabase *b, OnrXapQuery *query) {
  for (guint order = ONR_XAP_BY_DOCID; order <= ONR_XAP_BY_VALUE; order++)
    for (guint32 n = 0; n <= 9; n += 3) {
      g_autofree char *in_a = print_search(a, query, (OnrXapOrder)order, n);
      g_autofree char *in_b = print_search(b, query, (OnrXapOrder)order, n);
      cr_assert_str_eq(in_a, in_b);
    }
  onr_xap_query_free(query);
}

static void expect_same(OnrXapDatabase *a, OnrXapDatabase *b) {
  GError *error = NULL;
  g_autofree char *in_a = fixture_print(a), *in_b = fixture_print(b);
  cr_assert_str_eq(in_a, in_b);
  expect_same_search(a, b, onr_xap_query_all(&error));
  expect_same_search(a, b, onr_xap_query_none(&error));
  expect_same_search(a, b, fixture_group(ONR_XAP_OR, "war peace the", 0));
  expect_same_search(a, b, fixture_group(ONR_XAP_AND, "war the", 0));
  expect_same_search(a, b, fixture_group(ONR_XAP_PHRASE, "the end", 2));
  expect_same_search(a, b, fixture_group(ONR_XAP_NEAR, "end war", 4));
  expect_same_search(a, b, onr_xap_query_range(FIXTURE_SLOT, "1869", 4, "1914", 4, &error));
  expect_same_search(a, b, onr_xap_query_and_not(fixture_term("war"), fixture_term("a"), &error));
  expect_same_search(a, b,
                     onr_xap_query_filter(onr_xap_query_scale(fixture_term("war"), 0.5, &error),
                                          fixture_term("the"), &error));
}

Test(xapian_remote, a_served_database_is_as_the_local_one) {
  server_need();
  g_autoptr(Fixture) fixture = fixture_new();
  fixture_build(fixture->one, 2, 3, texts);
  g_autoptr(Server) server = serve(fixture->one);
  g_autoptr(OnrXapDatabase) local = fixture_open(fixture->one, NULL);
  g_autoptr(OnrXapDatabase) remote = connect_to(server->port, NULL);
  cr_assert_eq(onr_xap_database_n_parts(remote), 1);
  cr_assert_eq(onr_xap_database_is_served(local), FALSE);
  cr_assert_eq(onr_xap_database_is_served(remote), TRUE);
  expect_same(local, remote);
  GError *error = NULL;
  cr_assert_null(onr_xap_query_docids(remote, (const guint32[]){2}, 1, &error));
  fixture_expect(&error, ONR_ERROR_USAGE, "a server is not asked by number");
}

Test(xapian_remote, metadata_revision_and_what_is_not_there) {
  server_need();
  g_autoptr(Fixture) fixture = fixture_new();
  GError *error = NULL;
  OnrXapWriter *writer = fixture_writer(fixture->one, ONR_XAP_CREATE);
  onr_xap_writer_set_metadata(writer, "key", "\0value", 6, &error);
  fixture_put(writer, 3, "a", NULL);
  fixture_commit(writer);
  onr_xap_writer_free(writer);
  g_autoptr(Server) server = serve(fixture->one);
  g_autoptr(OnrXapDatabase) db = connect_to(server->port, NULL);
  g_autoptr(GString) out = g_string_new(NULL);
  cr_assert_eq(onr_xap_database_metadata(db, "key", out, &error), TRUE);
  cr_assert_eq(out->len == 6 && !memcmp(out->str, "\0value", 6), TRUE);
  cr_assert_eq(onr_xap_database_metadata(db, "none", out, &error), TRUE);
  cr_assert_str_eq(out->str, "");
  guint64 number = 0;
  cr_assert_eq(onr_xap_database_revision(db, &number, &error), FALSE);
  fixture_expect(&error, ONR_ERROR_UNSUPPORTED, HOST);
  cr_assert_eq(onr_xap_database_data(db, 2, out, &error), FALSE);
  fixture_expect(&error, ONR_ERROR_NOT_FOUND, HOST);
  cr_assert_eq(onr_xap_database_length(db, 9, &number, &error), FALSE);
  fixture_expect(&error, ONR_ERROR_NOT_FOUND, HOST);
  fixture_finds(db, fixture_term("a"), ONR_XAP_BY_DOCID, "3"); /* and the connection goes on */
}

/* Local, remote and a remote that serves two: the weights are of all of them. */
Test(xapian_remote, local_and_remote_parts_are_as_one) {
  server_need();
  g_autoptr(Fixture) fixture = fixture_new();
  fixture_build(fixture->one, 1, 1, texts);
  fixture_build(fixture->two, 1, 2, texts + 4);
  fixture_build(fixture->three, 3, 1, texts + 8);
  g_autoptr(Server) first = serve(fixture->one);
  g_autoptr(Server) third = serve(fixture->three);
  g_autoptr(OnrXapDatabase) local = fixture_open(fixture->one, fixture->two, fixture->three, NULL);
  GError *error = NULL;
  g_autoptr(OnrXapDatabase) mixed = connect_to(first->port, NULL);
  onr_xap_database_add(mixed, fixture->two, &error);
  connect_to(third->port, mixed);
  cr_assert_eq(onr_xap_database_n_parts(mixed), 3);
  expect_same(local, mixed);
}

Test(xapian_remote, a_server_of_several_is_one_part) {
  server_need();
  g_autoptr(Fixture) fixture = fixture_new();
  fixture_build(fixture->one, 1, 1, texts);
  fixture_build(fixture->two, 1, 2, texts + 4);
  g_autoptr(Server) server = server_start((const char *const[]){fixture->one, fixture->two, NULL});
  g_autoptr(OnrXapDatabase) local = fixture_open(fixture->one, fixture->two, NULL);
  g_autoptr(OnrXapDatabase) remote = connect_to(server->port, NULL);
  cr_assert_eq(onr_xap_database_n_parts(remote), 1);
  cr_assert_eq(onr_xap_database_is_served(local), FALSE);
  cr_assert_eq(onr_xap_database_is_served(remote), TRUE);
  expect_same(local, remote);
  GError *error = NULL;
  cr_assert_null(onr_xap_query_docids(remote, (const guint32[]){2}, 1, &error));
  fixture_expect(&error, ONR_ERROR_USAGE, "a server is not asked by number");
}

Test(xapian_remote, reopen_shows_what_was_committed_since) {
  server_need();
  g_autoptr(Fixture) fixture = fixture_new();
  GError *error = NULL;
  fixture_build(fixture->one, 1, 1, texts);
  g_autoptr(Server) server = serve(fixture->one);
  g_autoptr(OnrXapDatabase) db = connect_to(server->port, NULL);
  g_autoptr(OnrXapWriter) writer = fixture_writer(fixture->one, ONR_XAP_OPEN);
  fixture_put(writer, 20, "new war", NULL);
  fixture_commit(writer);
  fixture_finds(db, fixture_term("new"), ONR_XAP_BY_DOCID, "");
  cr_assert_eq(onr_xap_database_reopen(db, &error), TRUE);
  fixture_finds(db, fixture_term("new"), ONR_XAP_BY_DOCID, "20");
}

static void fill(OnrXapWriter *writer, const char *word) {
  for (guint i = 1; i <= 500; i++) {
    g_autofree char *words = g_strdup_printf("%s common number%u", word, i);
    fixture_put(writer, i, words, word);
  }
  fixture_commit(writer);
}

Test(xapian_remote, an_overtaken_server_is_busy_until_it_reopens) {
  server_need();
  g_autoptr(Fixture) fixture = fixture_new();
  GError *error = NULL;
  g_autoptr(OnrXapWriter) writer = fixture_writer(fixture->one, ONR_XAP_CREATE);
  fill(writer, "first");
  g_autoptr(Server) server = serve(fixture->one);
  g_autoptr(OnrXapDatabase) db = connect_to(server->port, NULL);
  fill(writer, "second");
  fill(writer, "third");
  fill(writer, "fourth");
  g_autoptr(GString) data = g_string_new(NULL);
  cr_assert_eq(onr_xap_database_data(db, 77, data, &error), FALSE);
  fixture_expect(&error, ONR_ERROR_BUSY, HOST);
  cr_assert_eq(onr_xap_database_reopen(db, &error), TRUE);
  cr_assert_eq(onr_xap_database_data(db, 77, data, &error), TRUE);
  cr_assert_str_eq(data->str, "fourth common number77");
}

/* --- faults --- */

/* Fails with IO, names the server, and returns how long it took in ms. */
static gint64 expect_no_connection(guint port, guint timeout_ms) {
  GError *error = NULL;
  g_autofree char *name = g_strdup_printf(HOST ":%u", port);
  g_autoptr(OnrXapDatabase) db = onr_xap_database_new(&error);
  gint64 start = g_get_monotonic_time();
  cr_assert_eq(onr_xap_database_add_remote(db, HOST, port, timeout_ms, &error), FALSE);
  gint64 end = g_get_monotonic_time();
  fixture_expect(&error, ONR_ERROR_IO, name);
  cr_assert_eq(onr_xap_database_n_parts(db), 0);
  return (end - start) / 1000;
}

Test(xapian_remote, nobody_listens) {
  cr_assert_lt(expect_no_connection(server_free_port(), PATIENCE), PATIENCE);
}

Test(xapian_remote, no_such_host) {
  GError *error = NULL;
  g_autoptr(OnrXapDatabase) db = onr_xap_database_new(&error);
  cr_assert_eq(onr_xap_database_add_remote(db, "no such host", 1, PATIENCE, &error), FALSE);
  fixture_expect(&error, ONR_ERROR_IO, "no such host:1");
}

/* A second is for a machine that is busy. */
Test(xapian_remote, a_silent_server_is_given_up_in_time) {
  g_autoptr(Impostor) impostor = impostor_new(NULL, 0, FALSE);
  gint64 took = expect_no_connection(impostor->port, 300);
  cr_assert_geq(took, 290);
  cr_assert_lt(took, 2 * 300 + 1000);
}

Test(xapian_remote, servers_of_other_protocols) {
  static const struct {
    const char *bytes;
    gsize n;
  } greetings[] = {{"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n", 47},
                   {"SSH-2.0-OpenSSH_9.2\r\n", 21},
                   {"\0\0\0\0\0\0\0\0\0\0\0\0", 12},
                   {"\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff", 12},
                   {"\x05\x03xyz", 5},
                   {"\1", 1},
                   {"", 0}};
  for (guint i = 0; i < G_N_ELEMENTS(greetings); i++)
    for (guint hangs_up = 0; hangs_up < 2; hangs_up++) {
      g_autoptr(Impostor) impostor = impostor_new(greetings[i].bytes, greetings[i].n, hangs_up == 1);
      cr_assert_lt(expect_no_connection(impostor->port, 100), 2 * 100 + 1000);
    }
}

/* Reads whatever BYTES make a server look like. It must come to an end, and with IO where with an error; what
   was damaged may be a number. */
static void read_impostor(const char *bytes, gsize n) {
  GError *error = NULL;
  g_autoptr(Impostor) impostor = impostor_new(bytes, n, TRUE);
  g_autoptr(OnrXapDatabase) db = onr_xap_database_new(&error);
  g_autoptr(GString) data = g_string_new(NULL);
  if (onr_xap_database_add_remote(db, HOST, impostor->port, 300, &error))
    onr_xap_database_data(db, 1, data, &error);
  cr_assert_not_null(error);
  cr_assert_neq(error->code, ONR_ERROR_CORRUPT, "%s", error->message);
  g_clear_error(&error);
}

/* The right greeting, byte by byte wrong, with and without nonsense behind it. */
Test(xapian_remote, a_damaged_greeting) {
  server_need();
  g_autoptr(Fixture) fixture = fixture_new();
  fixture_build(fixture->one, 1, 1, texts);
  g_autoptr(Server) server = serve(fixture->one);
  g_autoptr(GByteArray) greeting = server_greeting(server->port);
  g_autoptr(GRand) random = g_rand_new_with_seed(11);
  const guint length = greeting->len;
  for (guint i = 0; i < 20; i++) {
    guint8 byte = (guint8)g_rand_int_range(random, 0, 12);
    g_byte_array_append(greeting, &byte, 1);
  }
  for (guint i = 0; i < length; i++)
    for (guint round = 0; round < 6; round++) {
      const guint8 right = greeting->data[i];
      greeting->data[i] = (guint8)(round < 2 ? right ^ (round ? 0xff : 1) : g_rand_int_range(random, 0, 256));
      read_impostor((const char *)greeting->data, round % 2 ? length : greeting->len);
      greeting->data[i] = right;
    }
}

/* A late answer is not taken for that to the next question. */
Test(xapian_remote, a_server_that_stalls) {
  server_need();
  g_autoptr(Fixture) fixture = fixture_new();
  GError *error = NULL;
  fixture_build(fixture->one, 1, 1, texts);
  g_autoptr(Server) server = serve(fixture->one);
  g_autoptr(OnrXapDatabase) db = onr_xap_database_new(&error);
  onr_xap_database_add_remote(db, HOST, server->port, 200, &error);
  fixture_no_error(error);
  g_autoptr(OnrXapQuery) query = fixture_term("war");
  g_autoptr(GString) data = g_string_new(NULL);
  g_auto(OnrXapMatches) matches = {0};
  OnrXapSpec spec = fixture_spec(ONR_XAP_BY_DOCID);
  server_hold(server);
  const gint64 start = g_get_monotonic_time();
  cr_assert_eq(onr_xap_database_data(db, 1, data, &error), FALSE);
  fixture_expect(&error, ONR_ERROR_IO, HOST);
  cr_assert_eq(onr_xap_database_search(db, query, &spec, &matches, &error), FALSE);
  fixture_expect(&error, ONR_ERROR_IO, HOST);
  const gint64 took = (g_get_monotonic_time() - start) / 1000;
  cr_assert_geq(took, 390);
  cr_assert_lt(took, 2 * 400 + 1000);
  server_go_on(server);
  cr_assert_eq(onr_xap_database_data(db, 2, data, &error), TRUE);
  cr_assert_str_eq(data->str, "war and peace");
  fixture_finds(db, fixture_term("peace"), ONR_XAP_BY_DOCID, "2 4");
}

/* libxapian has the process ignore SIGPIPE from its first connection on, and writes in the trust that it
 * does. */
/* Every call after the server has gone fails at once, and no signal comes of writing to it. */
Test(xapian_remote, a_server_that_dies) {
  server_need();
  g_autoptr(Fixture) fixture = fixture_new();
  GError *error = NULL;
  fixture_build(fixture->one, 1, 1, texts);
  g_autoptr(Server) server = serve(fixture->one);
  signal(SIGPIPE, SIG_DFL);
  g_autoptr(OnrXapDatabase) db = connect_to(server->port, NULL);
  fixture_finds(db, fixture_term("peace"), ONR_XAP_BY_DOCID, "2 4");
  server_kill(server);
  g_autoptr(OnrXapQuery) query = fixture_term("war");
  g_autoptr(GString) out = g_string_new(NULL);
  g_autoptr(GArray) docids = g_array_new(FALSE, FALSE, sizeof(guint32));
  OnrXapSpec spec = fixture_spec(ONR_XAP_BY_DOCID);
  const gint64 start = g_get_monotonic_time();
  for (guint round = 0; round < 3; round++) {
    g_auto(OnrXapMatches) matches = {0};
    cr_assert_eq(onr_xap_database_search(db, query, &spec, &matches, &error), FALSE);
    fixture_expect(&error, ONR_ERROR_IO, HOST);
    cr_assert_eq(onr_xap_database_data(db, 1, out, &error), FALSE);
    fixture_expect(&error, ONR_ERROR_IO, HOST);
    cr_assert_eq(onr_xap_database_docids(db, docids, &error), FALSE);
    fixture_expect(&error, ONR_ERROR_IO, HOST);
    cr_assert_eq(onr_xap_database_reopen(db, &error), FALSE);
    fixture_expect(&error, ONR_ERROR_IO, HOST);
  }
  cr_assert_lt(g_get_monotonic_time() - start, 1000 * PATIENCE);
}
