#include "parent_death.h"
#include <errno.h>
#include <sys/prctl.h>
#include <unistd.h>

int lockstep_signal_on_parent_death(int signal) {
  pid_t parent = getppid();
  if (prctl(PR_SET_PDEATHSIG, signal)) return errno;
  return getppid() == parent ? 0 : ESRCH;
}
