extension SafePlan {
  /// What a plan may hold; anything beyond is a fault of whoever compiled it.
  enum Bounds {
    static let devices = 64
    static let exchanges = 256
    /// Longest Modbus frame: 256 bytes on a serial line, 260 with an MBAP header.
    static let frame = 260
    static let text = 256
  }

  /// Refuses what the guard could not carry out: lengths, times or numbers out of range.
  public func validate() throws(ByteCodingError) {
    guard !devices.isEmpty, devices.count <= Bounds.devices else {
      throw ByteCodingError("safe plan: \(devices.count) devices, 1 to \(Bounds.devices) allowed")
    }
    for device in devices { try device.validate() }
    try verification.validate()
    try require(50...60_000, heartbeatSilenceMilliseconds, "heartbeat silence, ms")
    guard watch.count <= Bounds.devices else {
      throw ByteCodingError("safe plan: \(watch.count) watched devices, 64 allowed")
    }
    for device in watch {
      try device.validate()
      try device.requireReads()
    }
    try verification.device.requireReads()
    // A week.
    try require(0...604_800, watchSeconds, "watch, s")
  }
}

extension SafePlan.Device {
  fileprivate func validate() throws(ByteCodingError) {
    guard !name.isEmpty, name.utf8.count <= SafePlan.Bounds.text else {
      throw ByteCodingError("safe plan: device name of \(name.utf8.count) bytes, 1 to 256 allowed")
    }
    guard descriptor >= 3 else {
      throw ByteCodingError("\(name): descriptor \(descriptor), 3 or more allowed")
    }
    guard !exchanges.isEmpty, exchanges.count <= SafePlan.Bounds.exchanges else {
      throw ByteCodingError("\(name): \(exchanges.count) exchanges, 1 to 256 allowed")
    }
    for exchange in exchanges { try exchange.validate(framing: framing, of: name) }
  }
}

extension SafePlan.Device {
  /// Refuses what is more than a question: after a trip nothing may switch anything on.
  fileprivate func requireReads() throws(ByteCodingError) {
    for exchange in exchanges {
      guard !framing.isRead(exchange.request) else { continue }
      throw ByteCodingError("\(name): \(exchange.purpose): not a read, only reads are allowed")
    }
  }
}

extension SafePlan.Framing {
  /// Whether a request only asks: of Modbus coils, inputs, holding and input registers; of a KP184 its
  /// read; of text one query, which ends in a question mark and says nothing else.
  fileprivate func isRead(_ request: [UInt8]) -> Bool {
    switch self {
    case .rtu: return (1...4).contains(request[1])
    case .tcp: return (1...4).contains(request[7])
    case .kp184HighFirst, .kp184LowFirst: return request[1] == 3
    case .text:
      let words = request.reversed().drop { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
      let separators = [UInt8(ascii: ";"), UInt8(ascii: "\n"), UInt8(ascii: "\r")]
      return words.first == UInt8(ascii: "?") && !words.contains { separators.contains($0) }
    }
  }
}

extension SafePlan.Exchange {
  fileprivate func validate(
    framing: SafePlan.Framing, of name: String
  ) throws(ByteCodingError) {
    try check(request, framing, of: name, atLeast: framing.shortest)
    try check(reply, framing, of: name, atLeast: framing == .text ? 0 : framing.shortest)
    guard replyMask.count == reply.count else {
      throw ByteCodingError(
        "\(name): \(purpose): mask of \(replyMask.count) bytes for a reply of \(reply.count)")
    }
    guard purpose.utf8.count <= SafePlan.Bounds.text else {
      throw ByteCodingError("\(name): purpose of \(purpose.utf8.count) bytes, 256 allowed")
    }
    guard framing.isSealed(request) else {
      throw ByteCodingError("\(name): \(purpose): the request's end is wrong")
    }
    try require(1...60_000, replyTimeoutMilliseconds, "\(name): reply timeout, ms")
    try require(0...10_000, gapMilliseconds, "\(name): gap, ms")
    try require(1...100, attempts, "\(name): attempts")
  }

  private func check(
    _ frame: [UInt8], _ framing: SafePlan.Framing, of name: String, atLeast shortest: Int
  ) throws(ByteCodingError) {
    guard frame.count >= shortest, frame.count <= SafePlan.Bounds.frame else {
      throw ByteCodingError(
        "\(name): \(purpose): frame of \(frame.count) bytes, \(shortest) to 260 allowed")
    }
  }
}

extension SafePlan.Framing {
  /// Unit, function and checksum; or MBAP header, unit and function; or a character and its end.
  fileprivate var shortest: Int {
    switch self {
    case .rtu: 4
    case .tcp, .kp184HighFirst, .kp184LowFirst: 8
    case .text: 2
    }
  }

  /// Whether a request ends as this framing wants it: with its checksum, or with a line's end.
  fileprivate func isSealed(_ request: [UInt8]) -> Bool {
    switch self {
    case .rtu: ModbusCRC.framed(Array(request.dropLast(2))) == request
    case .tcp: true
    case .kp184HighFirst: KP184Frame.isSealed(request, .highFirst)
    case .kp184LowFirst: KP184Frame.isSealed(request, .lowFirst)
    case .text: request.last == UInt8(ascii: "\n") || request.last == UInt8(ascii: "\r")
    }
  }
}

extension SafePlan.ZeroCurrent {
  fileprivate func validate() throws(ByteCodingError) {
    try device.validate()
    guard (format == .decimalText) == (device.framing == .text) else {
      throw ByteCodingError("\(device.name): a number in text comes over text, and no other does")
    }
    let size: UInt64 = format == .decimalText ? 1 : format == .float32BigEndian ? 4 : 2
    guard let reply = device.exchanges.last?.reply, UInt64(offset) + size <= UInt64(reply.count)
    else {
      throw ByteCodingError(
        "\(device.name): current at byte \(offset) lies outside the last reply")
    }
    guard scale.isFinite, scale != 0, zero.isFinite, threshold.isFinite, threshold > 0 else {
      throw ByteCodingError(
        "\(device.name): scale \(scale), zero \(zero) and threshold \(threshold) must be finite, "
          + "scale not 0, threshold positive")
    }
    try require(1...1_000, readings, "\(device.name): zero-current readings")
    try require(1...3_600_000, timeoutMilliseconds, "\(device.name): zero-current timeout, ms")
  }
}

private func require(
  _ allowed: ClosedRange<UInt32>, _ value: UInt32, _ what: String
) throws(ByteCodingError) {
  guard allowed.contains(value) else {
    throw ByteCodingError(
      "\(what): \(value), \(allowed.lowerBound) to \(allowed.upperBound) allowed")
  }
}
