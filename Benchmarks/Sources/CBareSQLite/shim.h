// SQLite itself, for the loop that stores are compared with.
#ifndef CBARESQLITE_SHIM_H
#define CBARESQLITE_SHIM_H

#include <sqlite3.h>
#include <stdint.h>

/// Binds a text that stays where it is until the statement is done.
static inline int bare_bind_text(
    sqlite3_stmt *_Nullable statement, int index, const char *_Nullable text, int64_t length) {
  return sqlite3_bind_text64(
      statement, index, text, (sqlite3_uint64)length, SQLITE_STATIC, SQLITE_UTF8);
}

#endif
