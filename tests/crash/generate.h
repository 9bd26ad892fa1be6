/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A few hundred generated articles: the same on each call, so that two archives of them can be compared. */
#pragma once

#include <glib.h>

/* Writes text files in folders and JSON Lines files below DIR (made when missing). Returns how many articles
 * there are. */
guint generate_articles(const char *dir);
