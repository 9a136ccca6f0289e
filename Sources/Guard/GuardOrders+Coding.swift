public import Quantities

extension GuardOrders {
  private static let magic = "LSGO"
  private static let version: UInt16 = 1
  private static let bounds = (arguments: 256, ports: 64, locks: 128, plan: 1 << 22)
  /// No orders are longer.
  static let longest = 1 << 23

  /// The orders as bytes; refuses what `decode` would refuse.
  public func encoded() throws(ByteCodingError) -> [UInt8] {
    var writer = ByteWriter()
    writer.block(try plan.encoded())
    writer.text(controller)
    writer.list(arguments) { $0.text($1) }
    writer.list(ports) {
      $0.text($1.name)
      $0.integer($1.descriptor)
    }
    writer.list(locks) { $0.integer($1) }
    for text in [bench, runFolder, latchFolder] { writer.text(text) }
    let bytes = SealedBlob.seal(writer.bytes, magic: Self.magic, version: Self.version)
    _ = try Self.decode(bytes)
    return bytes
  }

  /// The orders in `bytes`; any damage, excess or value out of range is an error, never a trap.
  public static func decode(_ bytes: [UInt8]) throws(ByteCodingError) -> GuardOrders {
    var reader = ByteReader(try SealedBlob.open(bytes, magic: magic, version: version))
    let orders = GuardOrders(
      plan: try SafePlan.decode(try reader.block("safe plan", atMost: bounds.plan)),
      controller: try reader.text("controller"),
      arguments: try reader.list("arguments", atMost: bounds.arguments) {
        (reader: inout ByteReader) throws(ByteCodingError) in try reader.text("argument")
      },
      ports: try reader.list("ports", atMost: bounds.ports) {
        (reader: inout ByteReader) throws(ByteCodingError) in
        Port(
          name: try reader.text("port name", atMost: 256),
          descriptor: try reader.integer(Int32.self, "port descriptor"))
      },
      locks: try reader.list("locks", atMost: bounds.locks) {
        (reader: inout ByteReader) throws(ByteCodingError) in
        try reader.integer(Int32.self, "lock descriptor")
      },
      bench: try reader.text("bench name", atMost: 256),
      runFolder: try reader.text("run folder"),
      latchFolder: try reader.text("latch folder"))
    guard reader.isAtEnd else { throw ByteCodingError("guard orders: bytes after their end") }
    try orders.validate()
    return orders
  }

  private func validate() throws(ByteCodingError) {
    for (what, path) in [("controller", controller), ("latch folder", latchFolder)]
    where !path.hasPrefix("/") {
      throw ByteCodingError("guard orders: \(what) `\(path)` is not an absolute path")
    }
    guard !arguments.isEmpty else { throw ByteCodingError("guard orders: no arguments") }
    guard BenchLatch.isName(bench) else {
      throw ByteCodingError("guard orders: bench name `\(bench)`: \(BenchLatch.nameRule)")
    }
    if let wrong = (ports.map(\.descriptor) + locks).first(where: { $0 < 3 }) {
      throw ByteCodingError("guard orders: descriptor \(wrong), 3 or more allowed")
    }
    if let wrong = ports.first(where: { $0.name.isEmpty || $0.name.contains("=") }) {
      throw ByteCodingError("guard orders: port name `\(wrong.name)` is empty or holds `=`")
    }
  }
}
