#include "spme_reference.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

static inline double curve(const spme_reference_curve *c, double x) {
  if (!(x >= c->lower && x <= c->upper)) {
    // Beyond the range a line with the end's slope.
    double edge = x > c->upper ? c->upper : c->lower;
    double shifted = ((edge - c->lower) * c->pieces_per_unit - 0.5) + 0x1.8p52;
    uint64_t bits;
    memcpy(&bits, &shifted, 8);
    const double *p = c->pieces + 4 * (bits & 0x3FFFFFFF);
    double d = edge - c->lower - (shifted - 0x1.8p52) * c->width;
    double value = (p[0] + d * p[1]) + d * d * (p[2] + d * p[3]);
    return value + ((p[1] + 2 * d * p[2]) + 3 * d * d * p[3]) * (x - edge);
  }
  double offset = x - c->lower;
  double shifted = (offset * c->pieces_per_unit - 0.5) + 0x1.8p52;
  uint64_t bits;
  memcpy(&bits, &shifted, 8);
  const double *p = c->pieces + 4 * (bits & 0x3FFFFFFF);
  double d = offset - (shifted - 0x1.8p52) * c->width;
  return (p[0] + d * p[1]) + d * d * (p[2] + d * p[3]);
}

static inline double arrhenius(
    const spme_reference_model *m, double activation, double temperature) {
  if (activation == 0) return 1;
  return exp(
      activation * (1 / m->reference_temperature - 1 / temperature) * (1 / m->gas_constant));
}

// Symmetric tridiagonal elimination from both ends, as Kernels does it.
static inline void factor(
    double *restrict d, const double *restrict e, double *restrict ratio, int count) {
  int middle = count / 2, up = count - 1;
  for (int down = 0; down < middle; down++) {
    double inverse = 1 / d[down], r = e[down] * inverse;
    d[down] = inverse;
    ratio[down] = r;
    d[down + 1] -= e[down] * r;
    if (up > middle) {
      inverse = 1 / d[up];
      r = e[up - 1] * inverse;
      d[up] = inverse;
      ratio[up - 1] = r;
      d[up - 1] -= e[up - 1] * r;
      up--;
    }
  }
  d[middle] = 1 / d[middle];
}

// At least three rows.
static inline void solve(
    const double *restrict pivots, const double *restrict ratio, const double *restrict e,
    double *restrict x, int count) {
  int middle = count / 2, rising = count - 1 - middle;
  double low = x[0] * pivots[0], high = x[count - 1] * pivots[count - 1];
  x[0] = low;
  x[count - 1] = high;
  for (int k = 1; k < middle; k++) {
    low = (x[k] + e[k - 1] * low) * pivots[k];
    x[k] = low;
    if (k < rising) {
      int i = count - 1 - k;
      high = (x[i] + e[i] * high) * pivots[i];
      x[i] = high;
    }
  }
  x[middle] = (x[middle] + e[middle - 1] * low + e[middle] * high) * pivots[middle];
  low = high = x[middle];
  for (int k = 1; k <= middle; k++) {
    low = x[middle - k] + ratio[middle - k] * low;
    x[middle - k] = low;
    if (k <= rising) {
      high = x[middle + k] + ratio[middle + k - 1] * high;
      x[middle + k] = high;
    }
  }
}

static inline void rates(
    const double *restrict w, const double *restrict g, double source,
    const double *restrict shape, int count, double *restrict rate) {
  double inflow = 0;
  for (int i = 0; i < count - 1; i++) {
    double outflow = g[i] * (w[i] - w[i + 1]);
    rate[i] = inflow - outflow + source * shape[i];
    inflow = outflow;
  }
  rate[count - 1] = inflow + source * shape[count - 1];
}

typedef struct {
  double *capacity, *coupling, *conductance, *pivots, *ratio, *first, *second, *stage, *potential;
} scratch_memory;

// ROS2; see `DiffusionStep`. Without curves the potential is `w` itself.
static inline void advance(
    double *restrict w, int count, double h, scratch_memory s, double source,
    const double *restrict shape, const spme_reference_curve *slope,
    const spme_reference_curve *potential) {
  double gh = 0.292893218813452475599 * h;
  if (slope) {
    for (int i = 0; i < count - 1; i++)
      s.coupling[i] = curve(slope, (w[i] + w[i + 1]) * 0.5) * s.conductance[i] * gh;
    for (int i = 0; i < count; i++) s.potential[i] = curve(potential, w[i]);
  } else {
    for (int i = 0; i < count - 1; i++) s.coupling[i] = s.conductance[i] * gh;
  }
  double below = 0;
  for (int i = 0; i < count - 1; i++) {
    s.pivots[i] = s.capacity[i] + below + s.coupling[i];
    below = s.coupling[i];
  }
  s.pivots[count - 1] = s.capacity[count - 1] + below;
  factor(s.pivots, s.coupling, s.ratio, count);
  rates(slope ? s.potential : w, s.conductance, source, shape, count, s.first);
  solve(s.pivots, s.ratio, s.coupling, s.first, count);
  for (int i = 0; i < count; i++) s.stage[i] = w[i] + s.first[i] * h;
  if (slope)
    for (int i = 0; i < count; i++) s.potential[i] = curve(potential, s.stage[i]);
  rates(slope ? s.potential : s.stage, s.conductance, source, shape, count, s.second);
  for (int i = 0; i < count; i++) s.second[i] -= s.capacity[i] * s.first[i] * 2;
  solve(s.pivots, s.ratio, s.coupling, s.second, count);
  for (int i = 0; i < count; i++) w[i] = w[i] + s.first[i] * (1.5 * h) + s.second[i] * (0.5 * h);
}

static inline void advance_particle(
    const spme_reference_model *m, const spme_reference_particle *p, double *shells,
    double temperature, double current, double h, scratch_memory s) {
  double rate = p->inverse_radius_squared * arrhenius(m, p->diffusivity_activation, temperature);
  for (int i = 0; i < p->count; i++) s.capacity[i] = p->volumes[i];
  double scaled = rate * p->diffusivity;
  for (int i = 0; i < p->count - 1; i++) s.conductance[i] = scaled * p->conductances[i];
  advance(shells, p->count, h, s, p->surface_source * current, p->surface_shape, 0, 0);
}

static inline double series(double a, double b) { return a * b / (a + b); }

static inline void advance_salt(
    const spme_reference_model *m, double *salt, double temperature, double current, double h,
    scratch_memory s) {
  int first = m->negative_cells, second = first + m->separator_cells;
  int n = second + m->positive_cells;
  for (int i = 0; i < first; i++) s.capacity[i] = m->capacity[0] * m->widths[i];
  for (int i = first; i < second; i++) s.capacity[i] = m->capacity[1] * m->widths[i];
  for (int i = second; i < n; i++) s.capacity[i] = m->capacity[2] * m->widths[i];
  double rate = m->salt_factor * arrhenius(m, m->salt_activation, temperature);
  double gn = rate * m->conductance[0], gs = rate * m->conductance[1];
  double gp = rate * m->conductance[2];
  for (int i = 0; i < first - 1; i++) s.conductance[i] = gn * m->inverse_distances[i];
  for (int i = first; i < second - 1; i++) s.conductance[i] = gs * m->inverse_distances[i];
  for (int i = second; i < n - 1; i++) s.conductance[i] = gp * m->inverse_distances[i];
  s.conductance[first - 1] = series(gn * m->negative_face, gs * m->separator_face);
  s.conductance[second - 1] = series(gs * m->separator_face, gp * m->positive_face);
  advance(
      salt, n, h, s, m->salt_source * current, m->source_shape, &m->salt_diffusivity,
      &m->salt_potential);
}

static inline int surface_in_range(
    const spme_reference_model *m, const spme_reference_particle *p, const double *shells,
    double temperature, double current) {
  double mean = shells[p->count - 1] * p->surface_last + shells[p->count - 2] * p->surface_inner;
  double flux =
      p->surface_source * current /
      (p->inverse_radius_squared * arrhenius(m, p->diffusivity_activation, temperature));
  double x = mean + flux * (p->surface_gradient / p->diffusivity);
  return x > 0 && x < 1 && x >= p->lower && x <= p->upper;
}

int spme_reference_step(
    const spme_reference_model *m, double *state, double current, double ambient,
    double duration, double *scratch) {
  int shells = m->negative.count + m->positive.count;
  int cells = m->negative_cells + m->separator_cells + m->positive_cells;
  int count = shells + cells + 1;
  if (!(fabs(current) <= m->current_bound && ambient >= 150 && ambient <= 500)) return 1;
  if (!(duration > 0 && duration <= 86400)) return 1;
  double x[count];
  memcpy(x, state, sizeof x);
  scratch_memory s = {
      scratch,
      scratch + count,
      scratch + 2 * count,
      scratch + 3 * count,
      scratch + 4 * count,
      scratch + 5 * count,
      scratch + 6 * count,
      scratch + 7 * count,
      scratch + 8 * count,
  };
  int parts = (int)ceil(duration / m->longest_substep);
  if (parts < 1) parts = 1;
  double h = duration / parts;
  for (int part = 0; part < parts; part++) {
    x[count - 1] = ambient;
    for (int half = 0; half < 2; half++) {
      advance_particle(m, &m->negative, x, ambient, current, h / 2, s);
      advance_particle(m, &m->positive, x + m->negative.count, ambient, current, h / 2, s);
      advance_salt(m, x + shells, ambient, current, h / 2, s);
    }
    for (int i = shells; i < count - 1; i++)
      if (!(x[i] > 0 && x[i] < 1e5)) return 1;
    for (int i = 0; i < shells; i++)
      if (!(x[i] >= 0 && x[i] <= 1)) return 1;
  }
  if (!surface_in_range(m, &m->negative, x, ambient, current)) return 1;
  if (!surface_in_range(m, &m->positive, x + m->negative.count, ambient, current)) return 1;
  memcpy(state, x, sizeof x);
  return 0;
}
