#include "disk.h"

#ifdef __linux__
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int ends_with(const char *text, const char *ending) {
  size_t length = strlen(text), other = strlen(ending);
  return length >= other && strcmp(text + length - other, ending) == 0;
}

int is_inside(const char *path) {
  size_t length = strlen(disk.folder);
  if (!disk.is_watching || strncmp(path, disk.folder, length - 1) != 0) return 0;
  return path[length - 1] == '/' || path[length - 1] == 0;
}

static File *known(const struct stat *found) {
  for (int index = 0; index < disk.file_count; index++) {
    File *file = &disk.files[index];
    if (file->device == found->st_dev && file->number == found->st_ino) return file;
  }
  return NULL;
}

File *file_of(int descriptor, struct stat *found) {
  if (!disk.is_watching || fstat(descriptor, found) != 0) return NULL;
  return known(found);
}

void note_file(int descriptor, const char *path) {
  struct stat found;
  if (fstat(descriptor, &found) != 0 || !S_ISREG(found.st_mode) || known(&found)) return;
  if (disk.file_count == MOST_FILES) abort();
  File *file = &disk.files[disk.file_count++];
  *file = (File){.device = found.st_dev, .number = found.st_ino, .safe_size = found.st_size};
  file->is_shared = ends_with(path, "-shm");
  file->is_lock = ends_with(path, "-lock");
  file->descriptor = real_openat(AT_FDCWD, path, O_RDWR | O_CLOEXEC);
  if (file->descriptor < 0) abort();
}

// Keeps what bytes from one place on to another were.
void keep(File *file, off_t from, off_t to) {
  for (off_t sector = from / SECTOR; sector * SECTOR < to; sector++) {
    if (file->count == file->room) {
      file->room = file->room ? file->room * 2 : 64;
      file->before = realloc(file->before, file->room * sizeof(Before));
      if (!file->before) abort();
    }
    Before *before = &file->before[file->count++];
    memset(before, 0, sizeof *before);
    before->sector = sector;
    if (pread(file->descriptor, before->bytes, SECTOR, sector * SECTOR) < 0) abort();
  }
}

void settle(File *file, off_t size) {
  size_t count = 0;
  for (size_t index = 0; index < file->count; index++) {
    if (!file->before[index].is_forgotten) continue;
    int is_written_again = 0;
    for (size_t newer = index + 1; newer < file->count; newer++) {
      is_written_again = is_written_again || (file->before[newer].sector == file->before[index].sector &&
                                              !file->before[newer].is_forgotten);
    }
    if (!is_written_again) file->before[count++] = file->before[index];
  }
  file->count = count;
  file->safe_size = size;
}

void forget(File *file) {
  for (size_t index = 0; index < file->count; index++) file->before[index].is_forgotten = 1;
}

void settle_names(void) {
  for (int index = 0; index < disk.name_count; index++) {
    if (disk.names[index].saved[0]) real_unlink(disk.names[index].saved);
  }
  disk.name_count = 0;
}

// A second name for a file, outside the folder, under which it can be brought back.
void save_name(const char *path, char *saved) {
  snprintf(saved, LONGEST, "%.*s.cut-%d-%d", (int)strlen(disk.folder) - 1, disk.folder,
           (int)getpid(), disk.saved_count++);
  if (real_link(path, saved) != 0) saved[0] = 0;
}

Name *new_name(const char *path) {
  if (disk.name_count == MOST_NAMES) abort();
  Name *name = &disk.names[disk.name_count++];
  memset(name, 0, sizeof *name);
  snprintf(name->path, sizeof name->path, "%s", path);
  return name;
}

#endif
