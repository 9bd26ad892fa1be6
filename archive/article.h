/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The article record: one article with everything that is stored of it, the shape in which it passes from a worker of the
   indexer to the record and the engine, and in which it is read back. Offsets are code points of the text, as
   they are stored. A filled record owns all its strings through one chunk and is reused or freed as a whole. */
#pragma once

#include "text/date.h"
#include "text/document.h"
#include "text/offsets.h"
#include "text/terms.h"
#include "text/vocabulary.h"

G_BEGIN_DECLS

typedef struct {
  const char *id;    /* onr_name_id of name and type: "person:sergey-lavrov" */
  const char *name;  /* canonical: "Sergey Lavrov" */
  OnrEntityType type;
  const char *role;  /* as this article gives it, or NULL */
  const guint8 *signature; /* identity/signature.h: what stands around it, NULL where that is not asked for or not loaded */
  gsize n_signature;
  const char *identity_id, *identity_name; /* whose name it is here, over the archive: as loaded from a record; NULL elsewhere */
} OnrEntityRow;

typedef struct {
  OnrSpan span;
  guint32 entity; /* index into entities */
} OnrMentionRow;

typedef struct {
  guint number; /* in the article, from 1, rising; one that a user says is none leaves a gap, so that ids stay whose they are */
  OnrQuoteKind kind;
  OnrAct act;
  OnrSpeakerType speaker_type; /* of the first speaker */
  guint8 confidence; /* 0 to 100 */
  guint8 speaker_confidence; /* 0 to 100 */
  GArray *speakers;  /* of guint32: index into entities, each once; empty where nobody is named */
  const char *role;  /* or NULL */
  GArray *source, *cue, *content; /* of OnrSpan, in text order; content is never empty */
} OnrQuoteRow;

/* What an item says of itself beside its header, in the words of the news industry. An article has any number of notes, also several of one name. */
#define ONR_NOTE_UPDATED "updated"   /* when it was last changed: ISO 8601 */
#define ONR_NOTE_EXTENT "extent"     /* what of the article its text is: "summary" (a feed's), "stub" (what a paywall shows); none where it is all of it */
#define ONR_NOTE_PART "part"         /* of an article that a site cuts into pages: the number of this one, from 2 */
#define ONR_NOTE_VERSION "version"   /* of several items with one id the highest holds: a number */
#define ONR_NOTE_NOTICE "notice"     /* "kill", "withhold" or "correction": what the item says of what was sent before under its id */
#define ONR_NOTE_EMBARGO "embargo"   /* not to be published before: ISO 8601 */
#define ONR_NOTE_SLUG "slug"
#define ONR_NOTE_URGENCY "urgency"   /* 1 (most) to 9 */
#define ONR_NOTE_SUBJECT "subject"   /* a code, or words where there is none: "medtop:11000000" */
#define ONR_NOTE_GENRE "genre"
#define ONR_NOTE_EDITORS "editors"   /* note to editors */
#define ONR_NOTE_CAPTURED "captured" /* when a crawl saw the page, which is no date of publication: ISO 8601 */

typedef struct {
  const char *name; /* one of those above */
  const char *value;
} OnrNote;

typedef struct {
  gint64 row;            /* rowid in the record; 0 before it is stored */
  const char *id;        /* stable, see DESIGN "Article ids" */
  const char *path;      /* of the source file, as indexed */
  const char *member;    /* place inside the file: line number of JSON Lines, "" for a file of one article */
  const char *title;     /* each of these may be NULL */
  const char *byline;
  const char *dateline;
  const char *published; /* ISO 8601 */
  gint32 day;            /* days since 1970-01-01, ONR_NO_DAY without a date */
  const char *publisher;
  const char *section;
  const char *language;  /* ISO 639 */
  const char *url;
  GArray *notes;         /* OnrNote, in the item's order */
  const char *text;      /* never NULL */
  gsize text_length;     /* bytes */
  gboolean has_attribution; /* FALSE where the language is one that attribution does not know */
  GArray *entities; /* OnrEntityRow */
  GArray *mentions; /* OnrMentionRow, in text order */
  GArray *quotes;   /* OnrQuoteRow, by number */
  const guint8 *topic; /* identity/signature.h: what the article is about; NULL where it is not known or not loaded */
  gsize n_topic;
  const guint8 *sketch; /* text/sketch.h: what its words come to; NULL where they are too few, or not loaded */
  gsize n_sketch;
  const guint8 *quote_sketches; /* of its quotes, in their order */
  gsize n_quote_sketches;
  GStringChunk *strings; /* owns every string above */
  OnrOffsets *offsets; /* of text, for onr_article_offsets; never NULL */
} OnrArticle;

OnrArticle *onr_article_new(void);
void onr_article_reset(OnrArticle *article);
void onr_article_free(OnrArticle *article);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(OnrArticle, onr_article_free)

/* Empties entities, mentions, quotes, topic and sketches; header and text stay. */
void onr_article_clear_annotation(OnrArticle *article);

/* Appends a note with a copy of VALUE, unless it is there already. NAME is one of ONR_NOTE_…, VALUE one line. */
void onr_article_add_note(OnrArticle *article, const char *name, const char *value);

/* The first note of NAME, or NULL. */
const char *onr_article_get_note(const OnrArticle *article, const char *name);

/* TRUE where the item is no article but says that the one with its id is killed or withheld. */
gboolean onr_article_is_kill(const OnrArticle *article);

/* Appends a quote with the next number and empty arrays and returns it, valid until the next is added. */
OnrQuoteRow *onr_article_add_quote(OnrArticle *article);

/* The id of an article without one of its own: "h-" and 32 hexadecimal digits of SHA-256 over publisher, published, title and text, each
   preceded by its length. Into the record's own strings. */
const char *onr_article_hash_id(OnrArticle *article);

/* Bytes and code points of the article's text; made when first asked for after text was set, borrowed until it changes. */
const OnrOffsets *onr_article_offsets(const OnrArticle *article);

/* Whose ENTITY is over the archive: its identity's id and name where they are loaded, else its own. */
static inline const char *onr_entity_shown_id(const OnrEntityRow *entity) {
  return entity->identity_id ? entity->identity_id : entity->id;
}
static inline const char *onr_entity_shown_name(const OnrEntityRow *entity) {
  return entity->identity_name ? entity->identity_name : entity->name;
}

/* Speaker I of QUOTE, I < QUOTE->speakers->len. */
static inline const OnrEntityRow *onr_article_speaker(const OnrArticle *article, const OnrQuoteRow *quote, guint i) {
  return &g_array_index(article->entities, OnrEntityRow, g_array_index(quote->speakers, guint32, i));
}

/* The quote with NUMBER: its index in ARTICLE->quotes, or G_MAXUINT. */
guint onr_article_find_quote(const OnrArticle *article, guint number);

/* Takes the quote at INDEX out; the others keep their numbers. */
void onr_article_remove_quote(OnrArticle *article, guint index);

/* "Pavel Dorn and Ada Quill"; NULL where nobody is named. The caller frees it. */
char *onr_article_speaker_names(const OnrArticle *article, const OnrQuoteRow *quote);

/* The words of a quote: its content spans cut from the article's text and joined by " … ". The caller frees it. */
char *onr_article_quote_words(const OnrArticle *article, const OnrQuoteRow *quote);

G_END_DECLS
