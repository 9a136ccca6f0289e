#define _GNU_SOURCE
#include "pty.h"
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <termios.h>
#include <unistd.h>

static int failed(int master, int slave) {
  int code = errno ? errno : EIO;
  if (slave >= 0) close(slave);
  if (master >= 0) close(master);
  return code;
}

int lockstep_pty_open(int *master, int *slave, char *name, size_t capacity) {
  int m = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK);
  if (m < 0) return failed(-1, -1);
  if (grantpt(m) || unlockpt(m)) return failed(m, -1);
  int code = ptsname_r(m, name, capacity);
  if (code) {
    close(m);
    return code;
  }
  int s = open(name, O_RDWR | O_NOCTTY | O_CLOEXEC);
  if (s < 0) return failed(m, -1);
  struct termios raw;
  if (tcgetattr(s, &raw)) return failed(m, s);
  cfmakeraw(&raw);
  if (tcsetattr(s, TCSANOW, &raw)) return failed(m, s);
  *master = m;
  *slave = s;
  return 0;
}
