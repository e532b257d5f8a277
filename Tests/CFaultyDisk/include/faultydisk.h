// A disk under SQLite whose n-th write, sync or other change fails, for tests.
#ifndef FAULTYDISK_H
#define FAULTYDISK_H

#include <stdint.h>

/// Adds a disk under a name, under which files are opened with it; 0 when it worked.
int fd_add(const char *_Nonnull name);

/// Lets the n-th change from now on fail with a result code of SQLite, and all after it; 0 for none.
void fd_fail(const char *_Nonnull name, int64_t change, int code);

/// The number of changes since the last call of `fd_fail`.
int64_t fd_changes(const char *_Nonnull name);

#endif
