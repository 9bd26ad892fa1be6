/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Private to archive/: the tables of the record (docs/schema.md describes each) and the marks by which a file is known as one. */
#pragma once

#include <sqlite3.h>

#include "text/error.h"

G_BEGIN_DECLS

/* "OnRc", in the header of the file: `file` and sqlite3 show it. */
#define ONR_APPLICATION_ID 0x4f6e5263

/* archive/schema.sql with a NUL, made into bytes by archive/CMakeLists.txt. */
extern const guint8 onr_schema_sql[];

/* Makes all tables in an empty database, within the caller's transaction. */
gboolean onr_schema_create(sqlite3 *db, GError **error);

/* *IS_EMPTY: no table at all, no mark (a file of no bytes, or one whose making was cut short). Else CORRUPT where the file is no record, UNSUPPORTED where it
   is one of another schema version. */
gboolean onr_schema_verify(sqlite3 *db, gboolean *is_empty, GError **error);

G_END_DECLS
