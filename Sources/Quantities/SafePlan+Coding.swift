// Length-prefixed little-endian bytes: the guard reads its orders without a parser, and a blob that
// was cut, damaged or written by another version is refused before anything is energised.

extension SafePlan {
  /// The plan as bytes for the guard; refuses a plan that `decode` would refuse.
  public func encoded() throws(ByteCodingError) -> [UInt8] {
    try validate()
    var writer = ByteWriter()
    writer.list(devices) { $0.device($1) }
    writer.device(verification.device)
    writer.integer(verification.offset)
    writer.integer(verification.format.rawValue)
    writer.real(verification.scale)
    writer.real(verification.zero)
    writer.real(verification.threshold)
    writer.integer(verification.readings)
    writer.integer(verification.timeoutMilliseconds)
    writer.integer(heartbeatSilenceMilliseconds)
    writer.list(watch) { $0.device($1) }
    writer.integer(watchSeconds)
    return SealedBlob.seal(writer.bytes, magic: "LSSP", version: 2)
  }

  /// The plan in `bytes`; any damage, excess or value out of range is an error, never a trap.
  public static func decode(_ bytes: [UInt8]) throws(ByteCodingError) -> SafePlan {
    var reader = ByteReader(try SealedBlob.open(bytes, magic: "LSSP", version: 2))
    let devices = try reader.list("safe plan devices", atMost: Bounds.devices) {
      (reader: inout ByteReader) throws(ByteCodingError) in try reader.device()
    }
    let meter = try reader.device()
    let offset = try reader.integer(UInt32.self, "current's offset")
    let rawFormat = try reader.integer(UInt8.self, "current's format")
    guard let format = NumberFormat(rawValue: rawFormat) else {
      throw ByteCodingError("safe plan: current's format \(rawFormat), 0 to 3 allowed")
    }
    let plan = SafePlan(
      devices: devices,
      verification: ZeroCurrent(
        device: meter, offset: offset, format: format,
        scale: try reader.real("current's scale"), zero: try reader.real("current's zero"),
        threshold: try reader.real("zero-current threshold"),
        readings: try reader.integer(UInt32.self, "zero-current readings"),
        timeoutMilliseconds: try reader.integer(UInt32.self, "zero-current timeout")),
      heartbeatSilenceMilliseconds: try reader.integer(UInt32.self, "heartbeat silence"),
      watch: try reader.list("watched devices", atMost: Bounds.devices) {
        (reader: inout ByteReader) throws(ByteCodingError) in try reader.device()
      },
      watchSeconds: try reader.integer(UInt32.self, "watch"))
    guard reader.isAtEnd else { throw ByteCodingError("safe plan: bytes after its end") }
    try plan.validate()
    return plan
  }
}

extension ByteWriter {
  fileprivate mutating func device(_ device: SafePlan.Device) {
    text(device.name)
    integer(device.descriptor)
    integer(device.framing.rawValue)
    list(device.exchanges) {
      $0.text($1.purpose)
      $0.block($1.request)
      $0.block($1.reply)
      $0.block($1.replyMask)
      $0.integer($1.replyTimeoutMilliseconds)
      $0.integer($1.gapMilliseconds)
      $0.integer($1.attempts)
    }
  }
}

extension ByteReader {
  fileprivate mutating func device() throws(ByteCodingError) -> SafePlan.Device {
    let name = try text("device name", atMost: SafePlan.Bounds.text)
    let descriptor = try integer(Int32.self, "device descriptor")
    let rawFraming = try integer(UInt8.self, "device framing")
    guard let framing = SafePlan.Framing(rawValue: rawFraming) else {
      throw ByteCodingError("device \(name): framing \(rawFraming), 0 to 4 allowed")
    }
    let exchanges = try list("device exchanges", atMost: SafePlan.Bounds.exchanges) {
      (reader: inout ByteReader) throws(ByteCodingError) in try reader.exchange()
    }
    return SafePlan.Device(
      name: name, descriptor: descriptor, framing: framing, exchanges: exchanges)
  }

  private mutating func exchange() throws(ByteCodingError) -> SafePlan.Exchange {
    SafePlan.Exchange(
      purpose: try text("purpose", atMost: SafePlan.Bounds.text),
      request: try block("request", atMost: SafePlan.Bounds.frame),
      reply: try block("reply", atMost: SafePlan.Bounds.frame),
      replyMask: try block("reply mask", atMost: SafePlan.Bounds.frame),
      replyTimeoutMilliseconds: try integer(UInt32.self, "reply timeout"),
      gapMilliseconds: try integer(UInt32.self, "gap"),
      attempts: try integer(UInt32.self, "attempts"))
  }
}
