/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Private to cli/shapes*.c: shapes.c has quotes, articles and identities and the table of all kinds, shapes_archive.c what is said of an archive. */
#pragma once

#include "cli/shapes.h"

G_BEGIN_DECLS

/* DAY as "2022-02-06", null for ONR_NO_DAY. */
void onr_shape_day(OnrEmitter *e, const char *name, gint32 day);

/* The shapes of ONR_RECORD_SKIPPED, STATUS, SURVEY, FINDING and SUMMARY. */
void onr_shape_skipped(OnrEmitter *e, gconstpointer record);
void onr_shape_status(OnrEmitter *e, gconstpointer record);
void onr_shape_survey(OnrEmitter *e, gconstpointer record);
void onr_shape_finding(OnrEmitter *e, gconstpointer record);
void onr_shape_summary(OnrEmitter *e, gconstpointer record);

G_END_DECLS
