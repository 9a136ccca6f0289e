#pragma once
#include <stddef.h>

/// A close-on-exec memfd that holds `bytes` and can be neither written, grown nor shrunk; or -errno.
int lockstep_sealed_copy(const char *name, const void *bytes, size_t count);
/// Whether the descriptor is such a memfd: 1, or 0.
int lockstep_is_sealed(int descriptor);
/// Size in bytes of the file behind the descriptor, or -errno.
long lockstep_size(int descriptor);
