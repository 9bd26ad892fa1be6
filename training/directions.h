/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Rows of weights over buckets (the words of an article, or its names), and the directions in which they
   differ most: the leading right singular vectors of the matrix, by subspace iteration (Golub and Van Loan,
   "Matrix Computations", 8.2). */
#pragma once

#include "identity/model.h"

G_BEGIN_DECLS

typedef struct OnrDirections OnrDirections;

OnrDirections *onr_directions_new(void);
void onr_directions_free(OnrDirections *directions);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(OnrDirections, onr_directions_free)

/* Adds WEIGHT in BUCKET to the row at hand. */
void onr_directions_add(OnrDirections *directions, guint16 bucket, float weight);
/* Ends the row at hand, which is scaled to length 1. */
void onr_directions_end_row(OnrDirections *directions);

/* Where each bucket lies: its row of the singular vectors, divided by the square root of its length (so that
   rare buckets are heard too), in 1/127 of the largest number. All 0 where no row has the bucket. The same
   rows give the same numbers. */
void onr_directions_find(const OnrDirections *directions, gint8 out[ONR_N_BUCKETS][ONR_N_DIRECTIONS]);

G_END_DECLS
