import Kernels

/// Voltage, temperature and separator potential of SPM or SPMe with their derivatives by parameters, start and current, by forward
/// differentiation of the adaptive steps: exact to rounding for the numbers computed, eight
/// directions at a time.
public struct SingleParticleSensitivities: Sendable {
  /// What is differentiated by.
  public let directions: [SensitivityDirection]
  let model: SPMe
  let tolerance: Double

  /// - Parameter relativeTolerance: as in `SingleParticleSolver`.
  public init(
    _ parameters: CellParameters, model: SingleParticleModel, mesh: SPMe.MeshName,
    thermal: SPMe.Thermal, directions: [SensitivityDirection], relativeTolerance: Double = 1e-6
  ) throws(ModelError) {
    try StepController.check(relativeTolerance)
    self.model = SPMe(parameters, model: model, mesh: mesh, thermal: thermal)
    self.directions = directions
    tolerance = relativeTolerance
  }

  /// Runs from rest under a current that is linear between points.
  ///
  /// - Parameters:
  ///   - times: s, never decreasing, two or more; two equal times make a jump of the current.
  ///   - currents: A at those times, positive = charge.
  ///   - outputTimes: s, increasing, within `times`; at a jump, just after it.
  ///   - ambient: K.
  ///   - temperature: at the start, K; nil for the ambient one.
  public func solve(
    negativeStoichiometry: Double, positiveStoichiometry: Double, times: [Double],
    currents: [Double], outputTimes: [Double], ambient: Double, temperature: Double? = nil
  ) throws(ModelError) -> VoltageSensitivities {
    var durations: [Double] = []
    return try solve(
      start: (negativeStoichiometry, positiveStoichiometry), times: times, currents: currents,
      outputTimes: outputTimes, ambient: ambient, temperature: temperature, durations: &durations)
  }

  /// As above; `durations` are the steps taken, for `voltages`.
  package func solve(
    start: (negative: Double, positive: Double), times: [Double], currents: [Double],
    outputTimes: [Double], ambient: Double, temperature: Double? = nil,
    durations: inout [Double]
  ) throws(ModelError) -> VoltageSensitivities {
    let result = try follow(
      start: start, times: times, currents: currents, outputTimes: outputTimes, ambient: ambient,
      temperature: temperature, durations: &durations)
    if let failure = result.failure { throw failure }
    return result
  }

  /// As `solve`, but what was reached before the model's range was left is kept, and the failure with it.
  public func follow(
    start: (negative: Double, positive: Double), times: [Double], currents: [Double],
    outputTimes: [Double], ambient: Double, temperature: Double? = nil
  ) throws(ModelError) -> VoltageSensitivities {
    var durations: [Double] = []
    return try follow(
      start: start, times: times, currents: currents, outputTimes: outputTimes, ambient: ambient,
      temperature: temperature, durations: &durations)
  }

  private func follow(
    start: (negative: Double, positive: Double), times: [Double], currents: [Double],
    outputTimes: [Double], ambient: Double, temperature: Double?, durations: inout [Double]
  ) throws(ModelError) -> VoltageSensitivities {
    try check(start, times, currents, outputTimes, ambient)
    var result = VoltageSensitivities(times: outputTimes, directions: directions)
    result.widen()
    let count = directions.count
    if count == 0 {
      let run = PrescribedRun<Double>(
        model, coefficients: model.coefficients, tolerance: tolerance, ambient: ambient, added: 0,
        replaying: durations)
      var reached = 0
      do throws(ModelError) {
        try run.run(
          from: start, temperature: temperature ?? ambient, times: times, currents: currents,
          outputTimes: outputTimes
        ) { row, shown in
          result.set(row, shown)
          reached = row + 1
        }
      } catch { result.failure = error }
      result.reached = reached
      (durations, result.statistics) = (run.durations, run.statistics)
      return result
    }
    for first in stride(from: 0, to: count, by: 8) {
      let chunk = first..<min(first + 8, count)
      let run = PrescribedRun<Dual8>(
        model, coefficients: coefficients(chunk), tolerance: tolerance, ambient: ambient,
        added: Dual8(0, seed: seed(.current), in: chunk), replaying: durations)
      var reached = 0
      do throws(ModelError) {
        try run.run(
          from: seeded(start, chunk), temperature: temperature ?? ambient, times: times,
          currents: currents, outputTimes: outputTimes
        ) { row, shown in
          result.set(row, shown, chunk)
          reached = row + 1
        }
      } catch { result.failure = error }
      result.reached = min(result.reached, reached)
      durations = run.durations
      result.statistics = run.statistics
    }
    return result
  }

  /// Voltages alone, in steps of given durations (chosen anew when there are none).
  package func voltages(
    start: (negative: Double, positive: Double), times: [Double], currents: [Double],
    outputTimes: [Double], ambient: Double, added: Double = 0, durations: [Double] = []
  ) throws(ModelError) -> [Double] {
    try check(start, times, currents, outputTimes, ambient)
    let run = PrescribedRun<Double>(
      model, coefficients: model.coefficients, tolerance: tolerance, ambient: ambient,
      added: added, replaying: durations)
    var voltages = [Double](repeating: 0, count: outputTimes.count)
    try run.run(
      from: start, temperature: ambient, times: times, currents: currents,
      outputTimes: outputTimes
    ) { voltages[$0] = $1.voltage }
    return voltages
  }

  /// Position of a direction; one that is not asked for has none among any chunk's.
  private func seed(_ direction: SensitivityDirection) -> Int {
    directions.firstIndex(of: direction) ?? -1
  }

  private func seeded(
    _ start: (negative: Double, positive: Double), _ chunk: Range<Int>
  ) -> (negative: Dual8, positive: Dual8) {
    var negative = Dual8(start.negative, seed: seed(.negativeStoichiometry), in: chunk)
    var positive = Dual8(start.positive, seed: seed(.positiveStoichiometry), in: chunk)
    let both = seed(.stateOfCharge)
    if chunk.contains(both) {
      let (n, p) = (model.functions.negative, model.functions.positive)
      negative.partials[both - chunk.lowerBound] = n.maximumStoichiometry - n.minimumStoichiometry
      positive.partials[both - chunk.lowerBound] = p.minimumStoichiometry - p.maximumStoichiometry
    }
    return (negative, positive)
  }

  private func coefficients(_ chunk: Range<Int>) -> SPMeCoefficients<Dual8> {
    SPMeCoefficients<Dual8>(functions: model.functions) { name in
      let value = Dual8(model.values[name.ordinal])
      let place = seed(.parameter(name))
      return chunk.contains(place)
        ? value * Dual8.exponential(Dual8(0, seed: place, in: chunk)) : value
    }
  }

  private func check(
    _ start: (negative: Double, positive: Double), _ times: [Double], _ currents: [Double],
    _ outputTimes: [Double], _ ambient: Double
  ) throws(ModelError) {
    try model.checkSurface("negative", start.negative, model.functions.negative)
    try model.checkSurface("positive", start.positive, model.functions.positive)
    guard times.count >= 2, times.count == currents.count else {
      throw ModelError(
        quantity: "number of currents", value: Double(currents.count), unit: "",
        bound: "2 or more, one for each time")
    }
    for current in currents { try model.checkInputs(current: current, ambient: ambient) }
    func increasing(_ values: [Double], _ name: String, _ allowed: (Double, Double) -> Bool)
      throws(ModelError)
    {
      for i in values.indices.dropFirst() where !allowed(values[i - 1], values[i]) {
        throw ModelError(
          quantity: "\(name) \(i + 1)", value: values[i], unit: "s",
          bound: "not before \(values[i - 1]) s")
      }
    }
    try increasing(times, "time") { $0 <= $1 && $1 - $0 <= 1e9 }
    try increasing(outputTimes, "output time") { $0 < $1 }
    if let first = outputTimes.first, let last = outputTimes.last {
      guard first >= times[0], last <= times[times.count - 1] else {
        throw ModelError(
          quantity: "output time", value: first < times[0] ? first : last, unit: "s",
          bound: "\(times[0]) to \(times[times.count - 1]) s")
      }
    }
  }
}
