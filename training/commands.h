/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What onrecord-train can do: each takes its arguments, the name before them, and makes one model. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean onr_train_attribution(int argc, char **argv, GError **error);
gboolean onr_train_entities(int argc, char **argv, GError **error);
gboolean onr_train_identities(int argc, char **argv, GError **error);

G_END_DECLS
