#define _GNU_SOURCE
#include "clock.h"
#include <errno.h>
#include <time.h>

static int64_t now(clockid_t clock) {
  struct timespec t;
  clock_gettime(clock, &t);
  return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

int64_t lockstep_monotonic_nanoseconds(void) { return now(CLOCK_MONOTONIC); }
int64_t lockstep_unix_nanoseconds(void) { return now(CLOCK_REALTIME); }

int lockstep_sleep_until(int64_t deadline) {
  struct timespec t = {deadline / 1000000000, deadline % 1000000000};
  return clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &t, NULL) == EINTR;
}
