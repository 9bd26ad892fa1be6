/* SPDX-License-Identifier: GPL-2.0-or-later */
/* WordPress's shortcodes: "[gallery ids="1,2"]", "[caption width="300"]<img src="a.jpg"> A ship[/caption]". In what it stores
   and exports they stand where a page has a picture, a film or a form. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* TEXT without its shortcodes, or NULL where it has none. Those of WordPress itself that show media go with what they
   enclose; of others, which have an attribute ("[pull side="left"]words[/pull]"), the words inside stay. Words in brackets are
   none: "[the bill] will pass". */
GString *onr_shortcodes_remove(const char *text, gsize length);

G_END_DECLS
