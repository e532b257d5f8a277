// zlib behind typed inline functions for what Swift cannot see: macros that begin a stream. It
// contains no logic.
#ifndef CZLIB_SHIM_H
#define CZLIB_SHIM_H

#include <zlib.h>

/// Begins to unpack what gzip packed.
static inline int cz_begin_unpacking(z_stream *_Nonnull stream) {
  return inflateInit2(stream, 15 + 16);
}

/// Begins to pack as gzip does.
static inline int cz_begin_packing(z_stream *_Nonnull stream) {
  return deflateInit2(stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
}

#endif
