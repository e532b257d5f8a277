#include "shutdown.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <sys/ioctl.h>
#include <unistd.h>

int sd_shut_down(const char *folder) {
#ifdef __linux__
  int descriptor = open(folder, O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return errno;
  // Both file systems have the call, and 2 means for both that the journal is not written either.
  uint32_t how = 2;
  int code = ioctl(descriptor, _IOR('X', 125, uint32_t), &how) == 0 ? 0 : errno;
  close(descriptor);
  return code;
#else
  (void)folder;
  return ENOSYS;
#endif
}
