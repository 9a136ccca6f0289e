import GRDB
import Quantities
import Records

// Rows are positional: the order of the values is the order of the columns in `JournalSchema`.
extension Database {
  /// Inserts the rows that `record` stands for.
  func insert(_ record: Records.Record) throws {
    switch record {
    case .header(let header): try insert(header)
    case .input(let role, let name, let content): try insert(input: content, role, name)
    case .sample(let sample, let step, let phase): try insert(sample, step: step, phase: phase)
    case .estimate(let estimate): try insert(estimate)
    case .decision(let decision): try insert(decision)
    case .command(let command): try insert(command)
    case .event(let event): try insert(event)
    case .timing(let timing): try insert(timing)
    case .charge(let charge): try insert(charge)
    case .sitting(let sitting): try insert(sitting)
    case .paceMark(let time, let pace):
      var row = RowArguments(reserving: 2)
      row.append(time.value)
      row.append(pace)
      try insert(numbered: row, into: "pace_marks")
    case .ended(let status, let message, let time, let unixTime):
      var row = RowArguments(reserving: 4)
      row.append(status)
      row.append(message)
      row.append(time.value)
      row.append(unixTime)
      // Its number is its sitting's.
      let statement = try cachedStatement(
        sql: "INSERT INTO ended VALUES ((SELECT max(id) FROM sittings), ?, ?, ?, ?)")
      try statement.execute(arguments: StatementArguments(row.values))
    }
  }

  private func insert(_ sitting: Sitting) throws {
    var row = RowArguments(reserving: 4)
    row.append(sitting.firstScan)
    row.append(sitting.time.value)
    row.append(sitting.unixTime)
    row.append(sitting.version)
    try insert(numbered: row, into: "sittings")
  }

  private func insert(_ row: RowArguments, into table: StaticString) throws {
    let marks = String(repeating: "?,", count: row.values.count - 1)
    let statement = try cachedStatement(sql: "INSERT INTO \(table) VALUES (\(marks)?)")
    try statement.execute(arguments: StatementArguments(row.values))
  }

  /// As `insert(_:into:)` for tables whose key SQLite counts up by itself.
  private func insert(numbered row: RowArguments, into table: StaticString) throws {
    let marks = String(repeating: ",?", count: row.values.count)
    let statement = try cachedStatement(sql: "INSERT INTO \(table) VALUES (NULL\(marks))")
    try statement.execute(arguments: StatementArguments(row.values))
  }

  private func insert(_ header: RunHeader) throws {
    var row = RowArguments(reserving: 10)
    row.append(1)
    row.append(header.run)
    row.append(header.asset)
    row.append(header.bench)
    row.append(header.unixStart)
    row.append(header.pace)
    row.append(header.version)
    row.append(header.researchOverride)
    row.append(header.scanPeriod)
    row.append(header.controlPeriod)
    try insert(row, into: "header")
    try insert(
      Sitting(
        firstScan: 0, time: .zero, unixTime: header.unixStart, version: header.version))
    for (name, version) in header.versions.sorted(by: { $0.key < $1.key }) {
      var row = RowArguments(reserving: 2)
      row.append(name)
      row.append(version)
      try insert(numbered: row, into: "library_versions")
    }
  }

  private func insert(input content: [UInt8], _ role: String, _ name: String) throws {
    var row = RowArguments(reserving: 5)
    row.append(role)
    row.append(name)
    row.append(SHA256.hexDigest(content))
    row.append(content.count)
    row.append(content)
    try insert(numbered: row, into: "inputs")
  }

  private func insert(_ sample: Sample, step: Int, phase: Int) throws {
    var row = RowArguments(reserving: 7 + 3 * ReadingColumn.ofSample.count)
    row.append(sample.scan)
    row.append(sample.time.value)
    row.append(sample.unixTime)
    row.append(phase)
    row.append(step)
    row.append(sample.surfaceCount)
    row.append(sample.surfaceMean?.value)
    row.append(sample.cellVoltage)
    row.append(sample.current)
    for index in 0..<Sample.surfaceCapacity { row.append(sample.surface[index]) }
    row.append(sample.ambient)
    row.append(sample.source)
    row.append(sample.load)
    row.append(sample.contactorClosed)
    try insert(row, into: "samples")
  }

  private func insert(_ estimate: Estimate) throws {
    var row = RowArguments(reserving: 20)
    row.append(estimate.scan)
    row.append(estimate.time.value)
    row.append(estimate.predictedVoltage)
    row.append(estimate.voltageInnovation)
    row.append(estimate.normalisedInnovationSquared)
    row.append(estimate.assimilatedChannels)
    row.append(estimate.stateOfCharge)
    row.append(estimate.temperature)
    row.append(estimate.negativePotentialAtSeparator)
    row.append(estimate.negativeSurfaceStoichiometry)
    row.append(estimate.positiveSurfaceStoichiometry)
    row.append(estimate.discrepancy)
    row.append(estimate.openCircuitVoltage)
    try insert(row, into: "estimates")
  }

  private func insert(_ decision: Decision) throws {
    var row = RowArguments(reserving: 8)
    row.append(decision.scan)
    row.append(decision.time.value)
    row.append(decision.phase)
    row.append(decision.step)
    row.append(decision.requested.value)
    row.append(decision.admitted.value)
    row.append(decision.binding.rawValue)
    row.append(decision.reason)
    try insert(numbered: row, into: "decisions")
  }

  private func insert(_ command: CommandRecord) throws {
    var row = RowArguments(reserving: 7)
    row.append(command.scan)
    row.append(command.time.value)
    row.append(command.instrument)
    row.append(command.command)
    row.append(command.requested)
    row.append(command.readback)
    row.append(command.agrees)
    try insert(numbered: row, into: "commands")
  }

  private func insert(_ event: Event) throws {
    var row = RowArguments(reserving: 5)
    row.append(event.time.value)
    row.append(event.unixTime)
    row.append(event.severity.name)
    row.append(event.id)
    row.append(event.message)
    try insert(numbered: row, into: "events")
  }

  private func insert(_ charge: ChargeRecord) throws {
    var row = RowArguments(reserving: 16)
    row.append(charge.stage.rawValue)
    row.append(charge.time.value)
    row.append(charge.phase)
    row.append(charge.policy)
    for number in charge.numbers { row.append(number) }
    try insert(numbered: row, into: "charges")
  }

  private func insert(_ timing: Timing) throws {
    var row = RowArguments(reserving: 7)
    row.append(timing.scan)
    row.append(timing.lateness)
    row.append(timing.acquire)
    row.append(timing.twin)
    row.append(timing.actuate)
    row.append(timing.total)
    row.append(timing.twinMissed)
    try insert(row, into: "timing")
  }
}
