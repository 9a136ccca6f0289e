import Quantities
import Records

/// Walks along a row in the order in which `RowArguments` wrote it.
struct ColumnReader {
  private let row: JournalRow
  /// Of the column that is read next.
  private(set) var index = 0

  init(_ row: JournalRow) { self.row = row }

  mutating func number() -> Double {
    defer { index += 1 }
    return row.number(index)
  }

  mutating func int() -> Int {
    defer { index += 1 }
    return row.int(index) ?? 0
  }

  mutating func text() -> String {
    defer { index += 1 }
    return row.text(index) ?? ""
  }

  mutating func optionalText() -> String? {
    defer { index += 1 }
    return row.text(index)
  }

  mutating func seconds() -> Seconds { Seconds(number()) }

  mutating func estimated() -> Estimated {
    let mean = number()
    return Estimated(mean, sd: number())
  }

  mutating func reading<Q: Quantity>() -> Reading<Q> {
    let value = number()
    return Reading(Q(value), at: .zero, quality: .good).finished(&self)
  }

  mutating func flag() -> Reading<Bool> {
    let value = int() != 0
    return Reading(value, at: .zero, quality: .good).finished(&self)
  }

  /// A row of `samples`.
  mutating func sample() -> (sample: Sample, step: Int, phase: Int) {
    var sample = Sample(scan: int(), time: seconds(), unixTime: number())
    let phase = int()
    let step = int()
    sample.surfaceCount = int()
    _ = number()  // The mean of the surface is made from its readings.
    sample.cellVoltage = reading()
    sample.current = reading()
    for index in 0..<Sample.surfaceCapacity { sample.surface[index] = reading() }
    sample.ambient = reading()
    sample.source = terminals()
    sample.load = terminals()
    sample.contactorClosed = flag()
    return (sample, step, phase)
  }

  mutating func terminals() -> TerminalReadings {
    var terminals = TerminalReadings(at: .zero)
    terminals.voltage = reading()
    terminals.current = reading()
    terminals.isOn = flag()
    terminals.protectionTripped = flag()
    return terminals
  }
}

extension Reading {
  /// Quality and time, which stand behind the value.
  fileprivate func finished(_ columns: inout ColumnReader) -> Self {
    let quality = UInt8(exactly: columns.int()).flatMap(Quality.init(rawValue:))
    return Reading(value, at: columns.seconds(), quality: quality ?? .implausible)
  }
}
