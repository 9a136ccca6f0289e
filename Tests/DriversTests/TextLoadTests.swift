import Drivers
import Foundation
import Guard
import Instruments
import Profiles
import Quantities
import Synchronization
import Testing
import Transports

/// A load of text, from its profile to what the guard does with it.
@Suite("A load that speaks lines of text")
struct TextLoadTests {
  /// Made up, in the words of many SCPI loads.
  static let load = """
    schema = 1
    [instrument]
    vendor = "none"
    model = "made up"
    kind = "load"
    confidence = "none: a test"
    sources = ["this test"]
    quirks = []
    unknown = []
    [safety]
    comms_loss = "unknown"
    [transport]
    dialect = "text"
    terminator = "lf"
    [transport.serial]
    baud = 9600
    data_bits = 8
    parity = "none"
    stop_bits = 1
    [timing]
    reply_timeout = "20 s"
    gap = "4 ms"
    gap_after_write = "10 ms"
    read_attempts = 1
    max_words = 1
    age_limit = "5 s"
    [value.remote]
    type = "decimal"
    send = "SYST:REM"
    writes = [1]
    repeatable = true
    [value.input]
    type = "decimal"
    query = "INP?"
    reply = "integer"
    send = "INP {}"
    writes = [0, 1]
    [value.setpoint]
    type = "decimal"
    query = "CURR?"
    reply = "float"
    send = "CURR {}"
    decimals = 3
    unit = "A"
    [value.voltage]
    type = "decimal"
    query = "MEAS:VOLT?"
    reply = "float"
    unit = "V"
    [value.amperes]
    type = "decimal"
    query = "MEAS:CURR?"
    reply = "float"
    unit = "A"
    [channel]
    voltage = "voltage"
    current = "amperes"
    is_on = "input"
    protection_tripped = { inferred = "input" }
    [procedure]
    open = [
      { write = "remote", value = 1 },
      { write = "input", value = 0 },
      { check = "input", equals = 0 },
    ]
    safe = [
      { write = "remote", value = 1 },
      { write = "input", value = 0 },
      { write = "setpoint", value = 0 },
      { check = "input", equals = 0 },
      { check = "setpoint", equals = 0 },
    ]
    [command]
    set_current = [{ write = "setpoint", value = "current", read_back = true }]
    switch_on = [{ write = "input", value = 1 }, { check = "input", equals = 1 }]
    switch_off = [{ write = "input", value = 0 }, { check = "input", equals = 0 }]
    """

  /// Answers `X?` with the last number that `X n` brought, unless it is deaf to orders.
  private final class Device: Sendable {
    private struct State {
      var held = ["INP": "1", "CURR": "2.500"]
      var isDeaf = false
    }
    let line: ByteDevice
    private let state: Mutex<State>

    init() throws {
      let line = try ByteDevice(lines: true) { _ in [] }
      self.line = line
      state = Mutex(State())
      line.answer { [self] request in
        let words = String(decoding: request.dropLast(), as: UTF8.self).split(separator: " ")
        return state.withLock { state in
          if words[0].hasSuffix("?") {
            return Array((state.held[String(words[0].dropLast())] ?? "0").utf8) + [10]
          }
          if words.count == 2, !state.isDeaf { state.held[String(words[0])] = String(words[1]) }
          return []
        }
      }
    }

    func turnDeaf() { state.withLock { $0.isDeaf = true } }
    var held: [String: String] { state.withLock { $0.held } }
    var lines: [String] {
      line.requests.map { String(decoding: $0.dropLast(), as: UTF8.self) }
    }
  }

  private func sequence(_ device: Device) throws -> SafeSequence {
    let profile = try InstrumentProfile(text: Self.load, file: "l.toml")
    let plan = SafePlan(
      devices: [
        try SafePlanCompiler.device(
          name: "load", profile: profile, descriptor: device.line.client, framing: .rtu)
      ],
      verification: try SafePlanCompiler.zeroCurrent(
        name: "load", profile: profile, channel: "current", descriptor: device.line.client,
        framing: .rtu, threshold: Amperes(0.02), timeout: Seconds(5)),
      heartbeatSilenceMilliseconds: 500)
    // As it reaches the guard.
    return SafeSequence(try SafePlan.decode(plan.encoded()), log: GuardLog(descriptor: -1))
  }

  @Test(
    "SAF-001 its compiled plan makes it safe: orders that wait for nothing, then what proves them")
  func safe() throws {
    let device = try Device()
    defer { device.line.stop() }
    var sequence = try sequence(device)
    #expect(sequence.plan.devices[0].exchanges.map(\.gapMilliseconds) == [10, 10, 10, 10, 10])
    let isComplete = sequence.replay()
    #expect(isComplete)
    #expect(device.lines == ["SYST:REM", "INP 0", "CURR 0.000", "INP?", "CURR?"])
    #expect(device.held == ["INP": "0", "CURR": "0.000"])
    #expect(
      sequence.log.lines == [
        "load: load: remote = 1: sent", "load: load: input = 0: sent",
        "load: load: setpoint = 0: sent", "load: load: input is 0: done",
        "load: load: setpoint is 0: done",
      ])
  }

  @Test("SAF-001 a load of text that takes no orders is not made safe by having been told")
  func deaf() throws {
    let device = try Device()
    defer { device.line.stop() }
    device.turnDeaf()
    var sequence = try sequence(device)
    var plan = sequence.plan
    for index in plan.devices[0].exchanges.indices {
      plan.devices[0].exchanges[index].replyTimeoutMilliseconds = 50
    }
    sequence = SafeSequence(plan, log: GuardLog(descriptor: -1))
    let isComplete = sequence.replay()
    #expect(!isComplete)
    #expect(sequence.log.lines.contains("load: load: input = 0: sent"))
    #expect(sequence.log.lines.last?.contains("setpoint is 0: no reply in 50 ms") == true)
    #expect(device.held == ["INP": "1", "CURR": "2.500"])
  }

  @Test("the driver sets it, reads back what it took, and says so when it took nothing")
  func driven() throws {
    let device = try Device()
    defer { device.line.stop() }
    let load = try ProfiledInstrument(
      name: "load", profile: InstrumentProfile(text: Self.load, file: "l.toml"),
      descriptor: device.line.client, framing: .rtu, pacing: .stepped, limits: Shipped.limits)
    try load.open(at: .zero)
    #expect(device.held["INP"] == "0")
    let set = try load.perform(.setCurrent(Amperes(1.25), ceiling: Volts(4)), at: .zero)
    #expect(set.agrees && device.held["CURR"] == "1.250")
    let on = try load.perform(.switchOn, at: .zero)
    #expect(on.agrees && device.held["INP"] == "1")
    device.turnDeaf()
    let ignored = try load.perform(.setCurrent(Amperes(2), ceiling: Volts(4)), at: .zero)
    #expect(ignored == Readback(requested: 2, read: 1.25, agrees: false))
    let off = try load.perform(.switchOff, at: .zero)
    #expect(off == Readback(requested: 0, read: 1, agrees: false))
    #expect(device.held == ["INP": "1", "CURR": "1.250"])
  }
}
