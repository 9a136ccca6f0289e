internal import Profiles

/// Values that one request reads.
struct ReadBatch: Sendable, Hashable {
  /// Read function, 1 to 4; 0 for a line of text.
  var function: Int
  /// First address.
  var address: Int
  /// Words, or bits for functions 1 and 2; elsewhere 1.
  var count: Int
  /// Which values, and where in the reply each starts.
  var slots: [Slot]

  /// One value's place.
  struct Slot: Sendable, Hashable {
    var value: Int
    var offset: Int
  }

  var isBits: Bool { function == 1 || function == 2 }

  /// The requests that read the values at `indices`, as few as the dialect allows.
  static func plan(_ profile: InstrumentProfile, values indices: some Sequence<Int>)
    -> [ReadBatch]
  {
    let wanted = Set(indices).filter { profile.values[$0].isReadable }.sorted()
    switch profile.transport.dialect {
    case .modbus: return registers(profile, wanted)
    case .text: return wanted.map { of($0, profile) }
    case .kp184:
      var batches: [ReadBatch] = []
      for index in wanted {
        let batch = of(index, profile)
        if let same = batches.firstIndex(where: { $0.address == batch.address }) {
          batches[same].slots += batch.slots
        } else {
          batches.append(batch)
        }
      }
      return batches
    }
  }

  /// The request that reads the value at `index` alone.
  static func of(_ index: Int, _ profile: InstrumentProfile) -> ReadBatch {
    let value = profile.values[index]
    return ReadBatch(
      function: value.readFunction ?? 0, address: value.address,
      count: profile.transport.dialect == .modbus ? value.encoding.wordCount : 1,
      slots: [Slot(value: index, offset: value.byte ?? 0)])
  }

  /// The fewest requests that read the values at `indices`: neighbours go together, and values
  /// within one range that the device is known to answer as a whole, up to its largest read.
  private static func registers(_ profile: InstrumentProfile, _ wanted: [Int]) -> [ReadBatch] {
    let ordered = wanted.sorted { a, b in
      let a = profile.values[a], b = profile.values[b]
      return (a.readFunction ?? 0, a.address) < (b.readFunction ?? 0, b.address)
    }
    var batches: [ReadBatch] = []
    for index in ordered {
      let value = profile.values[index]
      let function = value.readFunction ?? 0
      if let last = batches.last, last.function == function,
        profile.answersAsWhole(
          function: function, addresses: last.address...value.addresses.upperBound,
          joining: value.address - last.address <= last.count)
      {
        let offset = value.address - last.address
        let end = value.addresses.upperBound - last.address + 1
        batches[batches.count - 1].count = max(last.count, end)
        batches[batches.count - 1].slots.append(Slot(value: index, offset: offset))
      } else {
        batches.append(of(index, profile))
      }
    }
    return batches
  }
}

extension InstrumentProfile {
  // `joining`: the new value touches or overlaps what the batch reads already.
  fileprivate func answersAsWhole(
    function: Int, addresses: ClosedRange<Int>, joining: Bool
  ) -> Bool {
    guard addresses.count <= (function <= 2 ? timing.maxBits : timing.maxWords) else {
      return false
    }
    return joining
      || readable.contains { range in
        range.function == function && range.addresses.contains(addresses.lowerBound)
          && range.addresses.contains(addresses.upperBound)
      }
  }
}
