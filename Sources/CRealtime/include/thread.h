#pragma once

/// Names the calling thread, at most 15 bytes, for `top -H` and stack traces.
void lockstep_name_thread(const char *name);
