/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "support/support.h"

ONR_SUITE(choose);
