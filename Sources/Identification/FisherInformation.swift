public import Electrochemistry

/// What experiments tell of ln of the parameters' factors: the Fisher information, charges at the start
/// marginalised.
///
/// F = sum of S^T R^-1 S with S the outputs' slopes by dual numbers and R the errors' covariance (`ErrorModel`),
/// each experiment's own state of charge eliminated with its prior (Schur's complement).
public struct FisherInformation: Sendable {
  /// In the order of rows and columns.
  public let parameters: [IdentifiedParameter]
  /// Row-major.
  public private(set) var matrix: [Double]

  /// No information.
  public init(_ parameters: [IdentifiedParameter]) {
    self.parameters = parameters
    matrix = Array(repeating: 0, count: parameters.count * parameters.count)
  }

  /// Information that is known.
  package init(_ parameters: [IdentifiedParameter], matrix: [Double]) {
    (self.parameters, self.matrix) = (parameters, matrix)
  }

  /// How many parameters.
  public var count: Int { parameters.count }

  /// Adds another experiment's.
  public static func + (a: FisherInformation, b: FisherInformation) -> FisherInformation {
    var sum = a
    for k in sum.matrix.indices { sum.matrix[k] += b.matrix[k] }
    return sum
  }

  /// Of one experiment on a cell; `reached` is the share of its instants that the model carried.
  public init(
    _ cell: CellParameters, _ parameters: [IdentifiedParameter], _ experiment: InformationCase,
    model: RunModel, reference: CellParameters, reached: inout Double
  ) {
    self.init(parameters)
    let run = model.run(
      cell, experiment.current, from: experiment.stateOfCharge, outputTimes: experiment.times,
      parameters: parameters, reference: reference)
    reached = Double(run.reached) / Double(max(experiment.times.count, 1))
    add(run, experiment)
  }

  /// As above, without the share.
  public init(
    _ cell: CellParameters, _ parameters: [IdentifiedParameter], _ experiment: InformationCase,
    model: RunModel, reference: CellParameters
  ) {
    var reached = 0.0
    self.init(
      cell, parameters, experiment, model: model, reference: reference, reached: &reached)
  }

  /// Adds a run's rows.
  ///
  /// - Parameters:
  ///   - noise: share of the noise's variance that a row has, for a row that stands for many; empty: 1 each.
  ///   - extra: V2, added to the voltage's noise variance, one a row; empty for none.
  public mutating func add(
    _ run: ModelRun, _ experiment: InformationCase, noise: [Double] = [], extra: [Double] = []
  ) {
    let width = count + 1
    var whole = [Double](repeating: 0, count: width * width)
    for output in experiment.outputs {
      let (errors, slopes, more) =
        switch output {
        case .voltage(let errors): (errors, run.voltageSlopes, extra)
        case .temperature(let errors): (errors, run.temperatureSlopes, [])
        case .separatorPotential(let errors): (errors, run.separatorSlopes, [])
        }
      var white = slopes
      let steepness = errors.chargeSD > 0 ? run.steepness : []
      Whitening(
        errors, times: experiment.times, noise: noise, extra: more, steepness: steepness
      ).apply(&white, width: width, rows: run.reached)
      for row in 0..<run.reached {
        let first = row * width
        for a in 0..<width {
          let slope = white[first + a]
          if slope == 0 { continue }
          for b in 0...a { whole[a * width + b] += slope * white[first + b] }
        }
      }
    }
    let n = count
    let own =
      whole[n * width + n]
      + (experiment.stateOfChargeSD > 0
        ? 1 / (experiment.stateOfChargeSD * experiment.stateOfChargeSD) : .infinity)
    for a in 0..<n {
      for b in 0...a {
        let entry =
          whole[a * width + b]
          - (own > 0 ? whole[n * width + a] * whole[n * width + b] / own : 0)
        matrix[a * n + b] += entry
        if a != b { matrix[b * n + a] += entry }
      }
    }
  }

  /// With Gaussian priors of these standard deviations of ln of the factors.
  public func covariance(priorSDs: [Double]) -> [Double]? {
    var all = matrix
    for k in 0..<count { all[k * count + k] += 1 / (priorSDs[k] * priorSDs[k]) }
    return SymmetricSystem(all, count: count)?.inverse
  }

  /// Cramer-Rao: standard deviations of ln of the factors by the data alone; infinite where it tells nothing.
  public var standardDeviations: [Double] {
    let scale = (0..<count).map { k in
      let d = matrix[k * count + k]
      return d > 0 ? 1 / d.squareRoot() : 0
    }
    var scaled = matrix
    for a in 0..<count { for b in 0..<count { scaled[a * count + b] *= scale[a] * scale[b] } }
    let told = (0..<count).filter { scale[$0] > 0 }
    let part = told.flatMap { a in told.map { scaled[a * count + $0] } }
    let inverse = SymmetricSystem(part, count: told.count)?.inverse
    return (0..<count).map { k in
      guard let place = told.firstIndex(of: k), let inverse else { return .infinity }
      let variance = inverse[place * told.count + place]
      return variance > 0 ? scale[k] * variance.squareRoot() : .infinity
    }
  }
}
