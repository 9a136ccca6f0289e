public import Quantities

/// The limits in force, nested: instrument > bench > cell > campaign > step; the tightest wins.
///
/// A value without history: the same envelope and sample always give the same verdict. It depends on
/// no model, no estimate and no clock. What needs history is `SafetyMonitor`'s.
///
/// Safety promises: S2 (only the envelope lets current flow), S3 (limits nest), S4, S5, S7, S10.
public struct Envelope: Sendable, Hashable {
  let bounds: [LimitKind: Bounds]
  let chargeTables: [DeratingTable]
  let dischargeTables: [DeratingTable]
  /// Ages, thresholds and rates.
  public let rules: EnvelopeRules

  /// Kinds without which no current may flow.
  static let required: [LimitKind] = [
    .voltage, .current, .temperature, .chargeTemperature, .dischargeTemperature,
  ]

  /// Nests `layers`, whose order does not matter.
  ///
  /// - Throws: `EnvelopeError` when a layer is looser than one outside it, or when a kind that safety
  ///   cannot do without is limited by no layer.
  public init(layers: [LimitLayer], rules: EnvelopeRules) throws(EnvelopeError) {
    let ordered = layers.sorted { $0.origin < $1.origin }
    try Self.checkNesting(ordered)
    var bounds: [LimitKind: Bounds] = [:]
    for layer in ordered {
      for (kind, delay) in layer.delays {
        guard !kind.isHard, delay >= .zero, layer.bands[kind] != nil else {
          throw EnvelopeError(
            description: "\(layer.source): \(kind.rawValue): a delay of \(delay): hard limits take "
              + "none, others 0 s or more beside their band")
        }
      }
      for (kind, band) in layer.bands {
        // A layer that gives a limit without a delay wants it kept at once.
        let own = Bounds(band, from: layer.origin, delay: layer.delays[kind] ?? .zero)
        bounds[kind, default: own].tighten(with: band, from: layer.origin, delay: own.delay)
      }
    }
    for kind in Self.required where bounds[kind] == nil {
      throw EnvelopeError(
        description: "no layer limits \(kind.rawValue): instrument, bench or cell must")
    }
    self.bounds = bounds
    self.rules = rules
    chargeTables = ordered.compactMap {
      DeratingTable($0.chargeCurrent, origin: $0.origin)
    }
    dischargeTables = ordered.compactMap {
      DeratingTable($0.dischargeCurrent, origin: $0.origin)
    }
  }

  /// The tightest band of one kind, or nil when it is not limited.
  public func band(_ kind: LimitKind) -> LimitBand? {
    guard let b = bounds[kind]?.band else { return nil }
    return LimitBand(operate: (b.operateLow, b.operateHigh), trip: (b.tripLow, b.tripHigh))
  }

  static func checkNesting(_ ordered: [LimitLayer]) throws(EnvelopeError) {
    for (index, inner) in ordered.enumerated() {
      for outer in ordered[..<index] {
        for (kind, band) in inner.bands {
          guard let allowed = outer.bands[kind], !band.nests(in: allowed) else { continue }
          throw EnvelopeError(
            description: "\(inner.source): \(kind.rawValue) operate "
              + "\(band.operateLow)..\(band.operateHigh), trip \(band.tripLow)..\(band.tripHigh) "
              + "is wider than \(outer.source) allows: operate \(allowed.operateLow).."
              + "\(allowed.operateHigh), trip \(allowed.tripLow)..\(allowed.tripHigh)")
        }
      }
    }
  }
}
