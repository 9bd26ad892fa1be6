/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The kinds of containers, one file each (zip and tar are one library's). */
#pragma once

#include "indexer/container.h"

G_BEGIN_DECLS

extern const OnrContainerClass ONR_CONTAINER_ARC;
extern const OnrContainerClass ONR_CONTAINER_TAR;
extern const OnrContainerClass ONR_CONTAINER_WARC;
extern const OnrContainerClass ONR_CONTAINER_ZIP;

G_END_DECLS
