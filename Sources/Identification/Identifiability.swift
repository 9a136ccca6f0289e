public import Electrochemistry

/// Which parameters these experiments can tell, which only together, and what would tell them apart.
///
/// *Structural*: combinations that no experiment of this model at these temperatures tells (null directions
/// of the information of a probing set over charge, rate and temperature). *In this data*: directions of which
/// the data knows less than the prior did; eigenvectors of P^1/2 F P^1/2 with P the prior's covariance (the
/// sloppy spectrum, in units of prior knowledge).
public struct Identifiability: Sendable {
  /// A direction that is not told.
  public struct Combination: Sendable {
    /// Whether no experiment of the probing set tells it either.
    public var isStructural: Bool
    /// Exponents: multiplying each parameter by c to its exponent changes (nearly) nothing, an offset rising by its
    /// own times ln c; the largest of a factor is 1.
    public var exponents: [(parameter: IdentifiedParameter, exponent: Double)]
    /// Standard deviation of ln along it, data and prior together.
    public var sd: Double
    /// What would tell it, best first: in words, and the standard deviation then.
    public var remedies: [(what: String, sd: Double)]
  }

  /// In the order of the matrices.
  public let parameters: [IdentifiedParameter]
  /// Of the data alone.
  public let information: FisherInformation
  /// Of ln of the factors, data and prior together, row-major.
  public let covariance: [Double]
  /// Of ln of the factors before.
  public let priorSDs: [Double]
  /// Eigenvalues of P^1/2 F P^1/2, falling: how many times better than the prior, in variance.
  public let spectrum: [Double]
  /// What is not told, structural ones first.
  public internal(set) var combinations: [Combination]

  /// Standard deviation of ln of a parameter's factor, data and prior together.
  public func sd(_ k: Int) -> Double { covariance[k * parameters.count + k].squareRoot() }

  /// Correlation of two parameters, data and prior together.
  public func correlation(_ i: Int, _ j: Int) -> Double {
    covariance[i * parameters.count + j] / (sd(i) * sd(j))
  }

  /// Whether a value may be given for a parameter: it stands in no combination that is not told.
  public func isTold(_ parameter: IdentifiedParameter) -> Bool {
    !combinations.contains { $0.exponents.contains { $0.parameter == parameter } }
  }

  /// What `cases` tell of `cell`.
  ///
  /// - Parameters:
  ///   - reference: the cell as in the file.
  ///   - seeksRemedies: false: names the combinations only.
  public init(
    _ cell: CellParameters, _ parameters: [IdentifiedParameter], _ cases: [InformationCase],
    model: RunModel, reference: CellParameters, priorSDs: [Double]? = nil,
    seeksRemedies: Bool = true
  ) {
    let priors = priorSDs ?? parameters.map(\.priorSD)
    let n = parameters.count
    let parts = concurrently(cases.count) {
      FisherInformation(cell, parameters, cases[$0], model: model, reference: reference)
    }
    let data = parts.reduce(FisherInformation(parameters), +)
    self.parameters = parameters
    self.priorSDs = priors
    information = data
    covariance = data.covariance(priorSDs: priors) ?? Array(repeating: 0, count: n * n)
    var scaled = data.matrix
    for a in 0..<n { for b in 0..<n { scaled[a * n + b] *= priors[a] * priors[b] } }
    let weak = SymmetricSpectrum(scaled, count: n)
    // Rounding can leave a hair below nothing.
    spectrum = weak.values.map { max($0, 0) }
    let probes = ProbingSet(cell).cases(
      withTemperature: model.thermal == .lumped,
      withReference: cases.contains(where: \.hasReference))
    let probed = concurrently(probes.count) {
      FisherInformation(cell, parameters, probes[$0], model: model, reference: reference)
    }.reduce(FisherInformation(parameters), +)
    let nulls = NullDirections(probed).directions
    combinations = []
    for direction in nulls { append(direction, isStructural: true) }
    for (value, vector) in zip(weak.values, weak.vectors) where value < Self.weak {
      let plain = zip(vector, priors).map { $0 * $1 }
      guard let rest = Self.outside(nulls, plain, priors) else { continue }
      append(rest, isStructural: false)
    }
    guard seeksRemedies, !combinations.isEmpty else { return }
    findRemedies(cell, cases, model: model, reference: reference)
  }

  /// The data knows less of a direction than this many times what the prior did: its standard deviation is
  /// more than half the prior's.
  static let weak = 3.0

  private mutating func append(_ direction: [Double], isStructural: Bool) {
    let most = zip(direction, priorSDs).map { ($0 / $1).magnitude }.max() ?? 0
    let named = zip(parameters, direction).enumerated().filter {
      ($0.element.1 / priorSDs[$0.offset]).magnitude > (isStructural ? 1e-6 : 0.3) * most
    }.map { (parameter: $0.element.0, exponent: $0.element.1) }
    // Offsets are in V and K: beside factors they do not set the scale.
    let factors = named.filter { !$0.parameter.isOffset }
    let largest = (factors.isEmpty ? named : factors).map(\.exponent.magnitude).max() ?? 1
    combinations.append(
      Combination(
        isStructural: isStructural,
        exponents: named.map { ($0.parameter, $0.exponent / largest) },
        sd: Self.sd(along: direction, covariance), remedies: []))
  }

  /// sqrt(v^T C v) of the direction of length 1.
  static func sd(along direction: [Double], _ covariance: [Double]) -> Double {
    let n = direction.count
    var (sum, length) = (0.0, 0.0)
    for a in 0..<n {
      length += direction[a] * direction[a]
      for b in 0..<n { sum += direction[a] * covariance[a * n + b] * direction[b] }
    }
    return length > 0 ? (max(sum, 0) / length).squareRoot() : 0
  }

  /// What of a direction is not in the span of `nulls`, in units of the priors; nil when that is little.
  private static func outside(
    _ nulls: [[Double]], _ direction: [Double], _ priors: [Double]
  ) -> [Double]? {
    func scaled(_ v: [Double]) -> [Double] { zip(v, priors).map { $0 / $1 } }
    func dot(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
    var basis: [[Double]] = []
    for null in nulls {
      var v = scaled(null)
      for e in basis {
        let share = dot(v, e)
        v = zip(v, e).map { $0 - share * $1 }
      }
      let length = dot(v, v).squareRoot()
      if length > 1e-9 { basis.append(v.map { $0 / length }) }
    }
    var rest = scaled(direction)
    let whole = dot(rest, rest).squareRoot()
    for e in basis {
      let share = dot(rest, e)
      rest = zip(rest, e).map { $0 - share * $1 }
    }
    guard dot(rest, rest).squareRoot() > 0.5 * whole else { return nil }
    return zip(rest, priors).map { $0 * $1 }
  }
}
