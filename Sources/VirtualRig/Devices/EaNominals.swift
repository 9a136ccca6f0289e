/// EA's counts, and the registers that say what a count is worth.
enum EaNominals {
  /// 100 %.
  static let full: UInt16 = 0xCCCC
  /// 102 %.
  static let highestSetting: UInt16 = 0xD0E5
  /// 110 %.
  static let highestThreshold: UInt16 = 0xE147

  /// A value in counts; 125 % and more reads 0xFFFF.
  static func counts(_ value: Double, of nominal: Double) -> UInt16 {
    RegisterWords.unsigned(value / nominal * Double(full), scale: 1)
  }

  /// Counts as a value.
  static func value(_ counts: UInt16, of nominal: Double) -> Double {
    Double(counts) / Double(full) * nominal
  }

  /// A word of the device's identity and nominals; nil at other addresses.
  static func word(_ address: Int, type: String) -> UInt16? {
    let nominal = BidirectionalStage.nominal
    return switch address {
    case 1...20: text(type, address - 1)
    case 21...40: text("EA Elektro-Automatik", address - 21)
    case 121, 122: RegisterWords.float(nominal.voltage)[address - 121]
    case 123, 124: RegisterWords.float(nominal.current)[address - 123]
    case 125, 126: RegisterWords.float(nominal.power)[address - 125]
    case 151...170: text("0000000001", address - 151)
    case 191...210: text("KE 3.06", address - 191)
    default: nil
    }
  }

  /// Two characters a word, padded with zeros.
  private static func text(_ text: String, _ word: Int) -> UInt16 {
    let bytes = Array(text.utf8)
    func byte(_ index: Int) -> UInt16 { index < bytes.count ? UInt16(bytes[index]) : 0 }
    return byte(2 * word) << 8 | byte(2 * word + 1)
  }
}
