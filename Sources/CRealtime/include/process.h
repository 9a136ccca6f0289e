#pragma once
#include <stddef.h>

/// Starts `path` with `arguments` (NULL-ended), descriptors 0, 1, 2 and just those in `inherited` (same
/// numbers; everything else must be close-on-exec already), in a process group of its own, caught
/// signals back to default and none blocked. Returns the process id or -errno.
int lockstep_spawn(
    const char *path, char *const arguments[], const int *inherited, int count);
/// As `lockstep_spawn` with no further descriptors; the child's standard output is a pipe whose read end
/// (close-on-exec, blocking) is left in `output`.
int lockstep_spawn_heard(const char *path, char *const arguments[], int *output);
/// Becomes `path`, keeping only 0, 1, 2 and `inherited`. Returns -errno when it could not.
int lockstep_become(
    const char *path, char *const arguments[], const int *inherited, int count);
/// A descriptor that becomes readable when the process ends, close-on-exec; or -errno.
int lockstep_process_descriptor(int process);
/// Takes the exit of a child: 1 and `status` as of waitpid(2) when it has ended, 0 when not yet, or
/// -errno.
int lockstep_reap(int process, int *status);
/// Exit code of a status as of waitpid(2), or -1 when a signal ended it.
int lockstep_exit_code(int status);
/// The signal that ended the process, or 0.
int lockstep_ending_signal(int status);
/// Marks every descriptor from `first` on close-on-exec. 0 or -errno.
int lockstep_close_on_exec_from(int first);
/// The guard's own settings: name, timer slack of 1 us, and where the system lets it pages locked
/// and real-time priority (not inherited).
void lockstep_settle_process(const char *name);
/// A close-on-exec pipe, {read end, write end}, both non-blocking. 0 or -errno.
int lockstep_pipe(int ends[2]);
