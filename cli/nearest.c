/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/nearest.h"

#include "text/distance.h"
#include <string.h>

const char *onr_nearest_name(const char *word, const char *const *names) {
  if (!g_utf8_validate(word, -1, NULL))
    return NULL;
  gsize length = strlen(word);
  const char *nearest = NULL;
  guint best = onr_edit_limit((gsize)g_utf8_strlen(word, -1)) + 1;
  for (guint i = 0; length && best && names[i]; i++) {
    gboolean is_begun = length >= 2 && g_str_has_prefix(names[i], word);
    guint d = is_begun ? 0 : onr_edit_distance(word, length, names[i], strlen(names[i]), best - 1);
    if (d < best) {
      best = d;
      nearest = names[i];
    }
  }
  return nearest;
}
