/// ROS34PW2, a Rosenbrock W-method of order 3(2) with four stages and one factorisation, in the
/// form that needs no product with the Jacobian:
///
///     (M/(h g) - A) u_i = f(w + sum a_ij u_j, t + alpha_i h) + M sum (c_ij/h) u_j + g_i h f_t
///     w+ = w + sum m_i u_i,    error = sum e_i u_i
///
/// Order 3 with any matrix A, so conductances frozen at the step's start serve; stiffly accurate
/// and L-stable. Row 4 of a is m without its last, so w+ is the last argument plus u_4.
///
/// Source: J. Rang, L. Angermann, "New Rosenbrock W-methods of order 3 for partial differential
/// algebraic equations of index 1", BIT 45 (2005) 761. The u form: E. Hairer, G. Wanner, "Solving
/// ordinary differential equations II", IV.7.
package enum RosenbrockTableau {
  package static let gamma = 0.435866521508459
  /// Sums of the rows of the k form's alpha: where each stage looks.
  package static let alpha = [0, 0.871733043016918, 0.7315799577888524, 1]
  /// Sums of the rows of the k form's gamma: weights of the time derivative.
  package static let timeWeights = [0.435866521508459, -0.435866521508459, -0.4133333762338865, 0]
  package static let a21 = 2.0
  package static let a31 = 1.4192173174557652
  package static let a32 = -0.25923221167296978
  package static let c21 = -4.5885607205580836
  package static let c31 = -4.1847604823191613
  package static let c32 = 0.28519201735549599
  package static let c41 = -6.3681792001283597
  package static let c42 = -6.7956209444668367
  package static let c43 = 2.8700986043310550
  /// m_4 is 1.
  package static let m = [4.184760482319163, -0.28519201735549543, 2.2942803602790423, 1]
  package static let e = [0.27774994764797034, -1.4032398951759986, 1.7726301276675511, 0.5]

  /// m_i at a fraction of the step: rows are stages, columns the powers 1, 2, 3 of the fraction.
  ///
  /// Solves, at every fraction, the conditions of order 1 and 2 for any A (so charge is kept to
  /// rounding between steps too) and those of order 3 for linear equations.
  package static let dense: [SIMD3<Double>] = [
    SIMD3(0.83265902315438878, 4.5207842005203451, -1.1686827413555754),
    SIMD3(-1.4616213371246551, -4.7279543222840132, 5.9043836420531717),
    SIMD3(0, 9.7529396851681689, -7.4586593248891342),
    SIMD3(-2.3981200751955800, 5.5019597901121164, -2.1038397149165378),
  ]
}
