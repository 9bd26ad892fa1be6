/* SPDX-License-Identifier: GPL-2.0-or-later */
/* An archive of one engine in a temporary folder, with the model of what is in it, and articles made by
   chance (seeded: each run makes the same). */
#pragma once

#include "model.h"

#include "support/support.h"

typedef struct {
  const OnrEngineClass *engine_class;
  char *dir;
  OnrArchive *archive; /* open for writing */
  OnrRecord *record;   /* its */
  OnrEngine *engine;   /* its */
  Model *model;
  Model *committed; /* what was in the model at the last begin */
  GRand *rand;
  OnrTermMaker *maker; /* its memory is large: one for all articles and plans */
  guint n_made;
} Fixture;

/* The engine classes of this build, one after the other; NULL after the last:
     for (guint i = 0; fixture_class(i); i++) … */
const OnrEngineClass *fixture_class(guint i);

Fixture *fixture_new(const OnrEngineClass *engine_class, guint32 seed);
void fixture_free(Fixture *fixture);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Fixture, fixture_free)

/* Opens the archive again. */
void fixture_reopen(Fixture *fixture);

/* N articles in one batch. */
void fixture_put_random(Fixture *fixture, guint n);
/* One article whose title and text are given; DAY may be ONR_NO_DAY. Not committed. Returns its row. */
gint64 fixture_put_text(Fixture *fixture, const char *id, const char *title, const char *text, gint32 day);
/* Stores ARTICLE, whose row is set, in archive and model. Not committed. */
void fixture_put_article(Fixture *fixture, OnrArticle *article);
/* Makes an article by chance and stores it. Not committed. */
void fixture_put_one(Fixture *fixture);
/* Takes out the article in ROW. Not committed. */
void fixture_remove(Fixture *fixture, gint64 row);
/* Removes N articles by chance, in one batch. */
void fixture_remove_random(Fixture *fixture, guint n);
void fixture_begin(Fixture *fixture);
void fixture_commit(Fixture *fixture);
/* Of archive and model. */
void fixture_rollback(Fixture *fixture);
/* Settles until there is nothing left to settle; the number of steps. */
guint fixture_settle(Fixture *fixture);
/* Makes the index anew, of ENGINE_CLASS, of all articles; not committed. The archive's engine is ENGINE_CLASS's then. */
void fixture_reindex(Fixture *fixture, const OnrEngineClass *engine_class);
/* After a commit or rollback that has changed the engine. */
void fixture_take_engine(Fixture *fixture);
/* Fails the test where check has a finding. */
void fixture_expect_sound(Fixture *fixture);

/* Another way into the archive, for reading. */
OnrArchive *fixture_open_reader(const Fixture *fixture);

/* A word of the articles. */
const char *fixture_random_word(Fixture *fixture);
/* An entity's id. */
const char *fixture_random_entity(Fixture *fixture);

/* Fails the test where there is an error. */
void fixture_no_error(GError *error);

/* Runs PLAN (kept) over TABLE and compares all that the engine says of it with the model. */
void fixture_compare(Fixture *fixture, const OnrPlan *plan, OnrTable table);
/* TRUE where ARCHIVE, another way into it, finds by PLAN what MODEL says. */
gboolean fixture_agrees(OnrArchive *archive, Model *model, const OnrPlan *plan, OnrTable table);

OnrPlan *fixture_parse_terms(OnrPlanKind kind,
                             const char *terms); /* "a b c": a group of TERMs; one word: the TERM */
