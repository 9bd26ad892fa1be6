/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/web/furniture.h"

#include "text/chars.h"

#include <string.h>

#define MAX_NAME_BYTES 24 /* of a word in a class; longer ones are made by programs */
#define MAX_PHRASE_BYTES 240

/* --- elements --- */

static const char *const NO_TEXT[] = {
    "script", "style",  "noscript", "button", "select", "textarea", "iframe", "svg",   "object", "video",
    "audio",  "canvas", "template", "title",  "input",  "img",      "dialog", "embed", "map",    NULL};

static const char *const ASIDES[] = {"nav",        "aside",    "footer", "form", "figure",
                                     "figcaption", "fieldset", "label",  "menu", NULL};

/* Of AMP's own elements (amp.dev/documentation/components) those that show no part of the article. */
static const char *const AMP_ASIDES[] = {
    "amp-ad",       "amp-analytics",         "amp-consent", "amp-embed",          "amp-lightbox",
    "amp-sidebar",  "amp-social-share",      "amp-video",   "amp-sticky-ad",      "amp-auto-ads",
    "amp-carousel", "amp-user-notification", "amp-img",     "amp-image-lightbox", NULL};

/* WAI-ARIA 1.2, landmark and widget roles. */
static const char *const ROLES[] = {"navigation", "complementary", "banner",      "contentinfo",
                                    "search",     "dialog",        "alertdialog", "menubar",
                                    "toolbar",    "menu",          "alert",       NULL};

/* Words of class and id names, sorted; one that ends in '*' is a beginning. No entry is another's beginning.
 */
/* clang-format off */
static const char *const NAMES[] = {
    "aboutauthor", "ad", "ads", "advert*", "aside", "authorbio*", "authorbox*", "authorinfo*", "banner*", "breadcrumb*", "byline*", "caption*",
    "consent*", "cookie*", "copyright*", "credit", "credits", "cta", "dateline*", "disclaimer*", "donat*", "editorspick*", "followus*", "footer*",
    "footnote*", "gallery*", "gdpr*", "jumpto*", "latestnews*", "lightbox*", "masthead*", "menu*", "modal*", "morefrom*", "moreon*", "morestories*",
    "mostpopular*", "mostread*", "mostviewed*", "nav", "navbar*", "navigation*", "newsletter*", "onetrust*", "outbrain*", "overlay*", "pager*",
    "pagination*", "photocredit*", "popup*", "printonly*", "promo", "promob*", "promoc*", "promoi*", "promol*", "promos", "promotion*", "pullquote*", "rail", "readalso*", "readnext*", "recirc*",
    "recommend*", "related*", "screenreader*", "share", "sharebar*", "sharebutton*", "shareicon*", "sharelink*", "sharetool*", "sharing*",
    "sidebar*", "signup*", "skiplink*", "skipto*", "slideshow*", "social*", "sponsor*", "sronly*", "subscribe", "subscribeb*", "subscribef*", "subscriben*", "subscription*", "suggested*", "taboola*",
    "tagcloud*", "taglist*", "tags", "timestamp*", "toolbar*", "tooltip*", "trending*", "upnext*", "videoplayer*",
    "visuallyhidden*"};
/* clang-format on */

static const char *const TEASERS[] = {"readmore*", "teaser*", "ticker*"};

static const char *const COMMENTS[] = {"comment",   "commentb*", "commentc*", "commentf*",
                                       "commentl*", "comments*", "commentt*", "discussion*",
                                       "disqus*",   "livefyre*", "respond",   "viafoura*"};

/* Compares WORD with an entry, whose '*' stands for any rest. */
static int compare_name(const void *key, const void *member) {
  const char *word = key, *entry = *(const char *const *)member;
  for (; *entry && *entry != '*' && *word == *entry; word++, entry++)
    ;
  return *entry == '*' ? 0 : (guchar)*word - (guchar)*entry;
}

static OnrFurniture look_up(const char *word) {
  if (bsearch(word, COMMENTS, G_N_ELEMENTS(COMMENTS), sizeof *COMMENTS, compare_name))
    return ONR_FURNITURE_COMMENTS;
  if (bsearch(word, NAMES, G_N_ELEMENTS(NAMES), sizeof *NAMES, compare_name))
    return ONR_FURNITURE_ASIDE;
  return bsearch(word, TEASERS, G_N_ELEMENTS(TEASERS), sizeof *TEASERS, compare_name) ? ONR_FURNITURE_TEASER
                                                                                      : ONR_FURNITURE_NONE;
}

/* The next word of a class or id into WORD, lower case: letters and digits up to another sign or to a capital
   behind a small letter. Returns the place behind it, NULL at the end. */
static const char *next_word(const char *p, char word[MAX_NAME_BYTES]) {
  gsize n = 0;
  while (*p && !g_ascii_isalnum(*p))
    p++;
  if (!*p)
    return NULL;
  for (const char *begin = p; g_ascii_isalnum(*p); p++) {
    if (p > begin && g_ascii_isupper(*p) && g_ascii_islower(p[-1]))
      break;
    if (n < MAX_NAME_BYTES - 1)
      word[n++] = g_ascii_tolower(*p);
  }
  word[n] = '\0';
  return p;
}

/* Behind white space and the topics of a post, which WordPress names in its class: "category-trending". */
static const char *skip_topics(const char *value) {
  static const char *const topics[] = {"category-", "tag-", "post_tag-"};
  for (gboolean is_topic = TRUE; is_topic;) {
    is_topic = FALSE;
    value += strspn(value, " \t\r\n");
    for (gsize i = 0; !is_topic && i < G_N_ELEMENTS(topics); i++)
      is_topic = g_str_has_prefix(value, topics[i]) && !g_str_has_prefix(value, "tag-list") &&
                 !g_str_has_prefix(value, "tag-cloud");
    value += is_topic ? strcspn(value, " \t\r\n") : 0;
  }
  return value;
}

static OnrFurniture furniture_of_name(const char *value) {
  char word[MAX_NAME_BYTES], pair[2 * MAX_NAME_BYTES] = "";
  OnrFurniture found = ONR_FURNITURE_NONE;
  for (value = skip_topics(value); found != ONR_FURNITURE_COMMENTS && (value = next_word(value, word));) {
    gsize before = strlen(pair);
    memcpy(pair + before, word, strlen(word) + 1);
    found = MAX(found, look_up(word));
    if (before > 0)
      found = MAX(found, look_up(pair));
    memcpy(pair, word, strlen(word) + 1);
    value = g_ascii_isspace(*value) ? skip_topics(value) : value;
  }
  return found;
}

/* For those who hear a page, and notes that are shown elsewhere. */
static gboolean is_unseen(const char *class) {
  static const char *const unseen[] = {"hidden",   "screen-reader", "screenreader", "sr-only",    "sronly",
                                       "footnote", "popup",         "tooltip-text", "tooltiptext"};
  for (gsize i = 0; class && i < G_N_ELEMENTS(unseen); i++)
    if (strstr(class, unseen[i]))
      return TRUE;
  return FALSE;
}

static gboolean is_text(const xmlNode *node) {
  return node && node->type == XML_TEXT_NODE && !xmlIsBlankNode(node);
}

/* A word or link in a sentence: what it is called says how it looks, but where it is called so as not to be
 * seen. */
static gboolean is_in_sentence(const xmlNode *node) {
  static const char *const inline_names[] = {"a",    "abbr", "b",    "cite",   "em", "i",
                                             "mark", "q",    "span", "strong", NULL};
  return onr_html_is_any(node, inline_names) && is_text(node->prev) && is_text(node->next);
}

OnrFurniture onr_html_furniture(const xmlNode *node) {
  if (onr_html_is_any(node, NO_TEXT))
    return ONR_FURNITURE_NO_TEXT;
  const char *class = onr_html_get(node, "class"), *id = onr_html_get(node, "id");
  if ((class || id) && is_in_sentence(node) && !onr_html_is_hidden(node) && !is_unseen(class))
    return ONR_FURNITURE_NONE;
  OnrFurniture by_class = class ? furniture_of_name(class) : ONR_FURNITURE_NONE;
  OnrFurniture by_id = id ? furniture_of_name(id) : ONR_FURNITURE_NONE;
  const char *role = onr_html_get(node, "role");
  gboolean is_aside =
      onr_html_is_any(node, ASIDES) || onr_html_is_hidden(node) || (role && g_strv_contains(ROLES, role)) ||
      (g_str_has_prefix((const char *)node->name, "amp-") && onr_html_is_any(node, AMP_ASIDES));
  return MAX(MAX(by_class, by_id), is_aside ? ONR_FURNITURE_ASIDE : ONR_FURNITURE_NONE);
}

/* --- words --- */

/* WORDS in lower case, at most MAX_PHRASE_BYTES: letters and digits, single blanks for what stands between
   them, a colon at the word before it; the apostrophe left out ("don't" is "dont"). *HAS_WORD where there is
   a letter or a digit of whatever script. */
static void simplify(const char *words, gsize length, char out[MAX_PHRASE_BYTES], gboolean *has_word) {
  gsize n = 0;
  gboolean is_gap = FALSE;
  const char *end = words + length;
  guint size;
  *has_word = FALSE;
  for (const char *p = words; p < end && n + 8 < MAX_PHRASE_BYTES; p += size) {
    gboolean is_word = (onr_char_class_at(p, end, &size) & ONR_CHAR_WORD) != 0;
    if (*p == '\'' || (size == 3 && memcmp(p, "\u2019", 3) == 0))
      continue;
    if (!is_word && *p == ':' && n > 0 && !is_gap)
      out[n++] = ':';
    is_gap = is_gap || !is_word;
    if (!is_word)
      continue;
    *has_word = TRUE;
    if (is_gap && n > 0)
      out[n++] = ' ';
    is_gap = FALSE;
    for (guint i = 0; i < size; i++)
      out[n++] = g_ascii_tolower(p[i]);
  }
  if (n > 0 && out[n - 1] == ':')
    n--;
  out[n] = '\0';
}

/* clang-format off */
/* Whole blocks, sorted … */
static const char *const PHRASES[] = {
    "ad", "ad feedback", "add a comment", "advert", "advertentie", "advertisement", "advertisement scroll to continue", "advertising",
    "all rights reserved", "anuncio", "anzeige", "article continues after advertisement", "article continues below", "back to top", "click to copy",
    "close", "comentarios", "comment", "commentaires", "comments", "compartilhe", "compartir", "condividi", "continua após a publicidade",
    "continue reading", "continue reading below", "copied", "copy link", "czytaj także", "czytaj też", "dont miss", "download our app", "email",
    "enlarge this image", "explore further", "facebook", "follow us", "full screen", "get our app", "hide", "hide caption", "iklan", "image",
    "imprimer", "instagram", "kommentare", "lea también", "leave a comment", "lee también", "leer más", "lees meer", "lees ook", "leggi anche",
    "leggi tutto", "leia mais", "leia também", "lesen sie auch", "like loading", "link copied", "lire aussi", "listen", "load more", "loading",
    "log in", "mehr dazu", "mehr zum thema", "more", "more details", "more info", "most popular", "most read", "más información", "next",
    "next article", "no comments", "partager", "pinterest", "play video", "previous", "previous article", "print", "pubblicità", "publicidad",
    "publicidade", "publicité", "read also", "read full article", "read full story", "read less", "read more", "read next", "read the full story",
    "recommended", "register", "reklama", "related", "related articles", "related content", "related news", "related stories", "related topics",
    "replay", "replay more videos", "saiba mais", "save", "see also", "see more", "share", "share on facebook", "share on twitter", "share this",
    "share this article", "share this story", "show caption", "show more", "sign in", "sign up", "sign up here", "skip", "skip ad",
    "skip advertisement", "sponsored", "sponsored content", "story continues below", "story continues below advertisement", "subscribe",
    "subscribe now", "sur le même sujet", "tags", "te puede interesar", "toggle caption", "trending", "tweet", "twitter", "veja também", "ver más",
    "video ad feedback", "view all", "view comments", "view more", "watch live", "weiterlesen", "werbung", "whatsapp", "zobacz też",
    "zur startseite", "À lire aussi", "à lire aussi", "Поделиться", "Подписаться", "Реклама", "Читайте также", "поделиться", "подписаться",
    "реклама", "читайте также"};
/* clang-format on */

/* clang-format off */
/* … and what short blocks begin with. */
static const char *const OPENINGS[] = {
    "all rights reserved ", "already a subscriber", "also read:", "by clicking ", "by continuing to use", "by signing up", "click here for ",
    "click here to ", "continue reading ", "copyright 1", "copyright 2", "czytaj także ", "czytaj też ", "dont miss:", "download our ",
    "download the app", "enable javascript", "follow us on ", "for more information visit ", "get our app", "get our daily", "get our free",
    "get our newsletter", "get our weekly", "got a tip ", "have a tip ", "lea también ", "lee también ", "lees ook ", "leggi anche ", "leia também ",
    "lesen sie auch ", "like this story share", "like us on ", "lire aussi ", "more:", "please enable javascript", "read also ", "read also:",
    "read more ", "read more:", "read next ", "read next:", "read our full ", "read the full ", "recommended for you", "related:", "see also:",
    "share this ", "sign up for ", "sign up to ", "story continues ", "subscribe to ", "thank you for subscribing", "thanks for reading ",
    "this material may not be published", "this site uses cookies", "this website uses cookies", "watch live ", "watch:", "we and our partners",
    "we are having trouble retrieving the article", "we use cookies", "you may also like", "your browser does not support", "À lire aussi ",
    "à lire aussi ", "Читайте также ", "читайте также "};
/* clang-format on */

/* clang-format off */
/* Headings of furniture, sorted … */
static const char *const HEADINGS[] = {
    "comments", "czytaj także", "follow us", "latest", "lea también", "lees ook", "leggi anche", "leia também", "lesen sie auch", "lire aussi",
    "mehr zum thema", "more", "más información", "newsletter", "newsletters", "popular", "promoted", "recommended", "related", "sponsored",
    "sur le même sujet", "te puede interesar", "trending", "veja também", "zobacz też", "À lire aussi", "à lire aussi", "Читайте также"};
/* clang-format on */

/* clang-format off */
/* … and what they begin with. */
static const char *const HEADING_OPENINGS[] = {
    "about the author", "around the web", "dont miss", "editors pick", "editors picks", "explore more", "follow us on", "from our partners", "from the web",
    "in case you missed", "join the conversation", "keep reading", "latest from", "latest in", "latest news", "latest stories", "latest videos",
    "leave a comment", "leave a reply", "more about", "more from", "more like this", "more news", "more on", "more stories", "most popular",
    "most read", "most shared", "most viewed", "next up", "other stories", "paid content", "popular in", "popular now", "popular on",
    "popular stories", "promoted content", "promoted stories", "read also", "read more", "read next", "recent posts", "recommended articles",
    "recommended for", "recommended stories", "related articles", "related content", "related coverage", "related links", "related news",
    "related posts", "related reading", "related stories", "related topics", "related video", "related videos", "see also", "share this", "sign up", "sponsored by",
    "sponsored content", "sponsored stories", "stay connected", "subscribe", "top stories", "trending now", "trending on", "trending stories",
    "trending topics", "up next", "whats hot", "you may also", "you might also"};
/* clang-format on */

/* clang-format off */
static const char *const WALLS[] = {
    "already a subscriber", "log in to continue", "register to continue", "sign in to continue", "start your free trial to read",
    "subscribe to continue", "subscribe to read", "subscribers only", "this article is exclusive to subscribers", "this article is for subscribers",
    "this content is for subscribers", "this content is only available to", "this story is for subscribers", "to continue reading",
    "to read more subscribe", "to read the full ", "want to read more", "you have reached your limit", "youve reached your limit"};
/* clang-format on */

static gboolean has_opening(const char *phrase, const char *const *openings, gsize n) {
  for (gsize i = 0; i < n; i++)
    if (g_str_has_prefix(phrase, openings[i]))
      return TRUE;
  return FALSE;
}

/* An opening of whole words, and few behind it: "Latest in politics", not "Latest inflation figures". */
static gboolean is_opened_heading(const char *phrase) {
  const guint max_words_behind = 4;
  for (gsize i = 0; i < G_N_ELEMENTS(HEADING_OPENINGS); i++) {
    gsize n = strlen(HEADING_OPENINGS[i]);
    if (!g_str_has_prefix(phrase, HEADING_OPENINGS[i]) || g_ascii_isalnum(phrase[n]))
      continue;
    guint n_words = 0;
    for (const char *p = phrase + n; *p; p++)
      n_words += *p == ' ' ? 1 : 0;
    return n_words <= max_words_behind;
  }
  return FALSE;
}

static int compare_phrase(const void *key, const void *member) {
  return strcmp(key, *(const char *const *)member);
}

/* "Follow Coast Daily on Facebook, Twitter and Instagram." */
static gboolean asks_to_follow(const char *phrase) {
  static const char *const sites[] = {" on facebook", " on twitter", " on instagram", " on x ",
                                      " on linkedin", " on youtube", " on tiktok",    " section on "};
  if (!g_str_has_prefix(phrase, "follow "))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS(sites); i++)
    if (strstr(phrase, sites[i]))
      return TRUE;
  return FALSE;
}

/* "Image 2 of 5" */
static gboolean is_picture_number(const char *phrase) {
  static const char *const words[] = {"image ", "photo ", "picture ", "slide "};
  for (gsize i = 0; i < G_N_ELEMENTS(words); i++)
    if (g_str_has_prefix(phrase, words[i])) {
      const char *p = phrase + strlen(words[i]);
      gsize n = strspn(p, "0123456789");
      return n > 0 && g_str_has_prefix(p + n, " of ") && strspn(p + n + 4, "0123456789") == strlen(p + n + 4);
    }
  return FALSE;
}

gboolean onr_html_is_furniture_text(const char *words, gsize length) {
  char phrase[MAX_PHRASE_BYTES];
  gboolean has_word;
  if (length >= MAX_PHRASE_BYTES)
    return FALSE;
  simplify(words, length, phrase, &has_word);
  return !has_word || g_str_has_prefix(words, "©") ||
         bsearch(phrase, PHRASES, G_N_ELEMENTS(PHRASES), sizeof *PHRASES, compare_phrase) ||
         has_opening(phrase, OPENINGS, G_N_ELEMENTS(OPENINGS)) || asks_to_follow(phrase) ||
         is_picture_number(phrase);
}

gboolean onr_html_is_furniture_heading(const char *words, gsize length) {
  char phrase[MAX_PHRASE_BYTES];
  gboolean has_word;
  const gsize max_heading_bytes = 60;
  if (length > max_heading_bytes)
    return FALSE;
  simplify(words, length, phrase, &has_word);
  return bsearch(phrase, HEADINGS, G_N_ELEMENTS(HEADINGS), sizeof *HEADINGS, compare_phrase) ||
         is_opened_heading(phrase);
}

gboolean onr_html_is_wall(const char *words, gsize length) {
  char phrase[MAX_PHRASE_BYTES];
  gboolean has_word;
  simplify(words, MIN(length, MAX_PHRASE_BYTES), phrase, &has_word);
  return has_opening(phrase, WALLS, G_N_ELEMENTS(WALLS));
}
