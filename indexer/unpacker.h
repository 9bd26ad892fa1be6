/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Compressions behind one step function, so that a stream need not know which it unpacks. Each codec's own library is
   called, not libarchive's filters: those give out whole blocks of 64 KiB and drop the one in which a fault is met, and do
   not compare gzip's check sum; here every byte before the damage comes out.

     OnrUnpacker *unpacker = onr_unpacker_new(onr_packing_detect(bytes, n_bytes));
     step = onr_unpacker_step(unpacker, in, n_in, &n_used, out, n_out, &n_made);    // until ONR_UNPACK_END */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  ONR_PACKING_NONE,
  ONR_PACKING_GZIP,
  ONR_PACKING_BZIP2,
  ONR_PACKING_XZ,
  ONR_PACKING_ZSTD,
  ONR_PACKING_DEFLATE, /* from here: of HTTP bodies, which say so; not seen by content. With zlib's header or without */
  ONR_PACKING_BROTLI,
} OnrPacking;

#define ONR_PACKING_MAGIC_BYTES 10 /* that detection looks at */

/* What a file that begins with these bytes is packed by. */
OnrPacking onr_packing_detect(const char *bytes, gsize n_bytes);
/* "gzip"; "" for none. */
const char *onr_packing_name(OnrPacking packing);
/* The ending that such files have, "gz"; "" for none and for those that are no files. */
const char *onr_packing_ending(OnrPacking packing);

typedef enum {
  ONR_UNPACK_ON,      /* there may be more; where nothing was used or made, it wants input */
  ONR_UNPACK_END,     /* of one gzip member, bzip2 stream, …; another may follow */
  ONR_UNPACK_CORRUPT, /* what was made before it is good */
  ONR_UNPACK_LARGE,   /* it asks for more memory than ONR_UNPACK_MAX_BYTES */
} OnrUnpackStep;

/* Of memory for one codec; docs/limits.md. xz -9 takes 65 MiB, zstd --long 128 MiB. */
#define ONR_UNPACK_MAX_BYTES (128u << 20)
#define ONR_UNPACK_ZSTD_WINDOW_LOG 27
/* Of a dictionary that a zstd file begins with: they are made of 100 kB to 1 MB. */
#define ONR_UNPACK_DICTIONARY_BYTES (16u << 20)

typedef struct OnrUnpacker OnrUnpacker;

OnrUnpacker *onr_unpacker_new(OnrPacking packing); /* not NONE */
void onr_unpacker_free(OnrUnpacker *unpacker);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(OnrUnpacker, onr_unpacker_free)

/* Ready for another member behind the END of one. */
void onr_unpacker_restart(OnrUnpacker *unpacker);

/* Takes *N_USED of the N_IN bytes at IN and writes *N_MADE ≤ N_OUT bytes to OUT. */
OnrUnpackStep onr_unpacker_step(OnrUnpacker *unpacker, const char *in, gsize n_in, gsize *n_used, char *out, gsize n_out,
                                gsize *n_made);

G_END_DECLS
