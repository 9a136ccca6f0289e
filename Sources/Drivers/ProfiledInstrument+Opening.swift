public import Instruments
internal import Profiles
public import Quantities
internal import Transports

extension ProfiledInstrument {
  /// In order: identity, scales, the profile's `open` and `arm`, one whole acquisition. Nothing is
  /// written before identity and scales are known.
  public func open(at now: Seconds) throws(InstrumentError) {
    ceiling = nil
    (isSwitchedOn, hasFallen, isSink) = (false, false, false)
    for index in closings.indices { closings[index] = -.infinity }
    for argument in profile.limitsToArm where limits.value(of: argument) == nil {
      throw error(.unsupported, "no \(argument.rawValue) given, which the profile arms")
    }
    try begin()
    try require(profile.open)
    if profile.transport.isRemoteToRead {
      try identify()
      try resolveScales()
    }
    try require(profile.arm)
    for batch in batches {
      do throws(LineError) { try read(batch) } catch { throw failure(error) }
    }
  }

  /// What reads alone tell: what the dialect leaves open, identity, scales.
  func begin() throws(InstrumentError) {
    do throws(LineError) { try line.begin() } catch { throw failure(error) }
    guard !profile.transport.isRemoteToRead else { return }
    try identify()
    try resolveScales()
  }

  private func identify() throws(InstrumentError) {
    guard let identity = profile.identity else { return }
    let read = try readOrThrow(identity.value)
    guard identity.allowed.contains(where: { Double($0) == read }) else {
      let allowed = identity.allowed.map(String.init).joined(separator: ", ")
      throw error(
        .identity,
        "\(profile.values[identity.value].name) reads \(read.formattedCount): "
          + "a \(profile.model) reads \(allowed)")
    }
  }

  private func resolveScales() throws(InstrumentError) {
    for (name, table) in profile.scales.sorted(by: { $0.key < $1.key }) {
      let read = try readOrThrow(table.by)
      guard let scale = table.scale(at: read) else {
        throw error(
          .identity,
          "scale \(name) is not known for \(profile.values[table.by].name) = "
            + read.formattedCount)
      }
      for (index, value) in profile.values.enumerated() where value.scale == .named(name) {
        scales[index] = scale
      }
    }
  }

  /// Runs the profile's `safe` until the device confirms it, as often as reads are tried.
  public func makeSafe(at now: Seconds) throws(InstrumentError) {
    (isSwitchedOn, isSink) = (false, false)
    ceiling = nil
    var failure: InstrumentError?
    for _ in 0..<max(1, profile.timing.readAttempts) {
      failure = attemptSafe()
      guard failure != nil else { return }
    }
    if let failure { throw failure }
  }

  // Every step is tried whatever came of those before it; what counts is what the device confirms.
  private func attemptSafe() -> InstrumentError? {
    var failure: InstrumentError?
    var confirmed = false
    for step in profile.safe {
      do throws(InstrumentError) {
        try require([step])
        if case .check = step.action { confirmed = true }
      } catch {
        if case .check = step.action { return error }
        failure = failure ?? error
      }
    }
    return confirmed ? nil : failure
  }

  /// Runs the profile's `close`; a step that fails is passed over.
  public func close(at now: Seconds) {
    // Nothing can be done about a device that does not answer here; it is safe already.
    for step in profile.close {
      do throws(InstrumentError) { try require([step]) } catch { continue }
    }
  }
}

extension Double {
  /// Without a fraction where there is none.
  var formattedCount: String { Int(exactly: self).map(String.init) ?? "\(self)" }
}
