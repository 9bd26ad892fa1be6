/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Two names of persons: can they be one person's? By the words alone: what else speaks for it or against it
   is the caller's. Surnames by spelling key (text/name.h), given names by key, initial and nickname. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* From what keeps them apart to what joins them most. */
typedef enum {
  ONR_LIKENESS_NONE,         /* another surname, given name, middle name or generation */
  ONR_LIKENESS_NEAR_GIVEN,   /* one letter of the given name: Nikloas, Nikolas Roof */
  ONR_LIKENESS_NEAR_SURNAME, /* one letter of the surname: Rahm Emanual, Emanuel */
  ONR_LIKENESS_PART, /* the first or the last of three words or more left out: Ana Varan-Kolm, Ana Varan; or
                        two turned */
  ONR_LIKENESS_INITIAL,  /* S. Lavrov, Sergey Lavrov */
  ONR_LIKENESS_NICKNAME, /* Bill, William Clinton; cut short: Siraj, Sirajuddin Haqqani */
  ONR_LIKENESS_LONGER,   /* with a middle name, or Jr., more: Donald J. Trump */
  ONR_LIKENESS_SAME,     /* but for spelling: Sergei, Sergey Lavrov; Kim Jong-un, Kim Jong Un */
} OnrLikeness;

typedef enum {
  ONR_GENERATION_NONE,
  ONR_GENERATION_JUNIOR,
  ONR_GENERATION_SENIOR,
  ONR_GENERATION_THIRD,
  ONR_GENERATION_FOURTH
} OnrGeneration;

/* A name by its parts: titles, what stands in quotation marks or brackets, and the article of Arabic surnames
 * (al-, el-) are left out. */
typedef struct {
  GPtrArray
      *words; /* char *, folded; the last is the surname, the first, where there is another, the given name */
  GPtrArray *keys; /* char *, parallel */
  OnrGeneration generation;
} OnrPersonName;

void onr_person_name_set(OnrPersonName *out, const char *name); /* OUT is all zero, or was cleared */
void onr_person_name_clear(OnrPersonName *name);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(OnrPersonName, onr_person_name_clear)

/* Both have two words or more; of less nothing can be said: NONE. */
OnrLikeness onr_person_name_compare(const OnrPersonName *a, const OnrPersonName *b);

/* Is one of two given names, folded, short for the other, or are both short for a third? */
gboolean onr_is_nickname(const char *a, const char *b);

G_END_DECLS
