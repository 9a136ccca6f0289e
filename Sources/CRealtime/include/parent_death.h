#pragma once

/// Asks the kernel for `signal` when the parent ends; counts the thread that spawned us as the parent
/// (PR_SET_PDEATHSIG). Returns 0, the errno, or ESRCH when the parent was gone already.
int lockstep_signal_on_parent_death(int signal);
