#include "streams.h"

FILE *lockstep_stderr(void) { return stderr; }
FILE *lockstep_stdout(void) { return stdout; }
