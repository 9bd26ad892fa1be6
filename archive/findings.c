/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "archive/findings.h"

/* Findings of one kind that are told one by one. */
#define MAX_TOLD 10

void onr_finding_add(OnrFindingKind *kind, const char *format, ...) {
  if (++kind->n_found > MAX_TOLD)
    return;
  va_list arguments;
  va_start(arguments, format);
  g_autofree char *what = g_strdup_vprintf(format, arguments);
  va_end(arguments);
  g_ptr_array_add(kind->findings, g_strconcat("index: ", what, NULL));
}

void onr_finding_end(OnrFindingKind *kind) {
  if (kind->n_found > MAX_TOLD)
    g_ptr_array_add(kind->findings,
                    g_strdup_printf("index: … and %u more of that kind", kind->n_found - MAX_TOLD));
  kind->n_found = 0;
}
