#define _GNU_SOURCE
#include "process.h"
#include <errno.h>
#include <fcntl.h>
#include <linux/close_range.h>
#include <sched.h>
#include <signal.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

// `output`: what the child's standard output is; -1 leaves it.
static int spawn(
    const char *path, char *const arguments[], const int *inherited, int count, int output) {
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  int error = posix_spawn_file_actions_init(&actions);
  if (error) return -error;
  error = posix_spawnattr_init(&attributes);
  if (error) {
    posix_spawn_file_actions_destroy(&actions);
    return -error;
  }
  // dup2 of a descriptor onto itself clears close-on-exec in the child (glibc 2.29, POSIX 2024).
  for (int i = 0; i < count && !error; i++)
    error = posix_spawn_file_actions_adddup2(&actions, inherited[i], inherited[i]);
  if (output >= 0 && !error)
    error = posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
  sigset_t caught, none;
  sigemptyset(&none);
  sigemptyset(&caught);
  const int signals[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGPIPE, SIGCHLD};
  for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) sigaddset(&caught, signals[i]);
  // A group of its own: the terminal's Ctrl-C reaches the guard alone, which forwards it once.
  if (!error) error = posix_spawnattr_setpgroup(&attributes, 0);
  if (!error) error = posix_spawnattr_setsigmask(&attributes, &none);
  if (!error) error = posix_spawnattr_setsigdefault(&attributes, &caught);
  if (!error)
    error = posix_spawnattr_setflags(
        &attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  pid_t process = 0;
  if (!error) error = posix_spawn(&process, path, &actions, &attributes, arguments, environ);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  return error ? -error : process;
}

int lockstep_spawn(
    const char *path, char *const arguments[], const int *inherited, int count) {
  return spawn(path, arguments, inherited, count, -1);
}

int lockstep_spawn_heard(const char *path, char *const arguments[], int *output) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) < 0) return -errno;
  int process = spawn(path, arguments, NULL, 0, ends[1]);
  close(ends[1]);
  if (process < 0)
    close(ends[0]);
  else
    *output = ends[0];
  return process;
}

int lockstep_become(
    const char *path, char *const arguments[], const int *inherited, int count) {
  int error = lockstep_close_on_exec_from(3);
  if (error) return error;
  for (int i = 0; i < count; i++) {
    int flags = fcntl(inherited[i], F_GETFD);
    if (flags < 0 || fcntl(inherited[i], F_SETFD, flags & ~FD_CLOEXEC) < 0) return -errno;
  }
  execv(path, arguments);
  error = errno;
  lockstep_close_on_exec_from(3);
  return -error;
}

int lockstep_process_descriptor(int process) {
  int descriptor = (int)syscall(SYS_pidfd_open, process, 0);  // close-on-exec by definition
  return descriptor < 0 ? -errno : descriptor;
}

int lockstep_reap(int process, int *status) {
  pid_t found;
  do found = waitpid(process, status, WNOHANG);
  while (found < 0 && errno == EINTR);
  return found < 0 ? -errno : found == process;
}

int lockstep_exit_code(int status) { return WIFEXITED(status) ? WEXITSTATUS(status) : -1; }
int lockstep_ending_signal(int status) { return WIFSIGNALED(status) ? WTERMSIG(status) : 0; }

int lockstep_close_on_exec_from(int first) {
  if (syscall(SYS_close_range, (unsigned)first, ~0u, CLOSE_RANGE_CLOEXEC) == 0) return 0;
  long limit = sysconf(_SC_OPEN_MAX);  // kernels before 5.11
  if (limit < 0 || limit > 65536) limit = 65536;
  for (int i = first; i < limit; i++) {
    int flags = fcntl(i, F_GETFD);
    if (flags >= 0 && fcntl(i, F_SETFD, flags | FD_CLOEXEC) < 0) return -errno;
  }
  return 0;
}

void lockstep_settle_process(const char *name) {
  prctl(PR_SET_NAME, name);
  prctl(PR_SET_TIMERSLACK, 1000);
  mlockall(MCL_CURRENT);
  // It sleeps in poll(2) but for a few microseconds: first in line costs nobody anything. Not
  // inherited by the controller.
  struct sched_param first = {.sched_priority = 10};
  sched_setscheduler(0, SCHED_FIFO | SCHED_RESET_ON_FORK, &first);
}

int lockstep_pipe(int ends[2]) { return pipe2(ends, O_CLOEXEC | O_NONBLOCK) < 0 ? -errno : 0; }
