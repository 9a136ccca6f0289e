import Foundation
import GRDB
import Quantities
import Records

/// The values of one row in the order of the table's columns. NaN becomes NULL.
struct RowArguments {
  private(set) var values: [DatabaseValue] = []

  init(reserving count: Int = 0) {
    values.reserveCapacity(count)
  }

  mutating func append(_ number: Double) {
    values.append(number.isNaN ? .null : number.databaseValue)
  }

  mutating func append(_ number: Double?) {
    if let number { append(number) } else { values.append(.null) }
  }

  mutating func append(_ number: Int) { values.append(number.databaseValue) }
  mutating func append(_ text: String) { values.append(text.databaseValue) }
  mutating func append(_ flag: Bool) { append(flag ? 1 : 0) }
  mutating func append(_ bytes: [UInt8]) { values.append(Data(bytes).databaseValue) }

  mutating func append(_ text: String?) {
    if let text { append(text) } else { values.append(.null) }
  }

  mutating func append(_ estimated: Estimated) {
    append(estimated.mean)
    append(estimated.sd)
  }

  mutating func append(_ reading: Reading<some Quantity>) {
    append(reading.valid?.value)
    appendQuality(reading.quality, reading.time)
  }

  mutating func append(_ reading: Reading<Bool>) {
    if let flag = reading.valid { append(flag) } else { values.append(.null) }
    appendQuality(reading.quality, reading.time)
  }

  mutating func append(_ terminals: TerminalReadings) {
    append(terminals.voltage)
    append(terminals.current)
    append(terminals.isOn)
    append(terminals.protectionTripped)
  }

  private mutating func appendQuality(_ quality: Quality, _ time: Seconds) {
    append(Int(quality.rawValue))
    append(time.value)
  }
}
