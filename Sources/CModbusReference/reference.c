#include "modbus_reference.h"
#include <errno.h>
#include <modbus.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

struct lockstep_reference_server {
  modbus_t *context;
  modbus_mapping_t *mapping;
  pthread_t thread;
  atomic_int stopped;
};

static void *serve(void *argument) {
  lockstep_reference_server *server = argument;
  uint8_t query[MODBUS_MAX_ADU_LENGTH];
  while (!atomic_load(&server->stopped)) {
    int count = modbus_receive(server->context, query);
    if (count > 0) modbus_reply(server->context, query, count, server->mapping);
  }
  return NULL;
}

static modbus_t *over(int descriptor) {
  // The device's name is never opened.
  modbus_t *context = modbus_new_rtu("/dev/null", 115200, 'N', 8, 1);
  if (!context) return NULL;
  if (descriptor < 0 || modbus_set_slave(context, 1) || modbus_set_socket(context, descriptor)) {
    modbus_free(context);
    return NULL;
  }
  return context;
}

static void discard(lockstep_reference_server *server) {
  if (server->mapping) modbus_mapping_free(server->mapping);
  if (server->context) modbus_free(server->context);
  free(server);
}

lockstep_reference_server *lockstep_reference_serve(int descriptor, int count) {
  lockstep_reference_server *server = calloc(1, sizeof *server);
  if (!server) return NULL;
  server->context = over(descriptor);
  server->mapping = modbus_mapping_new(0, 0, count, 0);
  if (server->context && server->mapping) {
    for (int i = 0; i < count; i++) server->mapping->tab_registers[i] = (uint16_t)(i * 257);
    modbus_set_indication_timeout(server->context, 0, 20000);
    int code = pthread_create(&server->thread, NULL, serve, server);
    if (code == 0) return server;
    errno = code;
  }
  discard(server);
  return NULL;
}

void lockstep_reference_stop(lockstep_reference_server *server) {
  atomic_store(&server->stopped, 1);
  pthread_join(server->thread, NULL);
  discard(server);
}

struct lockstep_reference_client {
  modbus_t *context;
};

lockstep_reference_client *lockstep_reference_connect(int descriptor, int timeout_milliseconds) {
  lockstep_reference_client *client = calloc(1, sizeof *client);
  if (!client) return NULL;
  client->context = over(descriptor);
  if (!client->context) {
    free(client);
    return NULL;
  }
  modbus_set_response_timeout(
      client->context, timeout_milliseconds / 1000, timeout_milliseconds % 1000 * 1000);
  modbus_set_byte_timeout(client->context, 0, 0);
  return client;
}

int lockstep_reference_read(
    lockstep_reference_client *client, int count, uint16_t *words, int times) {
  int done = 0;
  for (int i = 0; i < times; i++)
    done += modbus_read_registers(client->context, 0, count, words) == count;
  return done;
}

void lockstep_reference_disconnect(lockstep_reference_client *client) {
  modbus_free(client->context);
  free(client);
}
