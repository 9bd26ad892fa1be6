/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What tests look at below the xapian engine's class: its list of parts and its folder. */
#pragma once

#include "fixture.h"

#include "archive/xapian/index.h"

OnrXapianIndex *parts_index(const Fixture *fixture);
/* Numbers of the parts that the record names, in its order; guint. */
GArray *parts_listed(const Fixture *fixture);
/* How many, and the number of the one at place I. */
guint parts_n(const Fixture *fixture);
guint parts_number(const Fixture *fixture, guint i);
/* The folder of TABLE's database of part NUMBER, with ENDING behind its name. */
char *parts_path(const Fixture *fixture, guint number, OnrTable table, const char *ending);
/* Fails the test where the folder holds more or less than the listed parts, what is laid by of them, and the
 * links that servers open. */
void parts_expect_tidy(const Fixture *fixture);

/* Runs SQL in the record's file by another connection. */
void parts_plant(const Fixture *fixture, const char *sql);

/* Keeps the record as it is committed, and puts it back under an index that has gone on: what a kill between
 * the commits of index and record leaves. The archive is closed meanwhile. */
char *parts_keep_record(Fixture *fixture);
void parts_put_record_back(Fixture *fixture, const char *kept);
