public import Electrochemistry
import Kernels
public import Simulation

/// Which model explains a record, and how finely.
public struct RunModel: Sendable, Hashable {
  /// The model.
  public var name: CellModelName
  /// Whether the temperature moves.
  public var thermal: SPMe.Thermal
  /// How finely space is cut.
  public var mesh: SPMe.MeshName
  /// Of the integrator.
  public var tolerance: Double

  /// A model; the defaults err by some 0.1 mV, a tenth of a good meter's noise.
  public init(
    _ name: CellModelName, thermal: SPMe.Thermal = .lumped, mesh: SPMe.MeshName = .coarse,
    tolerance: Double = 1e-4
  ) {
    self.name = name
    self.thermal = thermal
    self.mesh = mesh
    self.tolerance = tolerance
  }

  /// Runs a cell from rest.
  ///
  /// - Parameters:
  ///   - parameters: what `cell` is differentiated by, at the values it has.
  ///   - lithium: ln of the factor on the file's lithium, for `lithiumInventory`.
  ///   - offsets: V, for `openCircuitOffset` and `negativeOpenCircuitOffset`.
  ///   - reference: the cell as in the file: its line between empty and full, and its lithium.
  ///   - stateOfCharge: at the start, on the file's scale; may lie a little outside 0...1.
  ///   - outputTimes: s, increasing, within the record.
  ///   - slopes: false: values only.
  public func run(
    _ cell: CellParameters, _ record: CurrentRecord, from stateOfCharge: Double,
    outputTimes: [Double], parameters: [IdentifiedParameter], lithium: Double = 0,
    offsets: (positive: Double, negative: Double) = (0, 0), reference: CellParameters,
    slopes: Bool = true
  ) -> ModelRun {
    let start = RunStart(
      cell, reference: reference, stateOfCharge: stateOfCharge, lithium: lithium,
      parameters: parameters)
    var run = ModelRun(rows: outputTimes.count, directions: slopes ? parameters.count + 1 : 0)
    do throws(ModelError) {
      switch name {
      case .spm, .spme:
        try singleParticle(cell, record, start, outputTimes, parameters, into: &run)
      case .dfn where thermal == .isothermal:
        try porous(cell, record, start, outputTimes, parameters, into: &run)
      case .dfn:
        try differenced(cell, record, start, outputTimes, parameters, into: &run)
      }
    } catch {
      run.reached = 0
      run.failure = "\(error)"
    }
    run.add(offsets)
    if run.directions > 0 { run.differentiateOffsets(parameters) }
    if run.directions > 0, run.reached > 0, let k = parameters.firstIndex(of: .ambientOffset) {
      differentiateAmbient(cell, record, start, outputTimes, direction: k, into: &run)
    }
    return run
  }

  /// Values alone of every model, up to where it leaves its range.
  func values(
    _ cell: CellParameters, _ record: CurrentRecord, _ start: RunStart, _ outputTimes: [Double]
  ) -> ModelRun {
    var run = ModelRun(rows: outputTimes.count, directions: 0)
    do throws(ModelError) {
      switch name {
      case .spm, .spme: try singleParticle(cell, record, start, outputTimes, [], into: &run)
      case .dfn: try differenced(cell, record, start, outputTimes, [], into: &run)
      }
    } catch { run.reached = 0 }
    return run
  }

  private func singleParticle(
    _ cell: CellParameters, _ record: CurrentRecord, _ start: RunStart, _ outputTimes: [Double],
    _ parameters: [IdentifiedParameter], into run: inout ModelRun
  ) throws(ModelError) {
    let directions = run.directions > 0 ? RunStart.directions(parameters) : []
    let solver = try SingleParticleSensitivities(
      cell, model: name == .spm ? .spm : .spme, mesh: mesh, thermal: thermal,
      directions: directions, relativeTolerance: tolerance)
    let shown = try solver.follow(
      start: (start.negative, start.positive), times: record.times, currents: record.currents,
      outputTimes: outputTimes, ambient: record.ambient, temperature: record.initialTemperature)
    run.voltages = shown.voltages
    run.temperatures = shown.temperatures
    run.separatorPotentials = shown.separatorPotentials
    run.reached = shown.reached
    run.failure = shown.failure.map { "\($0)" }
    guard run.directions > 0 else { return }
    start.combine(shown.derivatives, parameters, into: &run.voltageSlopes)
    start.combine(shown.temperatureDerivatives, parameters, into: &run.temperatureSlopes)
    start.combine(shown.separatorDerivatives, parameters, into: &run.separatorSlopes)
  }

  private func porous(
    _ cell: CellParameters, _ record: CurrentRecord, _ start: RunStart, _ outputTimes: [Double],
    _ parameters: [IdentifiedParameter], into run: inout ModelRun
  ) throws(ModelError) {
    let solver = try DFNSensitivities(
      cell, mesh: mesh, thermal: .isothermal,
      directions: run.directions > 0 ? RunStart.directions(parameters) : [],
      relativeTolerance: tolerance)
    let shown = try solver.solve(
      negativeStoichiometry: start.negative, positiveStoichiometry: start.positive,
      times: record.times, currents: record.currents, outputTimes: outputTimes,
      ambient: record.ambient)
    run.voltages = shown.voltages
    run.temperatures = Array(repeating: record.ambient, count: outputTimes.count)
    run.separatorPotentials = shown.separatorPotentials
    guard run.directions > 0 else { return }
    start.combine(shown.derivatives, parameters, into: &run.voltageSlopes)
    start.combine(shown.separatorDerivatives, parameters, into: &run.separatorSlopes)
  }
}
