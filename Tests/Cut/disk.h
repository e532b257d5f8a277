// What is known of a disk that fails; shared by the files of the library alone.
#ifndef DISK_H
#define DISK_H

#define _GNU_SOURCE
#include <stddef.h>
#include <sys/stat.h>
#include <sys/types.h>

#pragma GCC visibility push(hidden)

enum { SECTOR = 512, MOST_FILES = 256, MOST_NAMES = 1024, LONGEST = 1024 };
enum { OPEN, WRITE, TRUNCATE, SYNC, UNLINK, KINDS };

// What a sector was before a write that is not synced.
typedef struct Before {
  off_t sector;
  int is_settled;
  // The write was forgotten by a sync that failed, and is not done by another one.
  int is_forgotten;
  unsigned char bytes[SECTOR];
} Before;

// A file by its number on its device, however it is named and by whatever descriptor it is open.
typedef struct File {
  dev_t device;
  ino_t number;
  // Stays open: closing a descriptor would drop the locks that the program has on the file.
  int descriptor;
  // Memory that is shared by processes, which nothing keeps over the end of the machine.
  int is_shared, is_lock;
  off_t safe_size;
  Before *before;
  size_t count, room;
} File;

// A name in the folder that was made, taken away or moved and is not synced.
typedef struct Name {
  char path[LONGEST];
  // Where what had the name before can be found; empty when nothing had it.
  char saved[LONGEST];
  // From where what has the name now was moved; empty when it was not.
  char other[LONGEST];
} Name;

typedef struct Disk {
  int is_ready, is_watching;
  char folder[LONGEST];
  long at, until, error, room, relief, grown, refused, later, total;
  long counts[KINDS];
  int is_counted[KINDS];
  enum { NOTHING, KILL, HALF, CUT, SHORT, FAIL } what;
  int lies_sync, lies_folder, has_failed, cuts_at_end;
  unsigned long long random;
  const char *report;
  File files[MOST_FILES];
  int file_count;
  Name names[MOST_NAMES];
  int name_count, saved_count;
} Disk;

extern Disk disk;

// The system's own calls.
extern int (*real_openat)(int, const char *, int, ...);
extern ssize_t (*real_pwrite)(int, const void *, size_t, off_t);
extern int (*real_ftruncate)(int, off_t);
extern int (*real_fsync)(int);
extern int (*real_link)(const char *, const char *);
extern int (*real_unlink)(const char *);
extern int (*real_rename)(const char *, const char *);

/// Reads from the environment what is to happen; once.
void prepare(void);

/// Whether a path leads into the folder, or to it.
int is_inside(const char *path);

/// The file that a descriptor leads to, with what the system says of it; NULL when it is not watched.
File *file_of(int descriptor, struct stat *found);

/// Watches a file from now on.
void note_file(int descriptor, const char *path);

/// Keeps what the bytes of a file from one place on to another were.
void keep(File *file, off_t from, off_t to);

/// What was written to a file is permanent, but what a sync that failed has forgotten.
void settle(File *file, off_t size);

/// A sync of a file failed: the next one does not make permanent what this one should have.
void forget(File *file);

/// What happened to names in the folder is permanent.
void settle_names(void);

/// Gives a file a second name, outside the folder, under which it can be brought back.
void save_name(const char *path, char *saved);

/// Notes that something happened to a name.
Name *new_name(const char *path);

/// Ends the program as the end of its machine does.
_Noreturn void cut(void);

/// Ends the program.
_Noreturn void end_by_kill(void);

#pragma GCC visibility pop
#endif
