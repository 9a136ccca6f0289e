public import Journal

extension RunNumbers {
  /// Computes every number from one state of the journal.
  public init(_ view: JournalView) throws {
    self.init()
    try view.each(ReportSQL.extent) { row in
      durationSecond = row.double(0)
      sampleCount = row.int(1) ?? 0
      incompleteSamples = row.int(2) ?? 0
      surfaceTemperatureMaximumCelsius = row.double(3)
    }
    sittingCount = try view.sittings().count
    stoppedSecond = try view.stoppedSeconds()
    let totals = " SELECT sum(into_cell), sum(out_of_cell) FROM moved"
    try view.each(ReportSQL.intervals(ReportSQL.charge) + totals) { row in
      chargedAmpereHour = row.double(0)
      dischargedAmpereHour = row.double(1)
    }
    try view.each(ReportSQL.intervals(ReportSQL.energy) + totals) { row in
      chargedWattHour = row.double(0)
      dischargedWattHour = row.double(1)
    }
    try view.each(ReportSQL.innovation) { row in
      innovationRmsMillivolt = row.double(0)
      innovationMeanMillivolt = row.double(1)
      normalisedInnovationPerChannel = row.double(2)
    }
    try view.each(ReportSQL.finalStateOfCharge) { row in
      stateOfChargeFinal = row.double(0)
      stateOfChargeFinalSd = row.double(1)
    }
    try readClosedLoop(view)
    try readTiming(view)
    phases = try Self.phases(view)
    comparison = try ComparisonNumbers(view)
  }

  private mutating func readClosedLoop(_ view: JournalView) throws {
    var counts: [(String, Int)] = []
    try view.each(ReportSQL.bindings) { counts.append(($0.text(0) ?? "", $0.int(1) ?? 0)) }
    let total = counts.reduce(0) { $0 + $1.1 }
    closedLoopDecisions = total
    for (binding, count) in counts { bindingShares[binding] = Double(count) / Double(total) }
    try view.each(ReportSQL.platingPotential) { row in
      platingPotentialMinimumMillivolt = row.double(0)
      platingPotentialMinimumLess2SdMillivolt = row.double(1)
    }
  }

  private mutating func readTiming(_ view: JournalView) throws {
    func scalar(_ sql: String) throws -> Double? { try view.one(sql) { $0.double(0) } ?? nil }
    deadlineMisses = Int(try scalar("SELECT sum(twin_missed) FROM timing") ?? 0)
    disagreeingCommands = Int(try scalar("SELECT sum(NOT agrees) FROM commands") ?? 0)
    scanTimeP50Millisecond = try scalar(ReportSQL.scanTime(0.5))
    scanTimeP99Millisecond = try scalar(ReportSQL.scanTime(0.99))
    scanTimeMaximumMillisecond = try scalar("SELECT max(total_microsecond) / 1000 FROM timing")
  }

  private static func phases(_ view: JournalView) throws -> [PhaseNumbers] {
    let titles = try view.all(
      "SELECT message FROM events WHERE event = 'phase.started' ORDER BY id"
    ) { $0.text(0) ?? "" }
    let net = " SELECT phase, sum(into_cell - out_of_cell) FROM moved GROUP BY phase"
    let charge = try byPhase(view, ReportSQL.intervals(ReportSQL.charge) + net)
    let energy = try byPhase(view, ReportSQL.intervals(ReportSQL.energy) + net)
    let innovation = try byPhase(view, ReportSQL.phaseInnovation)
    return try view.all(ReportSQL.phases) { row in
      let phase = row.int(0) ?? 0
      return PhaseNumbers(
        phase: phase, title: titles.indices.contains(phase) ? titles[phase] : "",
        startSecond: row.number(1), endSecond: row.number(2), netAmpereHour: charge[phase],
        netWattHour: energy[phase], surfaceTemperatureMaximumCelsius: row.double(3),
        innovationRmsMillivolt: innovation[phase])
    }
  }

  private static func byPhase(_ view: JournalView, _ sql: String) throws -> [Int: Double] {
    var values: [Int: Double] = [:]
    try view.each(sql) { values[$0.int(0) ?? 0] = $0.double(1) }
    return values
  }
}
