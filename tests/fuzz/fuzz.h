/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the fuzz targets share. A target is one LLVMFuzzerTestOneInput: with clang's libFuzzer it makes up inputs (preset
   `fuzz`), with replay.c it is a test over the inputs kept in corpus/. */
#pragma once

#include <glib.h>
#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A file in memory that holds DATA: its path, the same each time; another call empties it. */
const char *fuzz_file(const uint8_t *data, size_t size);
