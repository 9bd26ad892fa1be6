/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A few hundred generated articles: the same on each call, so that two archives of them can be compared; and what
 * becomes of them, in two steps. */
#pragma once

#include <glib.h>

/* Writes text files in folders and JSON Lines files below DIR (made when missing). Returns how many articles
 * there are. */
guint generate_articles(const char *dir);

/* Changes, removes and adds about a third of what generate_articles has written. */
void change_articles(const char *dir);
/* Changes two articles more. */
void touch_articles(const char *dir);
