#pragma once
#include <poll.h>
#include <stdint.h>

/// poll(2) that waits until CLOCK_MONOTONIC reaches `deadline` (nanoseconds; INT64_MAX: for ever).
/// How many entries are ready; 0 also after a signal.
int lockstep_poll_until(struct pollfd *entries, unsigned count, int64_t deadline);
