// SQLite behind typed inline functions for what Swift cannot see: destructors that are casts of
// numbers, and methods that are pointers.
#ifndef CSQLITE_SHIM_H
#define CSQLITE_SHIM_H

#include <sqlite3.h>
#include <stdint.h>

/// Binds a copy of a text.
static inline int cs_bind_text(
    sqlite3_stmt *_Nullable statement, int index, const char *_Nonnull text, int64_t length) {
  return sqlite3_bind_text64(
      statement, index, text, (sqlite3_uint64)length, SQLITE_TRANSIENT, SQLITE_UTF8);
}

/// Binds a copy of some bytes.
static inline int cs_bind_blob(
    sqlite3_stmt *_Nullable statement, int index, const void *_Nonnull bytes, int64_t length) {
  return sqlite3_bind_blob64(statement, index, bytes, (sqlite3_uint64)length, SQLITE_TRANSIENT);
}

/// Makes the log of writes permanent up to its end.
static inline int cs_sync_log(sqlite3 *_Nullable database) {
  sqlite3_file *log = 0;
  int code = sqlite3_file_control(database, "main", SQLITE_FCNTL_JOURNAL_POINTER, &log);
  if (code != SQLITE_OK || log == 0 || log->pMethods == 0) return code;
  return log->pMethods->xSync(log, SQLITE_SYNC_NORMAL);
}

/// Leaves the log of writes as it is when the connection is closed.
static inline int cs_keep_log_on_close(sqlite3 *_Nullable database) {
  return sqlite3_db_config(database, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, (int *)0);
}

#endif
