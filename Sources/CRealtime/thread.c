#define _GNU_SOURCE
#include "thread.h"
#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <sys/mman.h>

void lockstep_name_thread(const char *name) { pthread_setname_np(pthread_self(), name); }

int lockstep_realtime_thread(int priority) {
  struct sched_param parameters = {.sched_priority = priority};
  return -pthread_setschedparam(pthread_self(), SCHED_FIFO, &parameters);
}

int lockstep_lock_memory(void) {
  return mlockall(MCL_CURRENT | MCL_FUTURE | MCL_ONFAULT) == 0 ? 0 : -errno;
}
