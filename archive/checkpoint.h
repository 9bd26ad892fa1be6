/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Private to archive/: carries what a writer has committed from SQLite's log to the file, on a thread and a connection
   of its own, while the writer goes on: copying pages and waiting for the disk was a thirtieth of indexing's time. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct OnrCheckpointer OnrCheckpointer;

/* For the database at FILE, in WAL mode. Nothing is started or opened yet. */
OnrCheckpointer *onr_checkpointer_new(const char *file);
/* Ends what is under way and closes its connection: before the writer closes its own. NULL is allowed. */
void onr_checkpointer_free(OnrCheckpointer *c);

/* Asks for all that is committed by now. What cannot be carried, because the disk is full or readers hold the log, stays
 * in the log, and is carried with what is asked for next or when the last connection closes. FALSE when no thread could be started. */
gboolean onr_checkpointer_wake(OnrCheckpointer *c);
/* Until what was asked for is carried, or could not be. */
void onr_checkpointer_wait(OnrCheckpointer *c);

G_END_DECLS
