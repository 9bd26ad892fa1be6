/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "archive/checkpoint.h"

#include <sqlite3.h>

struct OnrCheckpointer {
  char *file;
  GThread *thread; /* NULL before it is needed */
  GMutex mutex;
  GCond is_asked, is_done;
  gboolean is_wanted, is_busy, is_ending;
};

static gboolean wait_for_wish(OnrCheckpointer *c) {
  g_mutex_lock(&c->mutex);
  while (!c->is_wanted && !c->is_ending)
    g_cond_wait(&c->is_asked, &c->mutex);
  gboolean goes_on = !c->is_ending;
  c->is_wanted = FALSE;
  c->is_busy = goes_on;
  g_mutex_unlock(&c->mutex);
  return goes_on;
}

static void tell_done(OnrCheckpointer *c) {
  g_mutex_lock(&c->mutex);
  c->is_busy = FALSE;
  g_cond_signal(&c->is_done);
  g_mutex_unlock(&c->mutex);
}

/* Until it has read from it, a connection does not know that the database has a log. */
static sqlite3 *connect_to_log(const char *file) {
  sqlite3 *db = NULL;
  if (sqlite3_open_v2(file, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) == SQLITE_OK &&
      sqlite3_exec(db, "PRAGMA schema_version", NULL, NULL, NULL) == SQLITE_OK)
    return db;
  sqlite3_close(db);
  return NULL;
}

static gpointer run(gpointer data) {
  OnrCheckpointer *c = data;
  sqlite3 *db = NULL;
  while (wait_for_wish(c)) {
    if (!db)
      db = connect_to_log(c->file);
    if (db)
      sqlite3_wal_checkpoint_v2(db, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
    tell_done(c);
  }
  sqlite3_close(db);
  return NULL;
}

OnrCheckpointer *onr_checkpointer_new(const char *file) {
  OnrCheckpointer *c = g_new0(OnrCheckpointer, 1);
  c->file = g_strdup(file);
  g_mutex_init(&c->mutex);
  g_cond_init(&c->is_asked);
  g_cond_init(&c->is_done);
  return c;
}

void onr_checkpointer_free(OnrCheckpointer *c) {
  if (!c)
    return;
  g_mutex_lock(&c->mutex);
  c->is_ending = TRUE;
  g_cond_signal(&c->is_asked);
  g_mutex_unlock(&c->mutex);
  if (c->thread)
    g_thread_join(c->thread);
  g_mutex_clear(&c->mutex);
  g_cond_clear(&c->is_asked);
  g_cond_clear(&c->is_done);
  g_free(c->file);
  g_free(c);
}

gboolean onr_checkpointer_wake(OnrCheckpointer *c) {
  if (!c->thread)
    c->thread = g_thread_try_new("onr-checkpoint", run, c, NULL);
  g_mutex_lock(&c->mutex);
  c->is_wanted = TRUE;
  g_cond_signal(&c->is_asked);
  g_mutex_unlock(&c->mutex);
  return c->thread != NULL;
}

void onr_checkpointer_wait(OnrCheckpointer *c) {
  g_mutex_lock(&c->mutex);
  while (c->thread && (c->is_wanted || c->is_busy))
    g_cond_wait(&c->is_done, &c->mutex);
  g_mutex_unlock(&c->mutex);
}
