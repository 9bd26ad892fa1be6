/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/web/byline_words.h"

#include <string.h>

static const struct {
  guint kinds;
  const char *words; /* between blanks */
} LEXICON[] = {
    {ONR_WORD_ROLE,
     " writer reporter correspondent editor columnist contributor journalist producer "
     "photographer critic analyst blogger "
     "anchor meteorologist intern fellow freelancer freelance contributing commentator essayist "
     "professor director "
     "co-founder founder ceo researcher reviewer nutritionist lecturer editor-at-large "
     "editor-in-chief reporters "
     "photojournalist videographer redakteur redakteurin korrespondent journaliste periodista "
     "redactor redactora "},
    {ONR_WORD_BEFORE,
     " senior chief staff deputy associate assistant managing executive special guest political sports "
     "business "
     "technology tech science health national international foreign world news city education crime "
     "entertainment features digital ap afp auto white house medical legal investigative general data "
     "environment "
     "climate economics finance travel food arts "},
    {ONR_WORD_BODY,
     " news press staff team desk bureau agency agencies agencie wire wires daily times post "
     "herald tribune gazette reuters afp ap "
     "pti ani ians upi bbc cnn cbs nbc abc associated editors editorial newsroom board "
     "network media magazine radio "
     "tv service services institute university foundation association council inc ltd corp today "
     "report reports online "
     "xinhua tass dpa efe ansa kyodo yonhap bloomberg redaktion redazione redacción rédaction "
     "newswire contributors "
     "correspondents writers company group department ministry office center centre project "},
    {ONR_WORD_PARTICLE,
     " de da di do du del della dos das la le el al van von der den ter ten bin ibn bint af "
     "av zu zum y e of ap "
     "abu ben san st "},
    {ONR_WORD_LABEL,
     " written words story text posted published reported reporting analysis opinion review "
     "reviewed comment commentary "
     "exclusive perspective column article report created compiled interview essay a an the as "
     "told to and submitted "
     "authored contributed special "},
    {ONR_WORD_HELP,
     " photo photos photograph photography picture pictures image images edited editing video "
     "videos graphic graphics foto fotos fotografía fotografie bild bilder illustration "
     "illustrations illustrated translated translation additional with help produced art design "
     "narrated fact-checked "
     "researched research medically "},
    {ONR_WORD_DEGREE,
     " md phd rd rdn ms ma mph rn esq mba ph.d m.d r.d m.s cfa cpa msc bsc dds dvm do ld ldn m.p.h j.d jd "},
    {ONR_WORD_DAY,
     " january february march april may june july august september october november december jan "
     "feb mar apr jun jul aug sep "
     "sept oct nov dec monday tuesday wednesday thursday friday saturday sunday mon tue wed thu "
     "fri sat sun "},
    {ONR_WORD_LINK, " for in at from via on of "},
    {ONR_WORD_BUTTON,
     " most view more show copy print share sharing follow read click subscribe sign comments "
     "comment email e-mail save facebook "
     "twitter linkedin whatsapp article articles stories link url photo photos options recent "
     "this is about see posts "
     "contact profile here login log home menu search next previous minutes min mins ago "
     "updated published listen watch "
     "shares views likes advertisement join register "},
    {ONR_WORD_GENERIC,
     " staff admin administrator editor editors editorial webmaster guest unknown anonymous "
     "none null user super author by root "
     "contributor newsroom wordpress n/a undefined nobody team "},
};

gboolean onr_word_is_listed(const char *list, const char *word) {
  gsize n = strlen(word);
  for (const char *p = list; n > 0 && (p = strstr(p, word)); p++)
    if (p[-1] == ' ' && p[n] == ' ')
      return TRUE;
  return FALSE;
}

guint onr_byline_word(const char *word) {
  guint kinds = ONR_WORD_OTHER;
  g_autofree char *lower = g_utf8_strdown(word, -1);
  gsize n = strlen(lower);
  while (n > 0 && strchr(".,:;", lower[n - 1]))
    lower[--n] = '\0';
  g_autofree char *singular = n > 4 && lower[n - 1] == 's' ? g_strndup(lower, n - 1) : NULL;
  for (gsize i = 0; i < G_N_ELEMENTS(LEXICON); i++)
    if (onr_word_is_listed(LEXICON[i].words, lower) ||
        (singular && LEXICON[i].kinds == ONR_WORD_ROLE && onr_word_is_listed(LEXICON[i].words, singular)))
      kinds |= LEXICON[i].kinds;
  return kinds;
}
