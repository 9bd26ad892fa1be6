/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Ctrl-C as a request: long work asks now and then, commits what is whole and ends. A second Ctrl-C ends at
 * once. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* From now on SIGINT, SIGTERM and SIGHUP are remembered, each once. */
void onr_interrupt_watch(void);

/* The signal that came, or 0. */
int onr_interrupt_signal(void);

G_END_DECLS
