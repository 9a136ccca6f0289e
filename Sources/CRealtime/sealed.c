#define _GNU_SOURCE
#include "sealed.h"
#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SEALS = F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE };

int lockstep_sealed_copy(const char *name, const void *bytes, size_t count) {
  int descriptor = memfd_create(name, MFD_CLOEXEC | MFD_ALLOW_SEALING);
  if (descriptor < 0) return -errno;
  size_t done = 0;
  while (done < count) {
    ssize_t n = pwrite(descriptor, (const char *)bytes + done, count - done, (off_t)done);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) goto failed;
    done += (size_t)n;
  }
  if (fcntl(descriptor, F_ADD_SEALS, SEALS) == 0) return descriptor;
failed:;
  int error = errno;
  close(descriptor);
  return -error;
}

int lockstep_is_sealed(int descriptor) {
  int seals = fcntl(descriptor, F_GET_SEALS);
  return seals >= 0 && (seals & SEALS) == SEALS;
}

long lockstep_size(int descriptor) {
  struct stat s;
  return fstat(descriptor, &s) < 0 ? -errno : (long)s.st_size;
}
