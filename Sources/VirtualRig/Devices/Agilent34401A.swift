/// Agilent 34401A multimeter on RS-232, across the cell's tabs: lines of text.
///
/// Until `SYST:REM` it accepts nothing else, says nothing and queues an error. A reading is the mean
/// over the integration time (pace) that the resolution asks for, zero reading included.
/// Sources: nominal-io/instro agilent_a34401a.py; ranges, integration times, errors -113, -222 and 550
/// and the name from memory of the user's guide.
struct Agilent34401A: EmulatedDevice {
  private static let ranges = [0.1, 1, 10, 100, 1000]
  /// Resolution as a fraction of the range, and power line cycles (50 Hz).
  private static let resolutions = [
    (3e-7, 100.0), (1e-6, 10), (3e-6, 1), (1e-5, 0.2), (1e-4, 0.02),
  ]
  private static let queueLength = 20

  private let voltage: Sensor
  private let noise: NoiseStream
  private var isRemote = false
  private var range = 10.0
  private var setting = resolutions[1]
  private var errors: [String] = []
  private(set) var thinkingTime = 0.0

  init(_ name: String, seed: UInt64, errors: [String: SensorErrors]) {
    voltage = Sensor("\(name).voltage", seed: seed, errors: errors["\(name).voltage"]) {
      $0.cellVoltage
    }
    noise = NoiseStream(seed: seed, name: "noise \(name) itself")
  }

  mutating func loseRemote() { isRemote = false }
  func isWrite(_ request: [UInt8]) -> Bool { !request.contains(UInt8(ascii: "?")) }
  func refusal(of request: [UInt8], code: UInt8) -> [UInt8]? { nil }

  /// `request` is a line without its end; so is the reply.
  mutating func answer(_ request: [UInt8], _ bench: inout BenchPhysics) -> [UInt8]? {
    thinkingTime = 0
    let line = String(decoding: request, as: UTF8.self).uppercased()
    let parts = line.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: true)
    guard let header = parts.first.map(String.init) else { return nil }
    guard isRemote || ["SYST:REM", "SYSTEM:REMOTE"].contains(header) else {
      fail("+550,\"Command not allowed in local\"")
      return nil
    }
    return obey(header, parts.count > 1 ? String(parts[1]) : "", bench).map { Array($0.utf8) }
  }

  private mutating func obey(_ header: String, _ argument: String, _ bench: BenchPhysics)
    -> String?
  {
    switch header {
    case "SYST:REM", "SYSTEM:REMOTE": isRemote = true
    case "SYST:LOC", "SYSTEM:LOCAL": isRemote = false
    case "*CLS": errors = []
    case "*RST": (range, setting) = (10, Self.resolutions[1])
    case "*IDN?": return "HEWLETT-PACKARD,34401A,0,11-5-2"
    case "CONF:VOLT:DC": configure(argument)
    case "MEAS:VOLT:DC?":
      configure(argument)
      return reading(bench)
    case "READ?": return reading(bench)
    case "SYST:ERR?": return errors.isEmpty ? "+0,\"No error\"" : errors.removeFirst()
    default: fail("-113,\"Undefined header\"")
    }
    return nil
  }

  private mutating func fail(_ error: String) {
    if errors.count < Self.queueLength { errors.append(error) }
  }

  /// `range,resolution` in V; either may be DEF, MIN or MAX.
  private mutating func configure(_ argument: String) {
    let words = argument.split(separator: ",").map { String($0.filter { $0 != " " }) }
    func number(_ index: Int, _ least: Double, _ most: Double, _ usual: Double) -> Double? {
      guard index < words.count else { return usual }
      return switch words[index] {
      case "DEF", "AUTO": usual
      case "MIN": least
      case "MAX": most
      default: Double(words[index])
      }
    }
    guard words.count <= 2, let wanted = number(0, 0.1, 1000, 10),
      let range = Self.ranges.first(where: { abs(wanted) <= $0 }),
      let fine = number(1, 3e-7 * range, 1e-4 * range, 1e-6 * range),
      let setting = Self.resolutions.last(where: { $0.0 * range <= fine * 1.000001 })
    else {
      fail("-222,\"Data out of range\"")
      return
    }
    (self.range, self.setting) = (range, setting)
  }

  private mutating func reading(_ bench: BenchPhysics) -> String {
    let window = setting.1 / 50
    // Every second integration reads zero.
    thinkingTime = 2 * window
    let counter = bench.now / Sensor.noiseInterval
    var value = voltage.read(bench, averaging: Int64(window * 1e6))
    value += noise.normal(at: counter) * setting.0 * range
    guard abs(value) <= 1.2 * range else {
      return ScientificText.text(value < 0 ? -9.9e37 : 9.9e37)
    }
    let resolution = setting.0 * range
    return ScientificText.text((value / resolution).rounded() * resolution)
  }
}
