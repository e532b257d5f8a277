#include "disk.h"

#ifdef __linux__
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

// Counts a call, and does what is to be done at it. Returns whether it goes on: when it does not,
// it has failed; when it is to be cut in half, that is in `is_half`.
static int go_on(int kind, const File *file, int *is_half) {
  disk.counts[kind] += 1;
  if (disk.has_failed && file && !file->is_lock && !file->is_shared) disk.later += 1;
  if (!disk.is_counted[kind]) return 1;
  disk.total += 1;
  if (disk.at == 0 || disk.total < disk.at || disk.total > disk.until) return 1;
  switch (disk.what) {
    case KILL: end_by_kill();
    case CUT: cut();
    case FAIL:
      disk.has_failed = disk.has_failed || !(file && (file->is_lock || file->is_shared));
      errno = (int)disk.error;
      return 0;
    case HALF:
    case SHORT: *is_half = kind == WRITE;
      if (disk.what == HALF && kind != WRITE) end_by_kill();
      return 1;
    case NOTHING: return 1;
  }
  return 1;
}

// How many bytes of a write fit on the disk.
static size_t fitting(const struct stat *found, off_t place, size_t count) {
  off_t growth = place + (off_t)count - found->st_size;
  if (disk.room < 0 || growth <= 0) return count;
  off_t left = disk.room - disk.grown;
  if (growth <= left) {
    disk.grown += growth;
    return count;
  }
  off_t part = (off_t)count - (growth - left);
  if (part > 0 && left > 0) {
    disk.grown += left;
    return (size_t)part;
  }
  disk.refused += 1;
  if (disk.relief > 0 && disk.refused % disk.relief == 0) disk.grown = 0;
  return 0;
}

// MARK: - The calls

static int do_open(int folder, const char *path, int flags, mode_t mode) {
  prepare();
  if (!is_inside(path)) return real_openat(folder, path, flags, mode);
  pthread_mutex_lock(&mutex);
  int ignored = 0, descriptor = -1;
  if (go_on(OPEN, NULL, &ignored)) {
    struct stat found;
    int is_new = (flags & O_CREAT) && lstat(path, &found) != 0;
    descriptor = real_openat(folder, path, flags, mode);
    int reason = errno;
    if (descriptor >= 0 && (flags & O_ACCMODE) != O_RDONLY) note_file(descriptor, path);
    if (descriptor >= 0 && is_new) new_name(path);
    errno = reason;
  }
  pthread_mutex_unlock(&mutex);
  return descriptor;
}

static ssize_t do_write(int descriptor, const void *bytes, size_t count, off_t place) {
  prepare();
  pthread_mutex_lock(&mutex);
  struct stat found;
  File *file = file_of(descriptor, &found);
  int is_half = 0;
  ssize_t done = -1;
  if (!file || go_on(WRITE, file, &is_half)) {
    if (is_half && count > 1) count /= 2;
    if (file) count = fitting(&found, place, count);
    if (file && count == 0) {
      errno = ENOSPC;
    } else {
      if (file && !file->is_shared) keep(file, place, place + (off_t)count);
      done = real_pwrite(descriptor, bytes, count, place);
    }
    if (is_half && disk.what == HALF) end_by_kill();
  }
  pthread_mutex_unlock(&mutex);
  return done;
}

static int do_truncate(int descriptor, off_t size) {
  prepare();
  pthread_mutex_lock(&mutex);
  struct stat found;
  File *file = file_of(descriptor, &found);
  int ignored = 0, code = -1;
  if (!file || go_on(TRUNCATE, file, &ignored)) {
    if (file && size > found.st_size &&
        fitting(&found, 0, (size_t)size) < (size_t)size) {
      errno = ENOSPC;
    } else {
      if (file && !file->is_shared && size < found.st_size) keep(file, size, found.st_size);
      code = real_ftruncate(descriptor, size);
    }
  }
  pthread_mutex_unlock(&mutex);
  return code;
}

static int do_sync(int descriptor) {
  prepare();
  pthread_mutex_lock(&mutex);
  struct stat found = {0};
  File *file = file_of(descriptor, &found);
  struct stat folder;
  int is_folder = disk.is_watching && S_ISDIR(found.st_mode) && stat(disk.folder, &folder) == 0 &&
                  folder.st_dev == found.st_dev && folder.st_ino == found.st_ino;
  int ignored = 0, code = -1;
  int goes_on = (!file && !is_folder) || go_on(SYNC, file, &ignored);
  if (!goes_on && file) forget(file);
  if (goes_on) {
    // That nothing is lost by a cut is up to this library, and not to the disk of this machine.
    code = file || is_folder ? 0 : real_fsync(descriptor);
    if (file && !disk.lies_sync) settle(file, found.st_size);
    if (is_folder && !disk.lies_folder) settle_names();
  }
  pthread_mutex_unlock(&mutex);
  return code;
}

static int do_unlink(const char *path) {
  prepare();
  if (!is_inside(path)) return real_unlink(path);
  pthread_mutex_lock(&mutex);
  int ignored = 0, code = -1;
  if (go_on(UNLINK, NULL, &ignored)) {
    char saved[LONGEST];
    save_name(path, saved);
    code = real_unlink(path);
    if (code == 0) snprintf(new_name(path)->saved, LONGEST, "%s", saved);
  }
  pthread_mutex_unlock(&mutex);
  return code;
}

static int do_rename(const char *from, const char *to) {
  prepare();
  if (!is_inside(to)) return real_rename(from, to);
  pthread_mutex_lock(&mutex);
  int ignored = 0, code = -1;
  if (go_on(UNLINK, NULL, &ignored)) {
    char saved[LONGEST];
    save_name(to, saved);
    code = real_rename(from, to);
    if (code == 0) {
      Name *name = new_name(to);
      snprintf(name->other, LONGEST, "%s", from);
      snprintf(name->saved, LONGEST, "%s", saved);
    } else if (saved[0]) {
      real_unlink(saved);
    }
  }
  pthread_mutex_unlock(&mutex);
  return code;
}

static int do_link(const char *from, const char *to) {
  prepare();
  if (!is_inside(to)) return real_link(from, to);
  pthread_mutex_lock(&mutex);
  int ignored = 0, code = -1;
  if (go_on(UNLINK, NULL, &ignored)) {
    code = real_link(from, to);
    if (code == 0) new_name(to);
  }
  pthread_mutex_unlock(&mutex);
  return code;
}

static mode_t mode_of(int flags, va_list *list) {
  return flags & (O_CREAT | O_TMPFILE) ? (mode_t)va_arg(*list, int) : 0;
}

#define OPENING(name)                                   \
  int name(const char *path, int flags, ...) {          \
    va_list list;                                       \
    va_start(list, flags);                              \
    mode_t mode = mode_of(flags, &list);                \
    va_end(list);                                       \
    return do_open(AT_FDCWD, path, flags, mode);        \
  }

#define OPENING_AT(name)                                \
  int name(int folder, const char *path, int flags, ...) { \
    va_list list;                                       \
    va_start(list, flags);                              \
    mode_t mode = mode_of(flags, &list);                \
    va_end(list);                                       \
    return do_open(folder, path, flags, mode);          \
  }

OPENING(open)
OPENING(open64)
OPENING_AT(openat)
OPENING_AT(openat64)

ssize_t pwrite(int descriptor, const void *bytes, size_t count, off_t place) {
  return do_write(descriptor, bytes, count, place);
}
ssize_t pwrite64(int descriptor, const void *bytes, size_t count, off_t place) {
  return do_write(descriptor, bytes, count, place);
}
int ftruncate(int descriptor, off_t size) { return do_truncate(descriptor, size); }
int ftruncate64(int descriptor, off_t size) { return do_truncate(descriptor, size); }
int fsync(int descriptor) { return do_sync(descriptor); }
int fdatasync(int descriptor) { return do_sync(descriptor); }
int link(const char *from, const char *to) { return do_link(from, to); }
int unlink(const char *path) { return do_unlink(path); }
int rename(const char *from, const char *to) { return do_rename(from, to); }
#endif
