#define _GNU_SOURCE
#include "thread.h"
#include <pthread.h>

void lockstep_name_thread(const char *name) { pthread_setname_np(pthread_self(), name); }
