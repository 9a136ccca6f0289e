#pragma once
#include <stdint.h>

/// A Modbus RTU server on its own thread, by libmodbus alone: the device of the speed comparison.
typedef struct lockstep_reference_server lockstep_reference_server;
/// Serves unit 1 with `count` holding registers on the open descriptor; NULL and errno when it cannot.
lockstep_reference_server *lockstep_reference_serve(int descriptor, int count);
/// Stops within 20 ms and frees it; the descriptor stays open.
void lockstep_reference_stop(lockstep_reference_server *server);

/// A libmodbus RTU client, with nothing around it.
typedef struct lockstep_reference_client lockstep_reference_client;
lockstep_reference_client *lockstep_reference_connect(int descriptor, int timeout_milliseconds);
/// Reads `count` holding registers from 0 on, `times` times; the transactions that succeeded.
int lockstep_reference_read(
    lockstep_reference_client *client, int count, uint16_t *words, int times);
void lockstep_reference_disconnect(lockstep_reference_client *client);
