/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "annotate/annotate.h"

#include "annotate/entities.h"
#include "annotate/explain.h"
#include "annotate/lexicon.h"
#include "annotate/linking.h"
#include "annotate/quotes.h"
#include "annotate/speakers.h"

#include <string.h>

struct OnrAnnotator {
  OnrLexicon *lexicon;
  OnrReading reading;
  GMappedFile *names; /* the recogniser's model */
  OnrRecogniser recogniser;
  OnrEntities entities;
  OnrAttributions rules, attributions;
  OnrModel *model;
  OnrTagger tagger;
  OnrLinker linker;
  GArray *order; /* guint32: the attribution of each quote */
};

OnrAnnotator *onr_annotator_new(GError **error) {
  g_autofree char *path = onr_model_find(ONR_ATTRIBUTION_MODEL),
                  *names_path = onr_model_find(ONR_ENTITY_MODEL);
  g_autoptr(OnrModel) model = onr_model_open(path, error);
  GMappedFile *names = model ? onr_model_map(names_path, &onr_entity_file, error) : NULL;
  if (!names)
    return NULL;
  OnrAnnotator *annotator = g_new0(OnrAnnotator, 1);
  annotator->names = names;
  annotator->lexicon = onr_lexicon_new();
  onr_reading_init(&annotator->reading, annotator->lexicon);
  onr_recogniser_init(&annotator->recogniser);
  onr_recogniser_set_model(&annotator->recogniser, names);
  onr_entities_init(&annotator->entities);
  onr_attributions_init(&annotator->rules);
  onr_attributions_init(&annotator->attributions);
  onr_tagger_init(&annotator->tagger);
  onr_tagger_set_model(&annotator->tagger, model);
  onr_linker_init(&annotator->linker, model);
  annotator->model = g_steal_pointer(&model);
  annotator->order = g_array_new(FALSE, FALSE, sizeof(guint32));
  return annotator;
}

void onr_annotator_free(OnrAnnotator *annotator) {
  if (!annotator)
    return;
  g_array_unref(annotator->order);
  onr_linker_clear(&annotator->linker);
  onr_tagger_clear(&annotator->tagger);
  onr_attributions_clear(&annotator->attributions);
  onr_attributions_clear(&annotator->rules);
  onr_entities_clear(&annotator->entities);
  onr_recogniser_clear(&annotator->recogniser);
  onr_reading_clear(&annotator->reading);
  onr_lexicon_free(annotator->lexicon);
  onr_model_close(annotator->model);
  g_mapped_file_unref(annotator->names);
  g_free(annotator);
}

gboolean onr_annotate_knows_language(const char *language) {
  if (!language || !*language)
    return TRUE;
  gsize n = strcspn(language, "-_");
  return (n == 2 && g_ascii_strncasecmp(language, "en", n) == 0) ||
         (n == 3 && g_ascii_strncasecmp(language, "eng", n) == 0) ||
         (n == 7 && g_ascii_strncasecmp(language, "english", n) == 0);
}

void onr_annotate(OnrAnnotator *annotator, const OnrDocument *doc, const OnrArticleHeader *header,
                  OnrAnnotation *out) {
  onr_annotation_reset(out);
  if (!onr_annotate_knows_language(header ? header->language : NULL) || doc->length > ONR_ANNOTATE_MAX_BYTES)
    return;
  onr_reading_set(&annotator->reading, doc, header);
  onr_recogniser_set(&annotator->recogniser, &annotator->reading);
  onr_recogniser_label(&annotator->recogniser);
  onr_entities_find(&annotator->entities, &annotator->recogniser, &annotator->reading, out);
  onr_attributions_reset(&annotator->rules, &annotator->reading);
  onr_quotes_find(&annotator->rules);
  onr_tagger_set(&annotator->tagger, &annotator->rules);
  onr_tagger_label(&annotator->tagger);
  onr_linker_attribute(&annotator->linker, &annotator->tagger, &annotator->rules, &annotator->attributions);
  onr_quotes_write(&annotator->attributions, out, annotator->order);
  onr_speakers_resolve(&annotator->attributions, annotator->order, &annotator->entities, out);
}

void onr_annotator_explain(const OnrAnnotator *annotator, const OnrAnnotation *found, guint quote,
                           GString *out) {
  const OnrQuote *q = &g_array_index(found->quotes, OnrQuote, quote);
  onr_explain_speaker(found, q, out);
  onr_explain_tokens(&annotator->tagger, found, q, out);
}
