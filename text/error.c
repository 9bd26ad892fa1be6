/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "text/error.h"

G_DEFINE_QUARK(onr - error - quark, onr_error)

gboolean onr_error_is_fault(const GError *error) {
  return !g_error_matches(error, ONR_ERROR, ONR_ERROR_NO_ARTICLE);
}
