/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The words of marked-up text as paragraphs, a blank line between them: of XML and XHTML by their tree, of a string that
   may be HTML or plain. What is furniture in an article's own markup goes: pictures, captions, frames, scripts, a paragraph
   that is nothing but links ("Related: …"), a link to the rest ("Continue reading"). A whole web page is another matter
   (web/body.h).

     g_auto(OnrParagraphs) body = {0};
     onr_paragraphs_add_markup(&body, html, length, title, error);
     use(onr_paragraphs_text(&body), body.is_cut); */
#pragma once

#include "archive/article.h"
#include "indexer/news/html_signs.h"
#include "indexer/xml/tree.h"

G_BEGIN_DECLS

/* A vocabulary: what its elements do to the text. NULL-terminated lists of local names. */
typedef struct {
  const char *const *blocks;   /* begin and end a paragraph */
  const char *const *skipped;  /* hold no words of the article */
  const char *const *headings; /* one that repeats the title goes */
} OnrMarkup;

extern const OnrMarkup ONR_MARKUP_HTML;
extern const OnrMarkup ONR_MARKUP_NITF;

/* All zero before the first words. */
typedef struct {
  GString *text; /* NULL: nothing yet */
  guint n_paragraphs;
  gboolean is_cut; /* it says that it goes on elsewhere: "[…]", a link "Read more" */
} OnrParagraphs;
void onr_paragraphs_clear(OnrParagraphs *paragraphs);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(OnrParagraphs, onr_paragraphs_clear)

/* What is at and below ROOT. TITLE may be NULL: a heading at the beginning that repeats it is left out. */
void onr_paragraphs_add_tree(OnrParagraphs *paragraphs, xmlNode *root, const OnrMarkup *markup, const char *title);

/* LENGTH bytes of valid UTF-8 as HTML. LIMIT where its tree would take too much memory. */
gboolean onr_paragraphs_add_html(OnrParagraphs *paragraphs, const char *text, gsize length, const char *title,
                                 GError **error);

/* The same for what may be either: HTML where it holds a tag, or is HTML beyond doubt that was escaped twice, else plain. */
gboolean onr_paragraphs_add_markup(OnrParagraphs *paragraphs, const char *text, gsize length, const char *title,
                                   GError **error);

/* Plain text: character references become characters, blank lines part paragraphs, lines stay lines. */
void onr_paragraphs_add_plain(OnrParagraphs *paragraphs, const char *text, gsize length);

/* Sets ARTICLE's text, which a database or an interface gave: TEXT (valid UTF-8) as it is, its references as characters, or
   the paragraphs of HTML, which it may also be where an inline element begins and ends (<b>…</b>; its lines stay lines) or
   where it is escaped as a whole. LIMIT as above. */
gboolean onr_article_set_words(OnrArticle *article, const char *text, gsize length, guint32 *n_replaced, GError **error);

/* A title or a name: HTML's references out of it, and its tags where onr_is_sure_markup says that they are some. The caller frees it. */
char *onr_plain_words(const char *text);

/* What there is, "" for nothing; borrowed. */
const char *onr_paragraphs_text(const OnrParagraphs *paragraphs);

G_END_DECLS
