extension DeclaredValue {
  /// Address of the status block.
  static let statusAddress = 0x0300
  /// Bytes of data in it.
  static let statusCount = 18

  /// A 32-bit register, or a part of the status block that one read brings together.
  mutating func decodeKP184(_ table: TomlTable) throws(ProfileError) {
    address = try table.integer("address", in: 0...0xFFFF)
    try decodeRaw(table)
    guard readFunction == nil || readFunction == 3 else {
      throw table.error("read", "a KP184 reads by 3")
    }
    guard writeFunction == nil || writeFunction == 6 else {
      throw table.error("write", "a KP184 writes by 6")
    }
    guard address == Self.statusAddress else {
      guard encoding == .u32 else { throw table.error("type", "a KP184's registers are u32") }
      guard !table.contains("byte") else {
        throw table.error("byte", "only the status block, address 0x0300, has parts")
      }
      return
    }
    guard [.u8, .u16, .u24].contains(encoding) else {
      throw table.error("type", "u8, u16 or u24 is wanted: a part of the status block")
    }
    byte = try table.integer("byte", in: 0...(Self.statusCount - encoding.byteCount))
    guard readFunction == 3, writeFunction == nil else {
      throw table.error("read", "the status block is read by 3 and never written")
    }
  }
}
