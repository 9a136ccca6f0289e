#pragma once

/// Blocks SIGINT, SIGTERM, SIGQUIT and (unless `nohup` made it ignored) SIGHUP, ignores SIGPIPE and
/// the terminal's stops, and returns a close-on-exec, non-blocking descriptor that delivers the
/// blocked ones; or -errno. Call before any thread starts.
int lockstep_signal_descriptor(void);
/// The next signal waiting on that descriptor, or 0.
int lockstep_next_signal(int descriptor);
