import Protocols
public import Quantities

extension RunFiles {
  /// How far beyond a phase's current the bench trips: 5 % and 50 mA, for the set-point's and the
  /// shunt's errors.
  static func widened(_ current: Double) -> Double { current * 1.05 + 0.05 }

  /// The layers in force in the phase at `index`, outermost first: bench, cell, campaign. The
  /// instruments' own come from their profiles. A research override takes the cell's table of charge
  /// currents away, never its voltage or temperatures.
  public func layers(
    phase index: Int, nominalCapacity: AmpereHours
  ) throws(ProfileError) -> [LimitLayer] {
    var cell = limits.layer
    if campaign.researchOverride != nil { cell.chargeCurrent = [] }
    let phase = campaign.phases[index]
    let outer = [bench.layer, cell]
    let inner = try layer(of: phase, inside: outer, nominalCapacity)
    return outer + [inner]
  }

  /// Refuses what cannot run inside the limits: a layer that does not nest in the one outside it, a
  /// limit or a step of a phase that goes past them.
  public func check(nominalCapacity: AmpereHours) throws(ProfileError) {
    for kind in LimitKind.allCases {
      guard let inner = limits.layer.bands[kind], let outer = bench.bands[kind] else { continue }
      guard inner.nests(in: outer) else {
        throw ProfileError(
          file: limits.path, line: limits.lines[kind], key: kind.rawValue, value: Self.text(inner),
          "must lie within the bench's \(Self.text(outer)) "
            + "(\(bench.path):\(bench.bandLines[kind] ?? 1))")
      }
    }
    for index in campaign.phases.indices {
      let layers = try layers(phase: index, nominalCapacity: nominalCapacity)
      try checkChamber(of: campaign.phases[index], in: layers, nominalCapacity)
      guard let file = protocols[index] else { continue }
      for (step, line) in zip(file.steps, file.lines) {
        if let problem = problem(with: step, in: layers, nominalCapacity) {
          throw ProfileError(
            file: file.path, line: line, key: "steps", value: "\"\(step.text)\"", problem)
        }
      }
    }
  }

  /// Refuses set-points that a step could not ask for.
  private func checkChamber(
    of phase: CampaignPhase, in layers: [LimitLayer], _ nominal: AmpereHours
  ) throws(ProfileError) {
    guard case .charge(let job) = phase.job, !job.chamberSetPoints.isEmpty else { return }
    for target in job.chamberSetPoints {
      let step = ProtocolStep(mode: .chamber(target), ends: [], text: "Chamber at \(target)")
      if let problem = problem(with: step, in: layers, nominal) {
        throw ProfileError(file: campaign.path, line: phase.line, key: "chamber.choose", problem)
      }
    }
  }

  /// A band as an error line shows it: operate, and trip in brackets.
  public static func text(_ band: LimitBand) -> String {
    "\(band.operateLow)..\(band.operateHigh) (trip \(band.tripLow)..\(band.tripHigh))"
  }

  private func layer(
    of phase: CampaignPhase, inside outer: [LimitLayer], _ nominal: AmpereHours
  ) throws(ProfileError) -> LimitLayer {
    var bands: [LimitKind: LimitBand] = [:]
    if let voltage = phase.limits.voltage {
      bands[.voltage] = try lowered(
        .voltage, to: voltage.value, beyond: LimitsFile.Widening.voltage.value, "voltage", phase,
        outer)
    }
    if let temperature = phase.limits.temperature {
      var charging = false
      if case .charge = phase.job { charging = true }
      for kind in [LimitKind.temperature, .chargeTemperature] {
        let top = Self.band(kind, of: outer)?.operateHigh ?? .infinity
        // A protocol that also discharges may go hotter than the cell may be charged.
        if kind == .chargeTemperature, !charging, temperature.value > top { continue }
        bands[kind] = try lowered(
          kind, to: temperature.value, beyond: LimitsFile.Widening.hot.value, "temperature", phase,
          outer)
      }
    }
    if let current = phase.limits.current?.amperes(nominal: nominal) {
      bands[.current] = try currentBand(current.value, phase, outer)
    }
    return LimitLayer(origin: .campaign, source: "\(campaign.path):\(phase.line)", bands: bands)
  }

  private func lowered(
    _ kind: LimitKind, to high: Double, beyond margin: Double, _ key: String,
    _ phase: CampaignPhase, _ outer: [LimitLayer]
  ) throws(ProfileError) -> LimitBand {
    // The cell's layer has a band of every kind that comes here.
    guard let band = Self.band(kind, of: outer) else {
      throw refused(key, phase, "the cell has no limit of this kind")
    }
    guard high <= band.operateHigh, high > band.operateLow,
      let lowered = LimitBand(
        operate: (band.operateLow, high),
        trip: (band.tripLow, min(band.tripHigh, high + margin)))
    else {
      throw refused(
        key, phase,
        "above \(band.operateLow) and up to \(band.operateHigh) is allowed" + place(of: kind, outer)
      )
    }
    return lowered
  }

  private func currentBand(
    _ current: Double, _ phase: CampaignPhase, _ outer: [LimitLayer]
  ) throws(ProfileError) -> LimitBand {
    let band = Self.band(.current, of: outer)
    let table = outer.flatMap(\.chargeCurrent).map(\.current.value).max()
    let allowed = min(band?.operateHigh ?? .infinity, table ?? .infinity)
    guard current <= allowed else {
      let past = table.map { current > $0 } ?? false
      let way = past ? "; past the cell's table a research_override is wanted" : ""
      throw refused(
        "current", phase,
        "up to \(allowed) A is allowed\(past ? "" : place(of: .current, outer))\(way)")
    }
    let low = max(-current, band?.operateLow ?? -.infinity)
    let trip = Self.widened(current)
    let result = LimitBand(
      operate: (low, current),
      trip: (max(-trip, band?.tripLow ?? -.infinity), min(trip, band?.tripHigh ?? .infinity)))
    guard let result else { throw refused("current", phase, "does not fit the bench's trip") }
    return result
  }

  /// Where the tightest of the outer limits of a kind stands, as ` (FILE:LINE)`.
  func place(of kind: LimitKind, _ layers: [LimitLayer]) -> String {
    let inner = layers.last { $0.bands[kind] != nil }
    return switch inner?.origin {
    case .bench: " (\(bench.path):\(bench.bandLines[kind] ?? 1))"
    case .cell: " (\(limits.path):\(limits.lines[kind] ?? 1))"
    case .campaign: " (\(inner?.source ?? ""))"
    default: ""
    }
  }

  private func refused(_ key: String, _ phase: CampaignPhase, _ problem: String) -> ProfileError {
    ProfileError(
      file: campaign.path, line: phase.limits.lines[key] ?? phase.line, key: "phase.limits.\(key)",
      problem)
  }

  /// The tightest band of `kind` in `layers`, or nil when none has one.
  static func band(_ kind: LimitKind, of layers: [LimitLayer]) -> LimitBand? {
    var result: LimitBand?
    for band in layers.compactMap({ $0.bands[kind] }) {
      result = result.map { $0.tightened(by: band) } ?? band
    }
    return result
  }
}
