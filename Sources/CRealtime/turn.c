#define _GNU_SOURCE
#include "turn.h"
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <time.h>

struct lockstep_turn {
  pthread_mutex_t mutex;
  pthread_cond_t changed;
  int64_t value;
};

lockstep_turn *lockstep_turn_create(void) {
  lockstep_turn *turn = calloc(1, sizeof *turn);
  if (!turn) abort();
  pthread_mutex_init(&turn->mutex, NULL);
  pthread_condattr_t attributes;
  pthread_condattr_init(&attributes);
  pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
  pthread_cond_init(&turn->changed, &attributes);
  pthread_condattr_destroy(&attributes);
  return turn;
}

void lockstep_turn_destroy(lockstep_turn *turn) {
  pthread_cond_destroy(&turn->changed);
  pthread_mutex_destroy(&turn->mutex);
  free(turn);
}

int64_t lockstep_turn_value(lockstep_turn *turn) {
  pthread_mutex_lock(&turn->mutex);
  int64_t value = turn->value;
  pthread_mutex_unlock(&turn->mutex);
  return value;
}

void lockstep_turn_advance(lockstep_turn *turn, int64_t value) {
  pthread_mutex_lock(&turn->mutex);
  if (value > turn->value) {
    turn->value = value;
    pthread_cond_broadcast(&turn->changed);
  }
  pthread_mutex_unlock(&turn->mutex);
}

int lockstep_turn_wait(lockstep_turn *turn, int64_t value, int64_t deadline) {
  pthread_mutex_lock(&turn->mutex);
  int expired = 0;
  while (turn->value < value && !expired) {
    if (deadline == INT64_MAX) {
      pthread_cond_wait(&turn->changed, &turn->mutex);
    } else {
      struct timespec until = {deadline / 1000000000, deadline % 1000000000};
      expired = pthread_cond_timedwait(&turn->changed, &turn->mutex, &until) == ETIMEDOUT;
    }
  }
  int reached = turn->value >= value;
  pthread_mutex_unlock(&turn->mutex);
  return reached;
}
