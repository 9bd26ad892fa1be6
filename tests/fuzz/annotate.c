/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Any text, decoded, annotated: spans lie in the text, and whom they name is there. */
#include "annotate/annotate.h"
#include "fuzz.h"
#include "text/decode.h"

static void check_spans(const OnrAnnotation *found, OnrSpanList list, gsize length) {
  const OnrSpan *spans = onr_annotation_spans(found, list);
  for (guint32 i = 0; i < list.n; i++)
    g_assert_true(spans[i].begin < spans[i].end && spans[i].end <= length);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static OnrAnnotator *annotator; /* kept: it maps the models */
  g_auto(OnrDecoded) decoded = {0};
  g_autoptr(OnrDocument) doc = onr_document_new();
  g_autoptr(OnrAnnotation) found = onr_annotation_new();
  OnrArticleHeader header = {.language = "en"};
  if (!annotator)
    annotator = onr_annotator_new(NULL);
  g_assert_nonnull(annotator);
  g_assert_true(onr_decode((const char *)data, size, NULL, &decoded, NULL));
  onr_document_set_text(doc, decoded.text, decoded.length);
  onr_annotate(annotator, doc, &header, found);
  for (guint i = 0; i < found->quotes->len; i++) {
    const OnrQuote *quote = &g_array_index(found->quotes, OnrQuote, i);
    check_spans(found, quote->content, decoded.length);
    check_spans(found, quote->cue, decoded.length);
    check_spans(found, quote->source, decoded.length);
  }
  for (guint i = 0; i < found->mentions->len; i++)
    g_assert_cmpuint(g_array_index(found->mentions, OnrMention, i).entity, <, found->entities->len);
  return 0;
}
