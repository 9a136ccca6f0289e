#pragma once
#include <stdint.h>

/// CLOCK_MONOTONIC, nanoseconds.
int64_t lockstep_monotonic_nanoseconds(void);
/// CLOCK_REALTIME, nanoseconds since 1970.
int64_t lockstep_unix_nanoseconds(void);
/// Sleeps until CLOCK_MONOTONIC reaches `deadline`; returns early with 1 on a signal.
int lockstep_sleep_until(int64_t deadline);
