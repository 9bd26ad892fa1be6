/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/indexer.h"

#include "identity/model.h"

gboolean onr_resolve_identities(OnrArchive *archive, GError **error) {
  g_autoptr(OnrIdentityModel) model = onr_identity_model_open(NULL, error);
  gboolean is_done = FALSE;
  while (model && !is_done)
    if (!onr_archive_resolve(archive, model, &is_done, error))
      return FALSE;
  for (is_done = FALSE; model && !is_done;)
    if (!onr_archive_group(archive, &is_done, error))
      return FALSE;
  return model != NULL;
}
