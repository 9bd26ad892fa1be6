/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/unpacker.h"

#include <brotli/decode.h>
#include <bzlib.h>
#include <lzma.h>
#include <string.h>
#include <zlib.h>
#include <zstd.h>
#include <zstd_errors.h>

/* One call of a codec: what it may take and give, and what it took and gave. */
typedef struct {
  const char *in;
  gsize n_in;
  char *out;
  gsize n_out;
  gsize n_used, n_made;
} Step;

typedef struct {
  const char *name, *ending;
  gpointer (*open)(OnrPacking packing);
  void (*close)(gpointer codec);
  void (*reset)(gpointer codec); /* NULL: closed and opened anew */
  OnrUnpackStep (*step)(gpointer codec, Step *step);
} Codec;

struct OnrUnpacker {
  OnrPacking packing;
  const Codec *codec;
  gpointer state;
};

/* --- gzip and deflate --- */

#define GZIP_BITS (MAX_WBITS + 16) /* zlib.h, inflateInit2 */

typedef struct {
  z_stream z;
  gboolean is_settled; /* which header there is */
} Inflate;

static gpointer inflate_open(OnrPacking packing) {
  Inflate *inflater = g_new0(Inflate, 1);
  inflater->is_settled = packing == ONR_PACKING_GZIP;
  if (inflateInit2(&inflater->z, inflater->is_settled ? GZIP_BITS : MAX_WBITS) != Z_OK)
    g_clear_pointer(&inflater, g_free);
  return inflater;
}

static void inflate_close(gpointer codec) {
  Inflate *inflater = codec;
  inflateEnd(&inflater->z);
  g_free(inflater);
}

static void inflate_reset(gpointer codec) {
  Inflate *inflater = codec;
  inflateReset(&inflater->z);
}

/* What HTTP calls deflate is zlib's format, but servers send it without zlib's header too (RFC
 * 9110, 8.4.1.2). */
static void settle(Inflate *inflater, const char *in) {
  const guchar *p = (const guchar *)in;
  gboolean has_header = (p[0] & 0x0f) == Z_DEFLATED && (p[0] << 8 | p[1]) % 31 == 0; /* RFC 1950 */
  inflateReset2(&inflater->z, has_header ? MAX_WBITS : -MAX_WBITS);
  inflater->is_settled = TRUE;
}

static OnrUnpackStep inflate_step(gpointer codec, Step *s) {
  Inflate *inflater = codec;
  z_stream *z = &inflater->z;
  if (!inflater->is_settled && s->n_in < 2)
    return ONR_UNPACK_ON;
  if (!inflater->is_settled)
    settle(inflater, s->in);
  uInt n_in = (uInt)MIN(s->n_in, G_MAXINT), n_out = (uInt)MIN(s->n_out, G_MAXINT);
  z->next_in = (Bytef *)s->in;
  z->avail_in = n_in;
  z->next_out = (Bytef *)s->out;
  z->avail_out = n_out;
  int outcome = inflate(z, Z_NO_FLUSH);
  s->n_used = n_in - z->avail_in;
  s->n_made = n_out - z->avail_out;
  return outcome == Z_STREAM_END                     ? ONR_UNPACK_END
         : outcome == Z_OK || outcome == Z_BUF_ERROR ? ONR_UNPACK_ON
         : outcome == Z_MEM_ERROR                    ? ONR_UNPACK_LARGE
                                                     : ONR_UNPACK_CORRUPT;
}

/* --- bzip2 --- */

static gpointer bzip2_open(OnrPacking packing) {
  (void)packing;
  bz_stream *bz = g_new0(bz_stream, 1);
  if (BZ2_bzDecompressInit(bz, 0, 0) != BZ_OK)
    g_clear_pointer(&bz, g_free);
  return bz;
}

static void bzip2_close(gpointer codec) {
  BZ2_bzDecompressEnd(codec);
  g_free(codec);
}

static OnrUnpackStep bzip2_step(gpointer codec, Step *s) {
  bz_stream *bz = codec;
  guint n_in = (guint)MIN(s->n_in, G_MAXINT), n_out = (guint)MIN(s->n_out, G_MAXINT);
  bz->next_in = (char *)s->in;
  bz->avail_in = n_in;
  bz->next_out = s->out;
  bz->avail_out = n_out;
  int outcome = BZ2_bzDecompress(bz);
  s->n_used = n_in - bz->avail_in;
  s->n_made = n_out - bz->avail_out;
  return outcome == BZ_STREAM_END  ? ONR_UNPACK_END
         : outcome == BZ_OK        ? ONR_UNPACK_ON
         : outcome == BZ_MEM_ERROR ? ONR_UNPACK_LARGE
                                   : ONR_UNPACK_CORRUPT;
}

/* --- xz --- */

static gpointer xz_open(OnrPacking packing) {
  (void)packing;
  lzma_stream *lzma = g_new0(lzma_stream, 1);
  if (lzma_stream_decoder(lzma, ONR_UNPACK_MAX_BYTES, 0) != LZMA_OK)
    g_clear_pointer(&lzma, g_free);
  return lzma;
}

static void xz_close(gpointer codec) {
  lzma_end(codec);
  g_free(codec);
}

static OnrUnpackStep xz_step(gpointer codec, Step *s) {
  lzma_stream *lzma = codec;
  lzma->next_in = (const guint8 *)s->in;
  lzma->avail_in = s->n_in;
  lzma->next_out = (guint8 *)s->out;
  lzma->avail_out = s->n_out;
  lzma_ret outcome = lzma_code(lzma, LZMA_RUN);
  s->n_used = s->n_in - lzma->avail_in;
  s->n_made = s->n_out - lzma->avail_out;
  return outcome == LZMA_STREAM_END                                    ? ONR_UNPACK_END
         : outcome == LZMA_OK || outcome == LZMA_BUF_ERROR             ? ONR_UNPACK_ON
         : outcome == LZMA_MEMLIMIT_ERROR || outcome == LZMA_MEM_ERROR ? ONR_UNPACK_LARGE
                                                                       : ONR_UNPACK_CORRUPT;
}

/* --- zstd --- */

/* Crawls in zstd may begin with the dictionary that all their records are packed with, in a frame that others
   skip (IIPC, "Zstandard Compression for WARC Files 1.0"): so those of Archive Team. The dictionary is as
   zstd writes it, or packed itself. */
#define DICTIONARY_FRAME 0x184d2a5du
#define DICTIONARY_MAGIC 0xec30a437u /* RFC 8878, 5 */
#define FRAME_MAGIC 0xfd2fb528u
#define FRAME_HEAD_BYTES 8

typedef struct {
  ZSTD_DStream *stream;
  gboolean is_begun;      /* what the first frame is, is known */
  GByteArray *dictionary; /* its frame's content as far as it was read; else NULL */
  gsize n_dictionary;     /* bytes that it will have */
} Zstd;

static gpointer zstd_open(OnrPacking packing) {
  (void)packing;
  Zstd *zstd = g_new0(Zstd, 1);
  zstd->stream = ZSTD_createDStream();
  if (zstd->stream)
    ZSTD_DCtx_setParameter(zstd->stream, ZSTD_d_windowLogMax, ONR_UNPACK_ZSTD_WINDOW_LOG);
  else
    g_clear_pointer(&zstd, g_free);
  return zstd;
}

static void zstd_close(gpointer codec) {
  Zstd *zstd = codec;
  ZSTD_freeDStream(zstd->stream);
  g_clear_pointer(&zstd->dictionary, g_byte_array_unref);
  g_free(zstd);
}

static void zstd_reset(gpointer codec) {
  ZSTD_DCtx_reset(((Zstd *)codec)->stream, ZSTD_reset_session_only); /* keeps the dictionary */
}

static guint32 number_at(const void *bytes) {
  guint32 number;
  memcpy(&number, bytes, sizeof number);
  return GUINT32_FROM_LE(number);
}

/* Looks whether the file begins with a dictionary. FALSE where it takes more bytes to say. */
static gboolean zstd_begin(Zstd *zstd, Step *s) {
  if (s->n_in < sizeof(guint32))
    return FALSE;
  if (number_at(s->in) == DICTIONARY_FRAME) {
    if (s->n_in < FRAME_HEAD_BYTES + sizeof(guint32))
      return FALSE;
    guint32 magic = number_at(s->in + FRAME_HEAD_BYTES);
    zstd->n_dictionary = number_at(s->in + sizeof(guint32));
    if (zstd->n_dictionary > sizeof magic && (magic == DICTIONARY_MAGIC || magic == FRAME_MAGIC)) {
      zstd->dictionary = g_byte_array_new();
      s->n_used = FRAME_HEAD_BYTES;
    }
  }
  zstd->is_begun = TRUE;
  return TRUE;
}

/* ON, not END: a file of nothing but a dictionary is not whole. */
static OnrUnpackStep zstd_load(Zstd *zstd) {
  g_autoptr(GByteArray) bytes = g_steal_pointer(&zstd->dictionary);
  if (number_at(bytes->data) == FRAME_MAGIC) {
    unsigned long long n = ZSTD_getFrameContentSize(bytes->data, bytes->len);
    if (n == ZSTD_CONTENTSIZE_ERROR)
      return ONR_UNPACK_CORRUPT;
    gsize room = n == ZSTD_CONTENTSIZE_UNKNOWN ? ONR_UNPACK_DICTIONARY_BYTES : (gsize)n;
    if (room > ONR_UNPACK_DICTIONARY_BYTES)
      return ONR_UNPACK_LARGE;
    g_autoptr(GByteArray) whole = g_byte_array_sized_new((guint)room);
    g_byte_array_set_size(whole, (guint)room);
    gsize made = ZSTD_decompress(whole->data, room, bytes->data, bytes->len);
    if (ZSTD_isError(made))
      return ONR_UNPACK_CORRUPT;
    g_byte_array_set_size(whole, (guint)made);
    g_byte_array_unref(bytes);
    bytes = g_steal_pointer(&whole);
  }
  return ZSTD_isError(ZSTD_DCtx_loadDictionary(zstd->stream, bytes->data, bytes->len)) ? ONR_UNPACK_CORRUPT
                                                                                       : ONR_UNPACK_ON;
}

static OnrUnpackStep zstd_take_dictionary(Zstd *zstd, Step *s) {
  if (zstd->n_dictionary > ONR_UNPACK_DICTIONARY_BYTES)
    return ONR_UNPACK_LARGE;
  gsize n = MIN(s->n_in - s->n_used, zstd->n_dictionary - zstd->dictionary->len);
  g_byte_array_append(zstd->dictionary, (const guint8 *)s->in + s->n_used, (guint)n);
  s->n_used += n;
  return zstd->dictionary->len < zstd->n_dictionary ? ONR_UNPACK_ON : zstd_load(zstd);
}

static OnrUnpackStep zstd_step(gpointer codec, Step *s) {
  Zstd *zstd = codec;
  if (!zstd->is_begun && !zstd_begin(zstd, s))
    return ONR_UNPACK_ON;
  if (zstd->dictionary)
    return zstd_take_dictionary(zstd, s);
  ZSTD_inBuffer in = {.src = s->in, .size = s->n_in};
  ZSTD_outBuffer out = {.dst = s->out, .size = s->n_out};
  gsize outcome = ZSTD_decompressStream(zstd->stream, &out, &in);
  s->n_used = in.pos;
  s->n_made = out.pos;
  if (!ZSTD_isError(outcome))
    return outcome == 0 ? ONR_UNPACK_END : ONR_UNPACK_ON;
  ZSTD_ErrorCode code = ZSTD_getErrorCode(outcome);
  return code == ZSTD_error_frameParameter_windowTooLarge || code == ZSTD_error_memory_allocation
             ? ONR_UNPACK_LARGE
             : ONR_UNPACK_CORRUPT;
}

/* --- brotli --- */

static gpointer brotli_open(OnrPacking packing) {
  (void)packing;
  return BrotliDecoderCreateInstance(NULL, NULL, NULL);
}

static void brotli_close(gpointer codec) {
  BrotliDecoderDestroyInstance(codec);
}

static OnrUnpackStep brotli_step(gpointer codec, Step *s) {
  size_t n_in = s->n_in, n_out = s->n_out;
  const guint8 *in = (const guint8 *)s->in;
  guint8 *out = (guint8 *)s->out;
  BrotliDecoderResult outcome = BrotliDecoderDecompressStream(codec, &n_in, &in, &n_out, &out, NULL);
  s->n_used = s->n_in - n_in;
  s->n_made = s->n_out - n_out;
  return outcome == BROTLI_DECODER_RESULT_SUCCESS ? ONR_UNPACK_END
         : outcome == BROTLI_DECODER_RESULT_ERROR ? ONR_UNPACK_CORRUPT
                                                  : ONR_UNPACK_ON;
}

/* --- the table --- */

static const Codec CODECS[] = {
    [ONR_PACKING_NONE] = {.name = "", .ending = ""},
    [ONR_PACKING_GZIP] = {.name = "gzip",
                          .ending = "gz",
                          .open = inflate_open,
                          .close = inflate_close,
                          .reset = inflate_reset,
                          .step = inflate_step},
    [ONR_PACKING_BZIP2] =
        {.name = "bzip2", .ending = "bz2", .open = bzip2_open, .close = bzip2_close, .step = bzip2_step},
    [ONR_PACKING_XZ] = {.name = "xz", .ending = "xz", .open = xz_open, .close = xz_close, .step = xz_step},
    [ONR_PACKING_ZSTD] = {.name = "zstd",
                          .ending = "zst",
                          .open = zstd_open,
                          .close = zstd_close,
                          .reset = zstd_reset,
                          .step = zstd_step},
    [ONR_PACKING_DEFLATE] = {.name = "deflate",
                             .ending = "",
                             .open = inflate_open,
                             .close = inflate_close,
                             .reset = inflate_reset,
                             .step = inflate_step},
    [ONR_PACKING_BROTLI] =
        {.name = "brotli", .ending = "", .open = brotli_open, .close = brotli_close, .step = brotli_step},
};

OnrPacking onr_packing_detect(const char *bytes, gsize n_bytes) {
  const guchar *p = (const guchar *)bytes;
  if (n_bytes >= 3 && p[0] == 0x1f && p[1] == 0x8b && p[2] == 8) /* RFC 1952: magic, deflate */
    return ONR_PACKING_GZIP;
  if (n_bytes >= 10 && memcmp(p, "BZh", 3) == 0 && p[3] >= '1' && p[3] <= '9' &&
      (memcmp(p + 4, "1AY&SY", 6) == 0 ||
       memcmp(p + 4, "\x17rE8P\x90", 6) == 0)) /* a block, or the end of none */
    return ONR_PACKING_BZIP2;
  if (n_bytes >= 6 && memcmp(p, "\xfd\x37zXZ\0", 6) == 0)
    return ONR_PACKING_XZ;
  /* RFC 8878: a frame, or one to be skipped, as parallel packers write first */
  if (n_bytes >= 4 && (memcmp(p, "\x28\xb5\x2f\xfd", 4) == 0 ||
                       ((p[0] & 0xf0) == 0x50 && memcmp(p + 1, "\x2a\x4d\x18", 3) == 0)))
    return ONR_PACKING_ZSTD;
  return ONR_PACKING_NONE;
}

const char *onr_packing_name(OnrPacking packing) {
  return CODECS[packing].name;
}

const char *onr_packing_ending(OnrPacking packing) {
  return CODECS[packing].ending;
}

OnrUnpacker *onr_unpacker_new(OnrPacking packing) {
  g_assert(packing != ONR_PACKING_NONE);
  OnrUnpacker *unpacker = g_new0(OnrUnpacker, 1);
  unpacker->packing = packing;
  unpacker->codec = &CODECS[packing];
  unpacker->state = unpacker->codec->open(packing);
  return unpacker;
}

static void close_state(OnrUnpacker *unpacker) {
  if (unpacker->state)
    unpacker->codec->close(unpacker->state);
  unpacker->state = NULL;
}

void onr_unpacker_free(OnrUnpacker *unpacker) {
  if (!unpacker)
    return;
  close_state(unpacker);
  g_free(unpacker);
}

void onr_unpacker_restart(OnrUnpacker *unpacker) {
  if (unpacker->state && unpacker->codec->reset) { /* cheaper, where a crawl has a member for each record */
    unpacker->codec->reset(unpacker->state);
    return;
  }
  close_state(unpacker);
  unpacker->state = unpacker->codec->open(unpacker->packing);
}

OnrUnpackStep onr_unpacker_step(OnrUnpacker *unpacker, const char *in, gsize n_in, gsize *n_used, char *out,
                                gsize n_out, gsize *n_made) {
  Step step = {.in = in, .n_in = n_in, .out = out, .n_out = n_out};
  OnrUnpackStep outcome = unpacker->state ? unpacker->codec->step(unpacker->state, &step) : ONR_UNPACK_LARGE;
  *n_used = step.n_used;
  *n_made = step.n_made;
  return outcome;
}
