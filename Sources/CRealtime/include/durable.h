#pragma once
#include <stddef.h>

/// Replaces `path` by `bytes` so that a crash leaves the old file or the new one: temporary file beside
/// it, fsync, rename, fsync of the folder. 0 or -errno.
int lockstep_replace_durably(const char *path, const void *bytes, size_t count);
/// Appends and fsyncs file and folder. 0 or -errno.
int lockstep_append_durably(const char *path, const void *bytes, size_t count);
/// Removes and fsyncs the folder. 0, also when there was no such file, or -errno.
int lockstep_remove_durably(const char *path);
/// Creates the folder and those above it, 0755, each fsynced into the one above. 0 or -errno.
int lockstep_make_folders(const char *path);
/// Opens `path` and takes an exclusive flock(2) without waiting. A close-on-exec descriptor, or -errno
/// (-EWOULDBLOCK: somebody holds it).
int lockstep_lock(const char *path);
