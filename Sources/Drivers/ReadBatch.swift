internal import Profiles

/// Several values that one request reads.
struct ReadBatch: Sendable, Hashable {
  /// Read function, 1 to 4.
  var function: Int
  /// First address.
  var address: Int
  /// Words, or bits for functions 1 and 2.
  var count: Int
  /// Which values, and where in the reply each starts.
  var slots: [Slot]

  /// One value's place.
  struct Slot: Sendable, Hashable {
    var value: Int
    var offset: Int
  }

  var isBits: Bool { function <= 2 }

  /// The fewest requests that read the values at `indices`: neighbours go together, and values
  /// within one range that the device is known to answer as a whole, up to its largest read.
  static func plan(_ profile: InstrumentProfile, values indices: some Sequence<Int>)
    -> [ReadBatch]
  {
    let wanted = Set(indices).filter { profile.values[$0].readFunction != nil }
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
        batches.append(
          ReadBatch(
            function: function, address: value.address, count: value.encoding.wordCount,
            slots: [Slot(value: index, offset: 0)]))
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
