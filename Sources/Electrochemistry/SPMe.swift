// Goals, in order: 1. the equations of Marquis et al. 2019 in their composite form, as an
// independent code solves them (oracle: fixtures/reference and fixtures/pybamm); 2. lithium and
// salt conserved to rounding; 3. one source for numbers and dual numbers; 4. speed.

/// Single particle model with electrolyte and lumped heat; lithium-ion, current positive = charge.
///
/// One particle stands for each electrode, the salt is resolved through the cell, and the
/// voltage is assembled from averages (composite form: logarithms of the local concentration,
/// kinetics averaged over the electrode, conductivity taken at one concentration).
///
/// State, in this order (`layout` has the ranges): stoichiometry of each negative shell from the
/// centre out, of each positive shell, salt concentration in mol/m3 of each cell from the
/// negative to the positive current collector, temperature in K. All are means over their volume.
///
/// Source: S. G. Marquis, V. Sulzer, R. Timms, C. P. Please, S. J. Chapman, "An asymptotic
/// derivation of a single particle model with electrolyte", J. Electrochem. Soc. 166 (2019)
/// A3693; heat: R. Timms et al., SIAM J. Appl. Math. 81 (2021) 765.
public struct SPMe: Sendable {
  /// Whether the temperature moves.
  public enum Thermal: String, Sendable, CaseIterable {
    /// The cell is at ambient temperature at all times (its state takes it over each step).
    case isothermal
    /// One temperature; heat of the model in, Newton cooling out.
    case lumped
  }

  /// How finely space is cut; figures against an independent code's trajectories.
  public enum MeshName: String, Sendable, CaseIterable {
    /// For filters, 35 states: about 0.3 mV rms at 1C, 0.8 mV at most at 2C (Chen2020).
    case coarse
    /// For steps of a second, 52 states: 0.35 mV at most at 2C, from the first second on.
    case medium
    /// For simulation, 86 states: 0.01 mV rms at 1C, 0.04 mV at 2C.
    case standard
    /// To judge the others, 441 states.
    case fine
  }

  /// Which open-circuit curves hold while no current flows, of a cell that has separate ones.
  public var restingBranch = OpenCircuitBranch.mean

  let body: SPMeBody

  /// A model of one cell.
  ///
  /// - Parameter longestSubstep: s; 2 s keeps voltage within about 0.1 mV of the limit of small
  ///   steps once a current jump is a few seconds old, 1 s from the first second on.
  public init(
    _ parameters: CellParameters, model: SingleParticleModel = .spme, mesh: MeshName,
    thermal: Thermal, longestSubstep: Double = 1
  ) {
    self.init(
      parameters, model: model, size: mesh.size, thermal: thermal, longestSubstep: longestSubstep)
  }

  /// A model on a mesh without a name, for mesh studies.
  package init(
    _ parameters: CellParameters, model: SingleParticleModel = .spme, size: MeshSize,
    thermal: Thermal, longestSubstep: Double
  ) {
    body = SPMeBody(
      parameters, model: model, size: size, thermal: thermal, longestSubstep: longestSubstep)
  }

  /// Where each part of the state lies.
  public var layout: StateLayout { body.layout }
  /// The cell as given.
  public var parameters: CellParameters { body.parameters }
  /// With or without electrolyte.
  public var model: SingleParticleModel { body.model }
  /// As given.
  public var thermal: Thermal { body.thermal }
  /// Longest internal step, s; `step` divides its duration evenly into no more than this.
  public var longestSubstep: Double { body.longestSubstep }

  var negativeMesh: ParticleMesh { body.negativeMesh }
  var positiveMesh: ParticleMesh { body.positiveMesh }
  var electrolyteMesh: ElectrolyteMesh { body.electrolyteMesh }
  var functions: ModelFunctions { body.functions }
  var values: [Double] { body.values }
  var coefficients: SPMeCoefficients<Double> { body.coefficients }

  /// Length of the state.
  public var stateCount: Int { layout.count }

  /// Scratch for `step`, `outputs` and `linearise`; one for each thread that calls them.
  public func makeWorkspace() -> SPMeWorkspace { SPMeWorkspace(layout) }
}
