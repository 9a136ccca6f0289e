// The arithmetic of SPMe's isothermal step in C, literally: what a benchmark holds Swift against.
// Used by nothing that ships.

#ifndef CSPME_REFERENCE_H
#define CSPME_REFERENCE_H

/// A chain of cells, C w' = div(g grad P(w)) + source shape I.
typedef struct {
  int count;
  const double *capacity;
  /// Geometry of each inner face; times `rate` it is the conductance.
  const double *geometry;
  const double *shape;
  double rate;
  double source;
  /// 0: P is w itself. 1: P and its slope are the cubics in w - origin.
  int nonlinear;
  double origin;
  double potential[4];
  double slope[4];
} cspme_chain;

/// Doubles of scratch that a chain of `count` cells needs.
static inline int cspme_scratch(int count) { return 9 * count; }

/// Two ROS2 halves of `duration` in all, s, of all chains one after the other in `w`, under a current
/// that is linear from `start` to `end`, A.
void cspme_step(
    const cspme_chain *chains, int chainCount, double *w, double start, double end, double duration,
    double *scratch);

#endif
