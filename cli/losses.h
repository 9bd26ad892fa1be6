/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What was lost, at a glance: thousands of reasons why something was not read, as a few with their counts. Reasons that differ in numbers and
   in what they quote are one: "no JSON at line 5, column 0" is "no JSON at line N, column N".

     g_autoptr(OnrLosses) losses = onr_losses_new();
     onr_losses_add(losses, "unsupported", "a JPEG image, which is not read");       // × n
     g_autoptr(GPtrArray) list = onr_losses_list(losses);                          // OnrLoss, the most frequent first */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define ONR_LOSSES_MAX 1000 /* reasons kept apart; what comes after is counted as "other reasons" */

typedef struct {
  char *reason;
  char *kind; /* of OnrSource; of the first that came; may be NULL */
  guint64 n;
} OnrLoss;

typedef struct OnrLosses OnrLosses;

OnrLosses *onr_losses_new(void);
void onr_losses_free(OnrLosses *losses);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(OnrLosses, onr_losses_free)

void onr_losses_add(OnrLosses *losses, const char *kind, const char *reason);

/* By count, then in byte order; borrowed from LOSSES. The caller frees the array. */
GPtrArray *onr_losses_list(const OnrLosses *losses);

G_END_DECLS
