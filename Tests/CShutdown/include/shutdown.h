// Ends a file system at once, as the end of its machine does.
#ifndef SHUTDOWN_H
#define SHUTDOWN_H

/// Shuts down the file system, ext4 or xfs, that a folder is on, without writing what is in memory.
///
/// Only the superuser may do it. Returns 0, or the system's error.
int sd_shut_down(const char *_Nonnull folder);

#endif
