/* SPDX-License-Identifier: GPL-2.0-or-later */
/* From names, some of which are another's in some articles, to a plan. */
#pragma once

#include "archive/name_set.h"
#include "archive/plan.h"

G_BEGIN_DECLS

/* Any of the names of SET (tidied), those with senses apart: a name where it is theirs alone, a name but
   where it is another's. */
OnrPlan *onr_names_plan(OnrRelation relation, const OnrNameSet *set);

G_END_DECLS
