#pragma once

// What `SPMe.step` computes, written out in C for doubles and for nothing else: the yardstick of
// lockstep-bench for what generic Swift costs. Isothermal, constant particle diffusivity.

/// A function as equally wide cubic pieces (see Kernels, `PiecewiseCubic`).
typedef struct {
  double lower, upper, pieces_per_unit, width;
  /// Four coefficients a piece.
  const double *pieces;
} spme_reference_curve;

/// One electrode's particle.
typedef struct {
  int count;
  const double *volumes, *conductances, *surface_shape;
  /// Factor over radius squared, 1/m2; J/mol; constant diffusivity, m2/s.
  double inverse_radius_squared, diffusivity_activation, diffusivity;
  /// Surface source for one ampere.
  double surface_source;
  double surface_last, surface_inner, surface_gradient;
  /// Open-circuit potential's range.
  double lower, upper;
} spme_reference_particle;

/// Everything a step reads.
typedef struct {
  spme_reference_particle negative, positive;
  int negative_cells, separator_cells, positive_cells;
  const double *widths, *inverse_distances, *source_shape;
  double negative_face, separator_face, positive_face;
  /// Of negative electrode, separator, positive electrode.
  double capacity[3], conductance[3];
  double salt_source, salt_factor, salt_activation;
  spme_reference_curve salt_diffusivity, salt_potential;
  double reference_temperature, gas_constant, longest_substep, current_bound;
} spme_reference_model;

/// Advances the state (see `SPMe`) by `duration` seconds under a constant current, A, positive =
/// charge. `scratch` holds 9 states. Returns 0, or 1 with the state unchanged when an input or the
/// result is outside the model's range.
int spme_reference_step(
    const spme_reference_model *model, double *state, double current, double ambient,
    double duration, double *scratch);
