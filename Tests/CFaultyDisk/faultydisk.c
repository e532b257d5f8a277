#include "faultydisk.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

// A disk: SQLite's own one with a count before every change.
typedef struct Disk {
  sqlite3_vfs base;
  sqlite3_vfs *real;
  int64_t changes;
  int64_t failing;
  int code;
} Disk;

typedef struct File {
  sqlite3_file base;
  Disk *disk;
  // The real file follows.
} File;

static sqlite3_file *real_file(sqlite3_file *file) { return (sqlite3_file *)((File *)file + 1); }

// The code with which a change fails; SQLITE_OK when it does not.
static int change(Disk *disk) {
  disk->changes += 1;
  return disk->failing > 0 && disk->changes >= disk->failing ? disk->code : SQLITE_OK;
}

static int file_close(sqlite3_file *file) { return real_file(file)->pMethods->xClose(real_file(file)); }

static int file_read(sqlite3_file *file, void *bytes, int count, sqlite3_int64 place) {
  return real_file(file)->pMethods->xRead(real_file(file), bytes, count, place);
}

static int file_write(sqlite3_file *file, const void *bytes, int count, sqlite3_int64 place) {
  int code = change(((File *)file)->disk);
  return code ? code : real_file(file)->pMethods->xWrite(real_file(file), bytes, count, place);
}

static int file_truncate(sqlite3_file *file, sqlite3_int64 size) {
  int code = change(((File *)file)->disk);
  return code ? code : real_file(file)->pMethods->xTruncate(real_file(file), size);
}

static int file_sync(sqlite3_file *file, int flags) {
  // A disk that is full is found out by writing; a sync fails in another way.
  int code = change(((File *)file)->disk);
  if (code == SQLITE_FULL) code = SQLITE_OK;
  return code ? code : real_file(file)->pMethods->xSync(real_file(file), flags);
}

static int file_size(sqlite3_file *file, sqlite3_int64 *size) {
  return real_file(file)->pMethods->xFileSize(real_file(file), size);
}

static int file_lock(sqlite3_file *file, int lock) {
  return real_file(file)->pMethods->xLock(real_file(file), lock);
}

static int file_unlock(sqlite3_file *file, int lock) {
  return real_file(file)->pMethods->xUnlock(real_file(file), lock);
}

static int file_check_lock(sqlite3_file *file, int *held) {
  return real_file(file)->pMethods->xCheckReservedLock(real_file(file), held);
}

static int file_control(sqlite3_file *file, int operation, void *argument) {
  return real_file(file)->pMethods->xFileControl(real_file(file), operation, argument);
}

static int file_sector_size(sqlite3_file *file) {
  return real_file(file)->pMethods->xSectorSize(real_file(file));
}

static int file_traits(sqlite3_file *file) {
  return real_file(file)->pMethods->xDeviceCharacteristics(real_file(file));
}

static int file_shm_map(sqlite3_file *file, int page, int size, int extend, void volatile **out) {
  return real_file(file)->pMethods->xShmMap(real_file(file), page, size, extend, out);
}

static int file_shm_lock(sqlite3_file *file, int offset, int count, int flags) {
  return real_file(file)->pMethods->xShmLock(real_file(file), offset, count, flags);
}

static void file_shm_barrier(sqlite3_file *file) {
  real_file(file)->pMethods->xShmBarrier(real_file(file));
}

static int file_shm_unmap(sqlite3_file *file, int remove) {
  return real_file(file)->pMethods->xShmUnmap(real_file(file), remove);
}

static const sqlite3_io_methods methods = {
    2,           file_close,      file_read,        file_write,    file_truncate,
    file_sync,   file_size,       file_lock,        file_unlock,   file_check_lock,
    file_control, file_sector_size, file_traits,    file_shm_map,  file_shm_lock,
    file_shm_barrier, file_shm_unmap, 0, 0,
};

static int disk_open(
    sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out) {
  Disk *disk = (Disk *)vfs;
  file->pMethods = 0;
  ((File *)file)->disk = disk;
  int code = disk->real->xOpen(disk->real, name, real_file(file), flags, out);
  if (code == SQLITE_OK) file->pMethods = &methods;
  return code;
}

static int disk_delete(sqlite3_vfs *vfs, const char *name, int sync) {
  Disk *disk = (Disk *)vfs;
  int code = change(disk);
  return code ? code : disk->real->xDelete(disk->real, name, sync);
}

int fd_add(const char *name) {
  sqlite3_vfs *real = sqlite3_vfs_find(0);
  Disk *disk = calloc(1, sizeof(Disk));
  if (!real || !disk) return 1;
  // Whatever needs no count goes to the real disk, which gets itself as its first argument only
  // where it looks at its own data; SQLite's for Unix does so in none of the rest.
  disk->base = *real;
  disk->base.pNext = 0;
  disk->base.zName = strdup(name);
  disk->base.szOsFile = (int)sizeof(File) + real->szOsFile;
  disk->base.xOpen = disk_open;
  disk->base.xDelete = disk_delete;
  disk->real = real;
  return sqlite3_vfs_register(&disk->base, 0);
}

void fd_fail(const char *name, int64_t failing, int code) {
  Disk *disk = (Disk *)sqlite3_vfs_find(name);
  if (!disk) return;
  disk->changes = 0;
  disk->failing = failing;
  disk->code = code;
}

int64_t fd_changes(const char *name) {
  Disk *disk = (Disk *)sqlite3_vfs_find(name);
  return disk ? disk->changes : 0;
}
