/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/containers/containers.h"

struct OnrContainer {
  const OnrContainerClass *kind;
  gpointer state;
};

static const OnrContainerClass *const KINDS[] = {&ONR_CONTAINER_WARC, &ONR_CONTAINER_ARC, &ONR_CONTAINER_ZIP,
                                                 &ONR_CONTAINER_TAR};

void onr_member_clear(OnrMember *member) {
  onr_stream_close(member->stream);
  g_free(member->name);
  g_free(member->path);
  g_free(member->url);
  g_free(member->charset);
  g_free(member->captured);
  g_clear_error(&member->error);
  *member = (OnrMember){0};
}

const OnrContainerClass *onr_container_kind(OnrStream *stream) {
  gsize n_bytes;
  const char *bytes = onr_stream_peek(stream, &n_bytes, NULL);
  for (guint i = 0; bytes && i < G_N_ELEMENTS(KINDS); i++)
    if (KINDS[i]->probe(bytes, n_bytes))
      return KINDS[i];
  return NULL;
}

OnrContainer *onr_container_open(const OnrContainerClass *kind, OnrStream *stream) {
  OnrContainer *container = g_new(OnrContainer, 1);
  *container = (OnrContainer){.kind = kind, .state = kind->open(stream)};
  return container;
}

void onr_container_close(OnrContainer *container) {
  if (!container)
    return;
  container->kind->close(container->state);
  g_free(container);
}

gboolean onr_container_next(OnrContainer *container, OnrMember *out, GError **error) {
  onr_member_clear(out);
  return container->kind->next(container->state, out, error);
}

gboolean onr_container_refuse(OnrContainer *container, const char *reason) {
  return container->kind->refuse && container->kind->refuse(container->state, reason);
}
