#define _GNU_SOURCE
#include "serial.h"
#include <errno.h>
#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <termios.h>

static speed_t speed(int baud) {
  static const struct {
    int baud;
    speed_t code;
  } known[] = {
      {1200, B1200},     {2400, B2400},     {4800, B4800},     {9600, B9600},
      {19200, B19200},   {38400, B38400},   {57600, B57600},   {115200, B115200},
      {230400, B230400}, {460800, B460800}, {500000, B500000}, {576000, B576000},
      {921600, B921600}, {1000000, B1000000}, {2000000, B2000000}};
  for (unsigned i = 0; i < sizeof known / sizeof *known; i++)
    if (known[i].baud == baud) return known[i].code;
  return B0;
}

int lockstep_serial_configure(
    int descriptor, int baud, int data_bits, char parity, int stop_bits) {
  speed_t code = speed(baud);
  if (code == B0 || (data_bits != 7 && data_bits != 8) || (stop_bits != 1 && stop_bits != 2) ||
      (parity != 'N' && parity != 'E' && parity != 'O'))
    return -EINVAL;
  struct termios line;
  if (tcgetattr(descriptor, &line) < 0) return -errno;
  cfmakeraw(&line);
  line.c_cflag &= ~(tcflag_t)(CSIZE | PARENB | PARODD | CSTOPB | CRTSCTS | HUPCL);
  line.c_cflag |= CLOCAL | CREAD | (data_bits == 8 ? CS8 : CS7);
  if (parity != 'N') line.c_cflag |= PARENB;
  if (parity == 'O') line.c_cflag |= PARODD;
  if (stop_bits == 2) line.c_cflag |= CSTOPB;
  line.c_iflag &= ~(tcflag_t)(IXON | IXOFF | IXANY);
  line.c_cc[VMIN] = 1;
  line.c_cc[VTIME] = 0;
  if (cfsetispeed(&line, code) < 0 || cfsetospeed(&line, code) < 0) return -errno;
  // TCSANOW: the flush after it drops what came under the old setting.
  if (tcsetattr(descriptor, TCSANOW, &line) < 0) return -errno;
  return tcflush(descriptor, TCIFLUSH) < 0 ? -errno : 0;
}

int lockstep_exclusive(int descriptor) { return ioctl(descriptor, TIOCEXCL) < 0 ? -errno : 0; }

int lockstep_output_pending(int descriptor) {
  int count = 0;
  return ioctl(descriptor, TIOCOUTQ, &count) < 0 ? -errno : count;
}

int lockstep_set_nonblocking(int descriptor, int on) {
  int flags = fcntl(descriptor, F_GETFL);
  if (flags < 0) return -errno;
  flags = on ? flags | O_NONBLOCK : flags & ~O_NONBLOCK;
  return fcntl(descriptor, F_SETFL, flags) < 0 ? -errno : 0;
}

// Unix98 slaves: major 136 and up, documented in the kernel's devices.txt.
static int index_of(const struct stat *s) {
  if (!S_ISCHR(s->st_mode) || major(s->st_rdev) < 136 || major(s->st_rdev) > 143) return -1;
  return (int)((major(s->st_rdev) - 136) * 256 + minor(s->st_rdev));
}

int lockstep_pty_index_of_path(const char *path) {
  struct stat s;
  return stat(path, &s) < 0 ? -1 : index_of(&s);
}

int lockstep_pty_index(int descriptor) {
  struct stat s;
  return fstat(descriptor, &s) < 0 ? -1 : index_of(&s);
}
