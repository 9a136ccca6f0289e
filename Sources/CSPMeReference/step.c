#include "CSPMeReference.h"

static const double gamma_ros2 = 0.292893218813452475599;

static inline double cubic(const double p[4], double d) {
  return (p[0] + d * p[1]) + d * d * (p[2] + d * p[3]);
}

/// Elimination from both ends to the middle; see `Tridiagonal`.
static void factor(double *restrict d, const double *restrict e, double *restrict ratio, int count) {
  int middle = count / 2;
  int rising = count - 1 - middle;
  double low = d[0], high = d[count - 1];
  for (int k = 0; k < middle; ++k) {
    double inverse = 1 / low;
    double r = e[k] * inverse;
    d[k] = inverse;
    ratio[k] = r;
    low = d[k + 1] - e[k] * r;
    if (k < rising) {
      int i = count - 1 - k;
      double inverse = 1 / high;
      double r = e[i - 1] * inverse;
      d[i] = inverse;
      ratio[i - 1] = r;
      high = d[i - 1] - e[i - 1] * r;
    }
  }
  if (rising > 0) low += high - d[middle];
  d[middle] = 1 / low;
}

static void solve(
    const double *restrict pivots, const double *restrict ratio, const double *restrict e,
    double *restrict x, int count) {
  int middle = count / 2;
  int rising = count - 1 - middle;
  if (middle > 0) {
    double low = x[0] * pivots[0];
    x[0] = low;
    double high = 0;
    if (rising > 0) {
      high = x[count - 1] * pivots[count - 1];
      x[count - 1] = high;
    }
    for (int k = 1; k < middle; ++k) {
      low = x[k] * pivots[k] + (e[k - 1] * pivots[k]) * low;
      x[k] = low;
      if (k < rising) {
        int i = count - 1 - k;
        high = x[i] * pivots[i] + (e[i] * pivots[i]) * high;
        x[i] = high;
      }
    }
    double right = x[middle] + e[middle - 1] * low;
    if (rising > 0) right += e[middle] * high;
    x[middle] = right * pivots[middle];
  } else {
    x[0] = x[0] * pivots[0];
  }
  double low = x[middle], high = low;
  for (int k = 1; k <= middle; ++k) {
    int i = middle - k;
    low = x[i] + ratio[i] * low;
    x[i] = low;
    if (k <= rising) {
      int j = middle + k;
      high = x[j] + ratio[j - 1] * high;
      x[j] = high;
    }
  }
}

static void rates(
    const double *restrict w, const double *restrict g, double source, const double *restrict shape,
    int count, double *restrict rate) {
  double inflow = 0;
  for (int i = 0; i < count - 1; ++i) {
    double outflow = g[i] * (w[i] - w[i + 1]);
    rate[i] = inflow - outflow + source * shape[i];
    inflow = outflow;
  }
  rate[count - 1] = inflow + source * shape[count - 1];
}

static void advance(
    const cspme_chain *c, double *restrict w, double h, double start, double end, double *scratch) {
  int n = c->count;
  double *restrict g = scratch, *restrict e = g + n, *restrict m = e + n, *restrict ratio = m + n;
  double *restrict k1 = ratio + n, *restrict k2 = k1 + n, *restrict stage = k2 + n;
  double *restrict potential = stage + n, *restrict capacity = potential + n;
  double gh = gamma_ros2 * h;
  for (int i = 0; i < n; ++i) capacity[i] = c->capacity[i];
  for (int i = 0; i < n - 1; ++i) g[i] = c->rate * c->geometry[i];
  if (c->nonlinear) {
    for (int i = 0; i < n - 1; ++i)
      e[i] = cubic(c->slope, (w[i] + w[i + 1]) * 0.5 - c->origin) * g[i] * gh;
    for (int i = 0; i < n; ++i) potential[i] = cubic(c->potential, w[i] - c->origin);
  } else {
    for (int i = 0; i < n - 1; ++i) e[i] = g[i] * gh;
  }
  double below = 0;
  for (int i = 0; i < n - 1; ++i) {
    m[i] = capacity[i] + below + e[i];
    below = e[i];
  }
  m[n - 1] = capacity[n - 1] + below;
  factor(m, e, ratio, n);
  rates(c->nonlinear ? potential : w, g, c->source * start, c->shape, n, k1);
  solve(m, ratio, e, k1, n);
  for (int i = 0; i < n; ++i) stage[i] = w[i] + k1[i] * h;
  if (c->nonlinear)
    for (int i = 0; i < n; ++i) potential[i] = cubic(c->potential, stage[i] - c->origin);
  rates(c->nonlinear ? potential : stage, g, c->source * end, c->shape, n, k2);
  for (int i = 0; i < n; ++i) k2[i] -= capacity[i] * k1[i] * 2;
  solve(m, ratio, e, k2, n);
  for (int i = 0; i < n; ++i) w[i] = w[i] + k1[i] * (1.5 * h) + k2[i] * (0.5 * h);
}

void cspme_step(
    const cspme_chain *chains, int chainCount, double *w, double start, double end, double duration,
    double *scratch) {
  double middle = (start + end) * 0.5;
  for (int half = 0; half < 2; ++half) {
    double *x = w;
    for (int i = 0; i < chainCount; ++i) {
      advance(
          chains + i, x, duration / 2, half ? middle : start, half ? end : middle, scratch);
      x += chains[i].count;
    }
  }
}
