#define _GNU_SOURCE
#include "wait.h"
#include "clock.h"
#include <poll.h>
#include <stddef.h>

int lockstep_poll_until(void *entries, unsigned count, int64_t deadline) {
  int64_t left = deadline - lockstep_monotonic_nanoseconds();
  if (left < 0) left = 0;
  struct timespec time = {left / 1000000000, left % 1000000000};
  int ready = ppoll(entries, count, deadline == INT64_MAX ? NULL : &time, NULL);
  return ready < 0 ? 0 : ready;
}
