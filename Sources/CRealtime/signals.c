#define _GNU_SOURCE
#include "signals.h"
#include <errno.h>
#include <signal.h>
#include <sys/signalfd.h>
#include <unistd.h>

int lockstep_signal_descriptor(void) {
  // A process that must outlive a careless Ctrl-Z or a closed terminal: stopped, it guards nothing.
  const int ignored[] = {SIGPIPE, SIGTSTP, SIGTTIN, SIGTTOU};
  struct sigaction action = {.sa_handler = SIG_IGN};
  for (unsigned i = 0; i < sizeof ignored / sizeof *ignored; i++)
    if (sigaction(ignored[i], &action, NULL) < 0) return -errno;
  sigset_t caught;
  sigemptyset(&caught);
  sigaddset(&caught, SIGINT);
  sigaddset(&caught, SIGTERM);
  sigaddset(&caught, SIGQUIT);
  struct sigaction hangup;
  if (sigaction(SIGHUP, NULL, &hangup) < 0) return -errno;
  if (hangup.sa_handler != SIG_IGN) sigaddset(&caught, SIGHUP);
  if (sigprocmask(SIG_BLOCK, &caught, NULL) < 0) return -errno;
  int descriptor = signalfd(-1, &caught, SFD_CLOEXEC | SFD_NONBLOCK);
  return descriptor < 0 ? -errno : descriptor;
}

int lockstep_next_signal(int descriptor) {
  struct signalfd_siginfo info;
  ssize_t count;
  do count = read(descriptor, &info, sizeof info);
  while (count < 0 && errno == EINTR);
  return count == sizeof info ? (int)info.ssi_signo : 0;
}
