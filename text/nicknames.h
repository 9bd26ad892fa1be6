/* SPDX-License-Identifier: GPL-2.0-or-later */
/* English given names with what their bearers are called, written for this project. */
#pragma once

/* Rows of folded words apart by single blanks, the last NULL: any two of a row may name one person. */
extern const char *const onr_nicknames[];
