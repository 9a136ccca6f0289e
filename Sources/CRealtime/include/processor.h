#pragma once

/// The x86-64 level (1 to 4) that this code was compiled for; 0 on other processors.
int lockstep_processor_level_built(void);
/// The level of the processor it runs on; 0 on other processors.
int lockstep_processor_level_here(void);
