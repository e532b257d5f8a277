#include "disk.h"

#ifdef __linux__
#include "cut.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

Disk disk;

int (*real_openat)(int, const char *, int, ...);
ssize_t (*real_pwrite)(int, const void *, size_t, off_t);
int (*real_ftruncate)(int, off_t);
int (*real_fsync)(int);
int (*real_link)(const char *, const char *);
int (*real_unlink)(const char *);
int (*real_rename)(const char *, const char *);

static long number_of(const char *name) {
  const char *text = getenv(name);
  return text ? atol(text) : 0;
}

void prepare(void) {
  if (disk.is_ready) return;
  disk.is_ready = 1;
  real_openat = (int (*)(int, const char *, int, ...))dlsym(RTLD_NEXT, "openat");
  real_pwrite = (ssize_t(*)(int, const void *, size_t, off_t))dlsym(RTLD_NEXT, "pwrite");
  real_ftruncate = (int (*)(int, off_t))dlsym(RTLD_NEXT, "ftruncate");
  real_fsync = (int (*)(int))dlsym(RTLD_NEXT, "fsync");
  real_link = (int (*)(const char *, const char *))dlsym(RTLD_NEXT, "link");
  real_unlink = (int (*)(const char *))dlsym(RTLD_NEXT, "unlink");
  real_rename = (int (*)(const char *, const char *))dlsym(RTLD_NEXT, "rename");
  const char *folder = getenv("CUT_FOLDER");
  if (!folder || strlen(folder) + 2 > sizeof disk.folder) return;
  snprintf(disk.folder, sizeof disk.folder, "%s/", folder);
  disk.is_watching = 1;
  disk.at = number_of("CUT_AT");
  disk.until = number_of("CUT_UNTIL");
  if (disk.until < disk.at) disk.until = disk.at;
  disk.random = (unsigned long long)number_of("CUT_SEED");
  disk.room = getenv("CUT_ROOM") ? number_of("CUT_ROOM") : -1;
  disk.relief = number_of("CUT_RELIEF");
  disk.report = getenv("CUT_REPORT");
  const char *calls = getenv("CUT_CALLS");
  for (int kind = 0; kind < KINDS; kind++) {
    disk.is_counted[kind] = !calls || strchr(calls, "owtsu"[kind]) != NULL;
  }
  const char *what = getenv("CUT_DO");
  if (!what) what = "";
  disk.error = atol(what);
  disk.what = strcmp(what, "kill") == 0    ? KILL
              : strcmp(what, "half") == 0  ? HALF
              : strcmp(what, "cut") == 0   ? CUT
              : strcmp(what, "short") == 0 ? SHORT
              : disk.error > 0             ? FAIL
                                           : NOTHING;
  const char *lie = getenv("CUT_LIE");
  disk.lies_sync = lie && strcmp(lie, "sync") == 0;
  disk.cuts_at_end = number_of("CUT_END") > 0;
  disk.lies_folder = disk.lies_sync || (lie && strcmp(lie, "folder") == 0);
}

// SplitMix64.
static uint64_t draw(void) {
  uint64_t mixed = disk.random += 0x9e3779b97f4a7c15;
  mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9;
  mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111eb;
  return mixed ^ (mixed >> 31);
}

static void report(void) {
  if (!disk.report) return;
  int file = real_openat(AT_FDCWD, disk.report, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (file < 0) return;
  dprintf(file, "%ld %ld %ld %ld %ld %ld %ld\n", disk.counts[OPEN], disk.counts[WRITE],
          disk.counts[TRUNCATE], disk.counts[SYNC], disk.counts[UNLINK], disk.later, disk.refused);
  close(file);
}

// MARK: - The end

// The odds, of as many, that a sector is lost.
enum { ALL = 8 };

static void take_back_sectors(File *file, unsigned odds) {
  struct stat found;
  if (file->is_shared || fstat(file->descriptor, &found) != 0) return;
  off_t size = found.st_size;
  if (odds == ALL || draw() % 2 == 0) size = file->safe_size;
  for (size_t index = file->count; index-- > 0;) {
    Before *before = &file->before[index];
    if (before->is_settled) continue;
    if (draw() % ALL < odds) {
      if (real_pwrite(file->descriptor, before->bytes, SECTOR, before->sector * SECTOR) < 0) abort();
      continue;
    }
    // What is older of this sector was overwritten on the disk as well.
    for (size_t older = 0; older < index; older++) {
      if (file->before[older].sector == before->sector) file->before[older].is_settled = 1;
    }
  }
  if (real_ftruncate(file->descriptor, size) != 0) abort();
}

static void take_back_names(unsigned odds) {
  // Names reach the disk in the order of their changes: from one of them on, all are lost.
  int lost = (int)(draw() % (uint64_t)(disk.name_count + 1));
  if (odds == ALL) lost = disk.name_count;
  for (int index = disk.name_count; index-- > 0;) {
    Name *name = &disk.names[index];
    if (lost-- > 0) {
      if (name->other[0]) real_rename(name->path, name->other);
      if (name->saved[0]) real_rename(name->saved, name->path);
      if (!name->other[0] && !name->saved[0]) real_unlink(name->path);
    } else if (name->saved[0]) {
      real_unlink(name->saved);
    }
  }
}

static void take_back(unsigned odds) {
  for (int index = 0; index < disk.file_count; index++) {
    take_back_sectors(&disk.files[index], odds);
  }
  take_back_names(odds);
}

_Noreturn void cut(void) {
  take_back((unsigned[]){1, 4, 4, ALL}[draw() % 4]);
  report();
  _exit(CUT_STATUS);
}

__attribute__((destructor)) static void at_end(void) {
  if (!disk.is_watching) return;
  if (disk.cuts_at_end) take_back(ALL);
  settle_names();
  report();
}

_Noreturn void end_by_kill(void) {
  report();
  for (;;) kill(getpid(), SIGKILL);
}

#endif
