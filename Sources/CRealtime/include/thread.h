#pragma once

/// Names the calling thread, at most 15 bytes, for `top -H` and stack traces.
void lockstep_name_thread(const char *name);

/// Puts the calling thread under SCHED_FIFO at `priority`; 0 or a negative errno.
int lockstep_realtime_thread(int priority);

/// Keeps the process's memory, present and future, from being paged out once touched; 0 or a negative errno.
int lockstep_lock_memory(void);
