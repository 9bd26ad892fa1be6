/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "annotated.h"

ONR_SUITE(speakers);

/* person | Mara Ellison | mayor | she */
static char *speaker_line(const Annotated *a, guint i) {
  const OnrQuote *q = &g_array_index(a->found->quotes, OnrQuote, i);
  g_autofree char *names = onr_annotation_speaker_names(a->found, q);
  GString *s = g_string_new(NULL);
  g_string_printf(s, "%s | %s | %s | ", onr_speaker_type_name(q->speaker_type), names ? names : "-",
                  q->role ? q->role : "-");
  if (q->source.n) {
    OnrSpan source = onr_annotation_spans(a->found, q->source)[0];
    g_string_append_len(s, a->doc->text + source.begin, (gssize)onr_span_length(source));
  } else {
    g_string_append_c(s, '-');
  }
  return g_string_free(s, FALSE);
}

static guint n_quotes(const Annotated *a) {
  return a->found->quotes->len;
}

Test(speakers, cases) {
  annotated_run_cases("speakers.test", n_quotes, speaker_line);
}
