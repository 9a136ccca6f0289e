import Kernels

// Goals, in order: 1. each lane is the model alone, to rounding; 2. a lane that leaves the model's
// range is marked and keeps its last good state, and the others never notice; 3. speed: eight
// lanes in one pass over contiguous memory, no allocation in a step.

/// Many cells at once, eight side by side: the same equations, each with its own state, current and
/// parameter factors. For particle filters and parameter sweeps; one thread at a time.
public final class SPMeLanes {
  /// The cell, mesh and longest substep that all share.
  public let model: SPMe
  /// Cells.
  public let count: Int
  /// Parameters that can differ, in the order of `setLogFactors`.
  public let parameters: [ParameterName]
  /// Eight lanes each, the last one filled up with copies of its first.
  let blocks: Int
  /// State k of lane l of block b at (b x stateCount + k), lane l.
  let states: UnsafeMutablePointer<Lanes8>
  let coefficients: UnsafeMutablePointer<SPMeCoefficients<Lanes8>>
  let scratch: SPMeScratch<Lanes8>
  /// ln of the factor on parameter p of block b at b x parameters.count + p.
  var logFactors: [SIMD8<Double>]
  /// Lanes that have left the model's range since they were last set.
  var failed: [SIMDMask<SIMD8<Int64>>]

  /// Cells that start at rest at half charge, 298.15 K and all factors 1.
  ///
  /// - Parameters:
  ///   - model: as for one cell.
  ///   - count: at least 1; fewer becomes 1.
  ///   - parameters: that `setLogFactors` will change.
  public init(_ model: SPMe, count: Int, parameters: [ParameterName] = []) {
    self.model = model
    self.count = max(count, 1)
    self.parameters = parameters
    blocks = (self.count + 7) / 8
    let n = model.stateCount
    states = .allocate(capacity: blocks * n)
    states.initialize(repeating: Lanes8(0), count: blocks * n)
    scratch = SPMeScratch(stateCount: n)
    let values = model.values
    let shared = SPMeCoefficients<Lanes8>(functions: model.functions) {
      Lanes8(values[$0.ordinal])
    }
    coefficients = .allocate(capacity: blocks)
    coefficients.initialize(repeating: shared, count: blocks)
    logFactors = Array(repeating: SIMD8(repeating: 0), count: blocks * parameters.count)
    failed = Array(repeating: SIMDMask(repeating: false), count: blocks)
    let rested = model.rest(stateOfCharge: 0.5, temperature: 298.15)
    for block in 0..<blocks {
      for k in 0..<n { states[block * n + k] = Lanes8(rested[k]) }
    }
  }

  deinit {
    states.deallocate()
    coefficients.deallocate()
  }

  /// Sets one cell's state, and takes it as good.
  public func setState(_ x: [Double], of cell: Int) throws(ModelError) {
    try check(cell)
    guard x.count == model.stateCount else { throw model.wrongLength(x.count) }
    for k in x.indices { states[cell / 8 * x.count + k].lanes[cell % 8] = x[k] }
    failed[cell / 8][cell % 8] = false
  }

  /// One cell's state.
  public func state(of cell: Int) throws(ModelError) -> [Double] {
    try check(cell)
    let n = model.stateCount
    return (0..<n).map { states[cell / 8 * n + $0].lanes[cell % 8] }
  }

  /// Copies one cell's state, factors and mark to another, as a filter's resampling does.
  public func copy(_ source: Int, to target: Int) throws(ModelError) {
    try check(source)
    try check(target)
    let (n, p) = (model.stateCount, parameters.count)
    let (a, b, i, j) = (source / 8, target / 8, source % 8, target % 8)
    for k in 0..<n { states[b * n + k].lanes[j] = states[a * n + k].lanes[i] }
    for k in 0..<p { logFactors[b * p + k][j] = logFactors[a * p + k][i] }
    failed[b][j] = failed[a][i]
    if p > 0 { refreshCoefficients(b) }
  }

  /// Sets ln of the factors on `parameters` of one cell.
  public func setLogFactors(_ values: [Double], of cell: Int) throws(ModelError) {
    try check(cell)
    guard values.count == parameters.count else {
      throw ModelError(
        quantity: "number of log factors", value: Double(values.count), unit: "",
        bound: "\(parameters.count), one for each parameter")
    }
    for (name, value) in zip(parameters, values) where !(value.magnitude <= 20) {
      throw ModelError(
        quantity: "log factor of \(name.rawValue)", value: value, unit: "", bound: "-20 to 20")
    }
    for k in values.indices { logFactors[cell / 8 * values.count + k][cell % 8] = values[k] }
    refreshCoefficients(cell / 8)
  }

  /// Whether a cell has left the model's range since its state was set.
  public func hasFailed(_ cell: Int) throws(ModelError) -> Bool {
    try check(cell)
    return failed[cell / 8][cell % 8]
  }

  func refreshCoefficients(_ block: Int) {
    let values = model.values
    let p = parameters.count
    coefficients[block] = SPMeCoefficients<Lanes8>(functions: model.functions) { name in
      var value = Lanes8(values[name.ordinal])
      for (k, changed) in parameters.enumerated() where changed == name {
        value = value * Lanes8.exponential(Lanes8(logFactors[block * p + k]))
      }
      return value
    }
  }

  private func check(_ cell: Int) throws(ModelError) {
    guard cell >= 0, cell < count else {
      throw ModelError(
        quantity: "cell", value: Double(cell), unit: "", bound: "0 to \(count - 1)")
    }
  }
}
