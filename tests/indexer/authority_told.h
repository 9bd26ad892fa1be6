/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the reading of an authority file tells, as text: "LINE: entry" as it is printed, "LINE! fault", and
   "error CODE: message". */
#pragma once

#include "indexer/authority_file.h"

G_BEGIN_DECLS

/* Of the file at PATH; the entry STOP_AFTER (from 1; 0: none) is answered by an error. The caller frees it.
 */
char *onr_test_tell_authority(const char *path, OnrAuthorityFormat format, guint stop_after);
/* Of a file of LENGTH BYTES, -1 for up to the NUL. The caller frees it. */
char *onr_test_tell_bytes(const char *bytes, gssize length, OnrAuthorityFormat format);
/* The same with entries as TSV must be EXPECTED. */
void onr_test_expect_told(const char *bytes, gssize length, const char *expected);

G_END_DECLS
