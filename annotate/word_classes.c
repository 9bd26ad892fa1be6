/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "annotate/word_classes.h"

#define CLASS_MASK G_GUINT64_CONSTANT(0xffff)
/* Keys of marks and numbers: small, that no word's key is; spread over the table like those of words. */
#define KEY_OF_TAG 0x100
#define KEY_OF_NUMBER 0x200
#define LENGTH_MAX 0xff

guint64 onr_word_class_key(const OnrReading *r, guint32 i) {
  const OnrToken *t = onr_reading_token(r, i);
  guint64 key = r->words[i].key;
  if (t->kind == ONR_TOKEN_MARK || !key)
    key = KEY_OF_TAG + (guint64)r->words[i].tag;
  else if (t->kind == ONR_TOKEN_NUMBER)
    key = KEY_OF_NUMBER + MIN(t->end - t->begin, LENGTH_MAX);
  else if (onr_reading_is_capital(r, i))
    key = ~key;
  return key * G_GUINT64_CONSTANT(0x9e3779b97f4a7c15);
}

guint32 onr_word_class_slot(const OnrWordClasses *classes, guint64 key) {
  guint32 i = (guint32)(key >> 48);
  for (;; i = (i + 1) & (ONR_WORD_CLASS_SLOTS - 1)) {
    guint64 slot = GUINT64_FROM_LE((*classes)[i]);
    if (!slot || (slot ^ key) <= CLASS_MASK)
      return i;
  }
}

guint32 onr_word_class(const OnrWordClasses *classes, const OnrReading *r, guint32 i) {
  guint64 slot = GUINT64_FROM_LE((*classes)[onr_word_class_slot(classes, onr_word_class_key(r, i))]);
  return slot ? (guint32)(slot & CLASS_MASK) - 1 : ONR_WORD_CLASS_NONE;
}
