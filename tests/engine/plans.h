/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Plans by chance, of every kind of node. */
#pragma once

#include "fixture.h"

/* A number from 0 to N - 1. */
guint plans_below(Fixture *fixture, guint n);
/* What a query's word looks for: form or stem, bare or of a field; now and then what nothing has. */
OnrPlan *plans_random_term(Fixture *fixture, const char *prefix, gboolean is_stem);
/* A normalised plan over TABLE, at most DEPTH groups deep. */
OnrPlan *plans_random(Fixture *fixture, OnrTable table, guint depth);

/* Runs N such plans over articles and quotes in turn, and compares all that the engine says with the model. */
void plans_compare_random(Fixture *fixture, guint n, guint depth);
