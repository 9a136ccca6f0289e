internal import Profiles
internal import Quantities
internal import Transports

/// Numbers in a KP184's 32-bit registers and in its status block.
final class KP184DeviceLine: DeviceLine {
  private let values: [DeclaredValue]
  private var line: KP184Line

  init(_ profile: InstrumentProfile, _ line: consuming KP184Line) {
    values = profile.values
    self.line = line
  }

  func begin() throws(LineError) {
    line.forgetOrder()
    _ = try line.findOrder()
  }

  var finding: String? {
    line.order.map { "checksum: \($0 == .highFirst ? "high" : "low") byte first" }
  }

  func read(_ batch: ReadBatch, into counts: UnsafeMutableBufferPointer<Double>)
    throws(LineError)
  {
    guard batch.address == KP184Frame.statusAddress else {
      let raw = try line.readRegister(batch.address)
      // By index: in builds without optimisation an iterator allocates.
      for index in batch.slots.indices {
        let slot = batch.slots[index]
        counts[slot.value] = values[slot.value].count(raw: raw)
      }
      return
    }
    try line.readStatus { block in
      for index in batch.slots.indices {
        let slot = batch.slots[index]
        let value = values[slot.value]
        let raw = KP184Frame.number(block, at: slot.offset, size: value.encoding.byteCount)
        counts[slot.value] = value.count(raw: raw)
      }
    }
  }

  func write(_ count: Double, to index: Int) throws(LineError) {
    try line.write(UInt32(count), to: values[index].address)
  }

  func exchange(_ count: Double, to index: Int, reading: Int) throws(LineError) -> Double {
    preconditionFailure("the decoder lets only Modbus profiles write and read at once")
  }
}
