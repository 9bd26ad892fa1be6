/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What agencies say beside the story, in the forms that they have for it: status, dates, codes and names of people become the
   notes and header fields of an article. */
#pragma once

#include "indexer/readers/fields.h"

G_BEGIN_DECLS

#define ONR_MAX_NOTES 200 /* of an article: further ones are not kept */

/* Adds the note NAME (ONR_NOTE_…) with VALUE on one line, brought to the note's form: dates to ISO 8601, urgency to 1 to 9,
   a version to its number. What has not that form, NULL and "" add nothing. */
void onr_news_add_note(OnrArticle *article, const char *name, const char *value);

/* A subject: "medtop:11000000 politics", the code or the words alone where the other is NULL or "". Codes that are
   addresses of IPTC's vocabularies are written with their short names. */
void onr_news_add_subject(OnrArticle *article, const char *code, const char *words);

/* The notice that a status stands for ("stat:canceled", "Withheld", "canceled" …), if any: kill or withhold. */
void onr_news_add_status(OnrArticle *article, const char *status);

/* The stronger of what there is and KIND: kill, withhold, correction. */
void onr_news_add_notice(OnrArticle *article, const char *kind);

/* The note `updated` with VALUE, unless it is when the article was published. After onr_fields_finish. */
void onr_news_add_updated(OnrArticle *article, const char *value);

/* A person as news names them: "By Ada Moor" and "ada@coast.example (Ada Moor)" are "Ada Moor"; NULL for an address alone
   and for NULL. The caller frees it. */
char *onr_news_person(const char *words);

/* A dateline's words, or NULL where they are nothing but a date, as some systems put there. The caller frees it. */
char *onr_news_place(const char *words);

/* The part of a code behind its scheme: "text" of "ninat:text", of "http://cv.iptc.org/newscodes/ninature/text". Inside
   CODE. */
const char *onr_news_local_code(const char *code);

G_END_DECLS
