import Quantities

/// Means over the samples of one stage; nil where fewer than half of them were good.
struct WiringMeans {
  private(set) var count = 0
  private var sums: [Key: (sum: Double, count: Int)] = [:]

  enum Key: Hashable {
    case voltage, current, sourceVoltage, sourceCurrent, loadVoltage, loadCurrent
    case sourceOn, loadOn, closed, ambient
    case surface(Int)
  }

  mutating func take(_ sample: Sample) {
    count += 1
    add(.voltage, sample.cellVoltage.valid?.value)
    add(.current, sample.current.valid?.value)
    add(.sourceVoltage, sample.source.voltage.valid?.value)
    add(.sourceCurrent, sample.source.current.valid?.value)
    add(.loadVoltage, sample.load.voltage.valid?.value)
    add(.loadCurrent, sample.load.current.valid?.value)
    add(.sourceOn, sample.source.isOn.valid.map { $0 ? 1 : 0 })
    add(.loadOn, sample.load.isOn.valid.map { $0 ? 1 : 0 })
    add(.closed, sample.contactorClosed.valid.map { $0 ? 1 : 0 })
    add(.ambient, sample.ambient.valid?.value)
    for index in 0..<sample.surfaceCount {
      add(.surface(index), sample.surface[index].valid?.value)
    }
  }

  private mutating func add(_ key: Key, _ value: Double?) {
    let present = sums[key] ?? (0, 0)
    guard let value, value.isFinite else { return }
    sums[key] = (present.sum + value, present.count + 1)
  }

  subscript(_ key: Key) -> Double? {
    guard let entry = sums[key], entry.count * 2 >= count, entry.count > 0 else { return nil }
    return entry.sum / Double(entry.count)
  }

  /// Difference of two means; nil where one is missing.
  func difference(_ a: Key, _ b: Key) -> Double? {
    guard let a = self[a], let b = self[b] else { return nil }
    return a - b
  }
}
