/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Names that archives give to their members, which may be anything: made fit to be shown and kept. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* RAW as UTF-8 without control characters (each such byte, and those that are no UTF-8, as `\xE9`), without "./" and "/"
   at its beginning, cut to ONR_MAX_MEMBER_BYTES at a character. NULL: "". The caller frees it. */
char *onr_member_name(const char *raw);

/* TRUE where NAME lies in what folders are walked past: a part of it begins with a dot, or is __MACOSX. "." and ".."
 * are only names. */
gboolean onr_member_is_hidden(const char *name);

G_END_DECLS
