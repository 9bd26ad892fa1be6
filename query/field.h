/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The fields that a query may name, and what stands behind the colon of each. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  ONR_FIELD_DEFAULT, /* text in search, quote in quotes */
  ONR_FIELD_QUOTE,
  ONR_FIELD_SPEAKER,
  ONR_FIELD_ROLE,
  ONR_FIELD_CUE,
  ONR_FIELD_KIND,
  ONR_FIELD_ACT,
  ONR_FIELD_MENTION,
  ONR_FIELD_PERSON,
  ONR_FIELD_ORG,
  ONR_FIELD_PLACE,
  ONR_FIELD_CONFIDENCE,
  ONR_FIELD_TEXT,
  ONR_FIELD_TITLE,
  ONR_FIELD_BYLINE,
  ONR_FIELD_PUBLISHER,
  ONR_FIELD_SECTION,
  ONR_FIELD_LANG,
  ONR_FIELD_DATE,
  ONR_FIELD_URL,
  ONR_FIELD_PATH,
  ONR_FIELD_ID,
  ONR_N_FIELDS
} OnrField;

/* What a field's values are, and so how they are cut from the query. */
typedef enum {
  ONR_VALUE_WORDS, /* words of running text: stems, phrases, NEAR, prefixes */
  ONR_VALUE_NAME,  /* a name or code, no running text: no NEAR */
  ONR_VALUE_RANGE, /* one of a few names, a number, a date, or a range: query/value.h */
  ONR_VALUE_KEY,   /* up to the next blank, as it stands: ids, paths, addresses */
} OnrValueClass;

/* "speaker", NULL for the default field. Static. */
const char *onr_field_name(OnrField field);
OnrValueClass onr_field_values(OnrField field);
/* The field with a NAME of LENGTH bytes, upper or lower case; -1 when there is none. */
int onr_field_parse(const char *name, gsize length);

/* What the writer of an unknown field's NAME may have meant: a synonym's field ("author" → byline) or the nearest name; -1 where
   nothing is near. */
int onr_field_nearest(const char *name, gsize length);

G_END_DECLS
