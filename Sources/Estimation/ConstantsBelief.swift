import Kernels

/// What is believed of a cell's constants: mean and full covariance, by name.
public struct ConstantsBelief: Sendable, Hashable {
  /// Which, in the order of the rest.
  public let constants: [CellConstant]
  /// Their means, in their own units.
  public let mean: [Double]
  /// Their covariance, row-major, symmetric.
  public let covariance: [Double]

  /// A belief from its parts.
  public init(
    _ constants: [CellConstant], mean: [Double], covariance: [Double]
  ) throws(EstimationError) {
    try FilterPrior.check(mean, covariance, dimension: constants.count)
    let n = constants.count
    guard Set(constants).count == n else {
      throw EstimationError(.input, "belief of a cell's constants: one of them stands twice")
    }
    for i in 0..<n {
      for j in 0...i {
        let bound = (covariance[i * n + i] * covariance[j * n + j]).squareRoot()
        guard covariance[i * n + i] >= 0, covariance[i * n + j] == covariance[j * n + i],
          abs(covariance[i * n + j]) <= bound * (1 + 1e-9)
        else {
          throw EstimationError(
            .input,
            "belief of a cell's constants: covariance of \(constants[i].name) and "
              + "\(constants[j].name) is \(covariance[i * n + j]), at most \(bound) is allowed")
        }
      }
    }
    self.constants = constants
    self.mean = mean
    self.covariance = covariance
  }

  /// Independent ones.
  public init(_ priors: [(CellConstant, Normal)]) throws(EstimationError) {
    let n = priors.count
    var covariance = Array(repeating: 0.0, count: n * n)
    for (i, prior) in priors.enumerated() { covariance[i * n + i] = prior.1.sd * prior.1.sd }
    try self.init(
      priors.map(\.0), mean: priors.map(\.1.mean), covariance: covariance)
  }

  /// One of them on its own; nil when it is not among them.
  public subscript(_ constant: CellConstant) -> Normal? {
    constants.firstIndex(of: constant).map {
      Normal(mean[$0], sd: covariance[$0 * constants.count + $0].squareRoot())
    }
  }

  /// Its mean, 0 when it is not among them.
  func meanOrZero(_ constant: CellConstant) -> Double { self[constant]?.mean ?? 0 }

  /// The same after independent random steps.
  ///
  /// - Parameter sd: of each constant's step, in its unit.
  public func widened(by sd: (CellConstant) -> Double) -> ConstantsBelief {
    var wider = covariance
    for (i, constant) in constants.enumerated() {
      let step = sd(constant)
      wider[i * constants.count + i] += step * step
    }
    return ConstantsBelief(unchecked: constants, mean: mean, covariance: wider)
  }

  /// The belief about some of them, and independent `priors` for those that it lacks.
  public func restated(
    _ wanted: [(CellConstant, Normal)]
  ) -> ConstantsBelief {
    let n = wanted.count
    var mean = wanted.map(\.1.mean)
    var covariance = Array(repeating: 0.0, count: n * n)
    let places = wanted.map { constants.firstIndex(of: $0.0) }
    for i in 0..<n {
      guard let row = places[i] else {
        covariance[i * n + i] = wanted[i].1.sd * wanted[i].1.sd
        continue
      }
      mean[i] = self.mean[row]
      for j in 0..<n {
        guard let column = places[j] else { continue }
        covariance[i * n + j] = self.covariance[row * constants.count + column]
      }
    }
    return ConstantsBelief(unchecked: wanted.map(\.0), mean: mean, covariance: covariance)
  }

  init(unchecked constants: [CellConstant], mean: [Double], covariance: [Double]) {
    self.constants = constants
    self.mean = mean
    self.covariance = covariance
  }
}

extension ConstantsBelief {
  /// Columns c with sum of c c^T = covariance, as many as it has directions with variance.
  public var columns: [[Double]] {
    let n = constants.count
    let (numbers, count) = SemidefiniteFactor.columns(of: covariance, count: n)
    return (0..<count).map { Array(numbers[$0 * n..<($0 + 1) * n]) }
  }
}

extension ConstantsBelief {
  /// Nothing is believed.
  public static var none: ConstantsBelief {
    ConstantsBelief(unchecked: [], mean: [], covariance: [])
  }
}
