#define _GNU_SOURCE
#include "durable.h"
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

static int sync_folder_of(const char *path) {
  char folder[PATH_MAX];
  const char *slash = strrchr(path, '/');
  size_t length = slash ? (size_t)(slash - path) : 0;
  if (length >= sizeof folder) return -ENAMETOOLONG;
  memcpy(folder, path, length);
  folder[length] = 0;
  int descriptor = open(slash ? (length ? folder : "/") : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return -errno;
  int result = fsync(descriptor) < 0 ? -errno : 0;
  close(descriptor);
  return result;
}

static int write_all(int descriptor, const char *bytes, size_t count) {
  while (count) {
    ssize_t n = write(descriptor, bytes, count);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return n < 0 ? -errno : -EIO;
    bytes += n;
    count -= (size_t)n;
  }
  return fsync(descriptor) < 0 ? -errno : 0;
}

static int written(const char *path, int flags, const void *bytes, size_t count) {
  int descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | flags, 0644);
  if (descriptor < 0) return -errno;
  int result = write_all(descriptor, bytes, count);
  if (close(descriptor) < 0 && !result) result = -errno;
  return result;
}

int lockstep_replace_durably(const char *path, const void *bytes, size_t count) {
  char beside[PATH_MAX];
  int length = snprintf(beside, sizeof beside, "%s.%d.new", path, (int)getpid());
  if (length < 0 || (size_t)length >= sizeof beside) return -ENAMETOOLONG;
  int result = written(beside, O_TRUNC, bytes, count);
  if (!result && rename(beside, path) < 0) result = -errno;
  if (result) {
    unlink(beside);
    return result;
  }
  return sync_folder_of(path);
}

int lockstep_append_durably(const char *path, const void *bytes, size_t count) {
  int result = written(path, O_APPEND, bytes, count);
  return result ? result : sync_folder_of(path);
}

int lockstep_remove_durably(const char *path) {
  if (unlink(path) < 0) return errno == ENOENT ? 0 : -errno;
  return sync_folder_of(path);
}

int lockstep_make_folders(const char *path) {
  char partial[PATH_MAX];
  size_t length = strlen(path);
  if (!length || length >= sizeof partial) return -ENAMETOOLONG;
  memcpy(partial, path, length + 1);
  for (size_t i = 1; i <= length; i++) {
    if (partial[i] != '/' && partial[i]) continue;
    char kept = partial[i];
    partial[i] = 0;
    // A new folder is on the disk only once the one above it is.
    if (mkdir(partial, 0755) == 0) {
      int result = sync_folder_of(partial);
      if (result) return result;
    } else if (errno != EEXIST) {
      return -errno;
    }
    partial[i] = kept;
  }
  struct stat s;
  if (stat(path, &s) < 0) return -errno;
  return S_ISDIR(s.st_mode) ? 0 : -ENOTDIR;
}

int lockstep_lock(const char *path) {
  int descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  if (descriptor < 0) return -errno;
  if (flock(descriptor, LOCK_EX | LOCK_NB) == 0) return descriptor;
  int error = errno;
  close(descriptor);
  return -error;
}
