/// Numbers in lines of text, read and written without a library and without allocating.
public enum DecimalText {
  /// The number at the front of `line`: sign, digits, point, exponent. It may be preceded by blanks
  /// and control characters (an XON, the terminator of the line before), and must be followed by
  /// the end, a comma, a blank or a control character.
  ///
  /// - Parameter isInteger: no point and no exponent are allowed.
  /// - Returns: nil when this is no such number.
  public static func number(
    in line: UnsafeBufferPointer<UInt8>, isInteger: Bool = false
  ) -> Double? {
    var index = 0
    func byte() -> UInt8? { index < line.count ? line[index] : nil }
    while let next = byte(), next <= 0x20 { index += 1 }
    let isNegative = byte() == UInt8(ascii: "-")
    if isNegative || byte() == UInt8(ascii: "+") { index += 1 }
    var mantissa = 0.0, digits = 0, power = 0, isAfterPoint = false
    while let next = byte() {
      if next == UInt8(ascii: "."), !isAfterPoint, !isInteger {
        isAfterPoint = true
      } else if UInt8(ascii: "0")...UInt8(ascii: "9") ~= next {
        mantissa = mantissa * 10 + Double(next - UInt8(ascii: "0"))
        digits += 1
        if isAfterPoint { power -= 1 }
      } else {
        break
      }
      index += 1
    }
    guard 1...30 ~= digits else { return nil }
    if let next = byte(), next | 0x20 == UInt8(ascii: "e"), !isInteger {
      index += 1
      guard let exponent = exponent(line, &index) else { return nil }
      power += exponent
    }
    if let next = byte(), next > 0x20, next != UInt8(ascii: ",") { return nil }
    let magnitude = scaled(mantissa, power)
    guard magnitude.isFinite else { return nil }
    return isNegative ? -magnitude : magnitude
  }

  private static func exponent(_ line: UnsafeBufferPointer<UInt8>, _ index: inout Int) -> Int? {
    var isNegative = false
    if index < line.count, line[index] == UInt8(ascii: "-") || line[index] == UInt8(ascii: "+") {
      isNegative = line[index] == UInt8(ascii: "-")
      index += 1
    }
    var exponent = 0, digits = 0
    while index < line.count, UInt8(ascii: "0")...UInt8(ascii: "9") ~= line[index] {
      exponent = exponent * 10 + Int(line[index] - UInt8(ascii: "0"))
      digits += 1
      index += 1
      guard digits <= 3 else { return nil }
    }
    guard digits > 0 else { return nil }
    return isNegative ? -exponent : exponent
  }

  // One division or one multiplication by an exact power: as near as the digits say, for every
  // number of up to 15 digits and a power of ten up to 22 (Clinger 1990).
  private static func scaled(_ mantissa: Double, _ power: Int) -> Double {
    var rest = abs(power), factor = 1.0, result = mantissa
    while rest > 0 {
      let step = min(rest, 22)
      factor = 1
      for _ in 0..<step { factor *= 10 }
      result = power < 0 ? result / factor : result * factor
      rest -= step
    }
    return result
  }

  /// Writes `number` in fixed point with `decimals` digits (0 to 6) after the point to `buffer`.
  /// |number| up to 1e9.
  ///
  /// - Returns: bytes written, at most 18; 0 when it does not fit.
  public static func write(
    _ number: Double, decimals: Int, to buffer: UnsafeMutableBufferPointer<UInt8>
  ) -> Int {
    guard number.isFinite, abs(number) <= 1e9, 0...6 ~= decimals, buffer.count >= 18 else {
      return 0
    }
    var units = 1
    for _ in 0..<decimals { units *= 10 }
    var rest = Int((abs(number) * Double(units)).rounded())
    let isNegative = number < 0 && rest > 0
    // From the last digit to the first, then turned around.
    var count = 0
    var digit = 0
    while rest > 0 || digit <= decimals {
      if digit == decimals, decimals > 0 {
        buffer[count] = UInt8(ascii: ".")
        count += 1
      }
      buffer[count] = UInt8(ascii: "0") + UInt8(rest % 10)
      rest /= 10
      count += 1
      digit += 1
    }
    if isNegative {
      buffer[count] = UInt8(ascii: "-")
      count += 1
    }
    for index in 0..<(count / 2) { buffer.swapAt(index, count - 1 - index) }
    return count
  }
}
