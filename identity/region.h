/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which of the towns of one name an article speaks of: by the state or country that stands behind it ("Charleston,
   W.Va."), else by the nearest of those that have such a town. */
#pragma once

#include "text/span.h"

G_BEGIN_DECLS

/* May ID ("place:charleston") be a town or county of several? Any place that the tables do not know as the one of its name
   may. */
gboolean onr_region_is_shared(const char *id);

/* Is NAME ("charleston") a town of several, or one that everybody knows? */
gboolean onr_region_is_town(const char *name);

/* Is NAME a region's, so that who names it means one of those that the tables have: Georgia, the state or the
   country? */
gboolean onr_region_is_closed(const char *name);

/* Is NAME ("heron-hotel") a site's, of which several towns may have one? */
gboolean onr_region_is_site(const char *name);

/* Is NAME ("us-embassy", "british-consulate-general") a mission's, of which a state has one in many others? */
gboolean onr_region_is_mission(const char *name);

/* Is NAME ("russian", "w-va") a state's or country's, or that of its people? */
gboolean onr_region_is_named(const char *name);

/* A text, and the regions that it names, which are read once, where they are asked for. All zero before the first
   text; TEXT is borrowed. */
typedef struct {
  const char *text;
  gsize length;
  GArray *names; /* OnrRegionName */
  gboolean is_read;
  const char *about, *about_usual; /* onr_region_of_text's, before it is asked whether that region may have the body */
  gboolean is_about_known;
} OnrRegionText;

void onr_region_text_set(OnrRegionText *in, const char *text, gsize length);
void onr_region_text_clear(OnrRegionText *in);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(OnrRegionText, onr_region_text_clear)

/* The region ("west-virginia") of the town, county or site with ID, which stands at N SPANS; NULL where it cannot be
   told. Static. */
const char *onr_region_of(OnrRegionText *in, const char *id, const OnrSpan *spans, guint n);

/* Whose the body with ID at N SPANS is, that many states have under its name: the state or country that stands directly before it
   ("the Russian Foreign Ministry", "Ohio's Supreme Court") or behind it ("the Supreme Court of Ohio"), or, of a site, in which
   its sentence plays ("In Lansing, Michigan, drivers passed the Capitol"), where it is first said; where IS_USUAL, it is the one of its name that is meant by far most
   often, and it is said to be a state's ("the state Department of Justice"), the nearest state, or "a-state"; NULL where nothing
   is, or Washington, where national bodies are: what is named nearby is oftener what the body speaks of. Static. */
const char *onr_region_of_body(OnrRegionText *in, const char *id, const OnrSpan *spans, guint n, gboolean is_usual);

/* The one country, or state of one, that the text is about: that it names, with its people and cities, often, and far oftener
   than any other, and that may have the body ID; NULL where there is none. IS_USUAL: the body is that of the United States where
   nothing else is said; then NULL too where the text names them, a state of theirs without its legislature, or their politics. Static. */
const char *onr_region_of_text(OnrRegionText *in, const char *id, gboolean is_usual);

G_END_DECLS
