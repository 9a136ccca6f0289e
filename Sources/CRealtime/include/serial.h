#pragma once

/// Raw bytes at `baud` with `parity` ('N', 'E' or 'O') and 1 or 2 stop bits; no flow control, modem
/// lines ignored, HUPCL off so that a death does not drop DTR; waiting input discarded. 0 or -errno
/// (-EINVAL: a baud rate or format that the system does not know).
int lockstep_serial_configure(
    int descriptor, int baud, int data_bits, char parity, int stop_bits);
/// TIOCEXCL: no further open(2) of this terminal. 0 or -errno.
int lockstep_exclusive(int descriptor);
/// Bytes that were written and have not left yet, or -errno.
int lockstep_output_pending(int descriptor);
/// Sets or clears O_NONBLOCK. 0 or -errno.
int lockstep_set_nonblocking(int descriptor, int on);
/// Index of a pseudo-terminal's slave from its path (`/dev/pts/N`), without opening it; -1 when the
/// path is no such terminal.
int lockstep_pty_index_of_path(const char *path);
/// The same for an open descriptor.
int lockstep_pty_index(int descriptor);
