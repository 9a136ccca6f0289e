#pragma once
#include <stdint.h>

/// poll(2) over `count` entries (struct pollfd) that waits until CLOCK_MONOTONIC reaches `deadline`
/// (nanoseconds; INT64_MAX: for ever). How many entries are ready; 0 also after a signal.
int lockstep_poll_until(void *entries, unsigned count, int64_t deadline);
