#pragma once
#include <stddef.h>

/// Opens a pseudo-terminal pair in raw mode, close-on-exec; the master does not block.
/// `name` receives the slave's path. Returns 0 or the errno of the call that failed.
int lockstep_pty_open(int *master, int *slave, char *name, size_t capacity);
