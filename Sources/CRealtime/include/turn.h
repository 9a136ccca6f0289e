#pragma once
#include <stdint.h>

/// A number that only grows, and that threads can wait for. The hand-over between two threads:
/// what was written before `advance` is seen after a successful `wait`.
typedef struct lockstep_turn lockstep_turn;

lockstep_turn *lockstep_turn_create(void);
void lockstep_turn_destroy(lockstep_turn *turn);
int64_t lockstep_turn_value(lockstep_turn *turn);
void lockstep_turn_advance(lockstep_turn *turn, int64_t value);
/// Waits until the value is at least `value` or CLOCK_MONOTONIC reaches `deadline` (nanoseconds;
/// INT64_MAX: for ever). Returns 1 when reached, 0 when the deadline passed first.
int lockstep_turn_wait(lockstep_turn *turn, int64_t value, int64_t deadline);
