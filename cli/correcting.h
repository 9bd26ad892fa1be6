/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What `correct`, `merge`, `split` and `corrections` share: a line is added to the archive's corrections or taken out, and the archive brought to them. */
#pragma once

#include "cli/command.h"

G_BEGIN_DECLS

/* Adds LINES (OnrCorrection), says SAID and how to undo them, and how many find no quote. Where all of them are there already, a note says so. */
gboolean onr_correcting_add(OnrSession *session, const GArray *lines, const char *said, GError **error);

/* Writes CORRECTIONS and says how many find no quote. */
gboolean onr_correcting_write(OnrSession *session, const OnrCorrections *corrections, GError **error);

/* By which name an article has IDENTITY where nothing in it names it: "person:ada-quill" of "person:ada-quill~0f3a6b21". The caller frees it. */
char *onr_correcting_name_id(const OnrIdentity *identity);

G_END_DECLS
