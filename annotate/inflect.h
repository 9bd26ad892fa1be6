/* SPDX-License-Identifier: GPL-2.0-or-later */
/* English verb forms from a lemma, for the lists of annotate/tables/verbs.c. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
  char *lemma;
  char *past;
  char *participle;
  gboolean doubles; /* the last consonant before -ed and -ing */
  gboolean is_noun; /* base and -s form are nouns more often than verbs */
} OnrVerb;

/* Reads one entry of the list: "write/wrote/written", "plan+", "walk". FALSE where it is empty. */
gboolean onr_verb_parse(const char *entry, OnrVerb *out);
void onr_verb_clear(OnrVerb *verb);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(OnrVerb, onr_verb_clear)

/* claims, watches, cries; the caller frees it. */
char *onr_verb_s_form(const OnrVerb *verb);
/* saying, planning, lying; the caller frees it. */
char *onr_verb_ing_form(const OnrVerb *verb);

G_END_DECLS
