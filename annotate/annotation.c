/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "annotate/annotation.h"

#include "text/name.h"

OnrAnnotation *onr_annotation_new(void) {
  OnrAnnotation *a = g_new0(OnrAnnotation, 1);
  a->entities = g_array_new(FALSE, FALSE, sizeof(OnrEntity));
  a->mentions = g_array_new(FALSE, FALSE, sizeof(OnrMention));
  a->quotes = g_array_new(FALSE, FALSE, sizeof(OnrQuote));
  a->spans = g_array_new(FALSE, FALSE, sizeof(OnrSpan));
  a->speakers = g_array_new(FALSE, FALSE, sizeof(guint32));
  a->strings = g_string_chunk_new(4096);
  return a;
}

void onr_annotation_reset(OnrAnnotation *a) {
  g_array_set_size(a->entities, 0);
  g_array_set_size(a->mentions, 0);
  g_array_set_size(a->quotes, 0);
  g_array_set_size(a->spans, 0);
  g_array_set_size(a->speakers, 0);
  g_string_chunk_clear(a->strings);
}

void onr_annotation_free(OnrAnnotation *a) {
  if (!a)
    return;
  g_array_unref(a->entities);
  g_array_unref(a->mentions);
  g_array_unref(a->quotes);
  g_array_unref(a->spans);
  g_array_unref(a->speakers);
  g_string_chunk_free(a->strings);
  g_free(a);
}

char *onr_annotation_speaker_names(const OnrAnnotation *a, const OnrQuote *quote) {
  const char *names[ONR_SPEAKERS_MAX];
  for (guint32 i = 0; i < quote->speakers.n; i++)
    names[i] = onr_annotation_speaker(a, quote, i)->name;
  return onr_name_join(names, quote->speakers.n);
}
