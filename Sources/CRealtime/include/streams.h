#pragma once
#include <stdio.h>

/// stderr and stdout as functions: Swift 6 refuses the C globals as shared mutable state.
FILE *lockstep_stderr(void);
FILE *lockstep_stdout(void);
