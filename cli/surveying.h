/* SPDX-License-Identifier: GPL-2.0-or-later */
/* `index --dry-run`: writes what a run would find, one record a file and then one a format, and touches nothing. */
#pragma once

#include "cli/command.h"

G_BEGIN_DECLS

/* The session has no archive open; the one that there is, if any, is opened to compare with. Returns the exit status. */
int onr_surveying_run(OnrSession *session, GError **error);

G_END_DECLS
