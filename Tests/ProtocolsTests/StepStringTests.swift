import Protocols
import Quantities
import Testing

/// What a step string is refused for, or nil when it is read.
private func refusal(_ text: String) -> String? {
  do {
    _ = try ProtocolStep(parsing: text)
    return nil
  } catch { return "\(error)" }
}

@Suite struct StepStringTests {
  // The grammar's examples; our sign: charge is positive.
  @Test(
    arguments: [
      ("Rest for 600.0 seconds", .rest, [.duration(Seconds(600))]),
      (
        "Charge at 0.3333333333333333C for 4 hours or until 4.2 V",
        .current(.rate(0.3333333333333333)),
        [.duration(Seconds(14400)), .voltage(.atLeast, Volts(4.2))]
      ),
      (
        "Hold at 4.2 V for 1 hour or until 0.05C", .hold(Volts(4.2)),
        [.duration(Seconds(3600)), .currentBelow(.rate(0.05))]
      ),
      (
        "Discharge at 2500.0 mA until 2.5 V", .current(.amperes(Amperes(-2.5))),
        [.voltage(.atMost, Volts(2.5))]
      ),
      ("Hold at 4.2V until C/20", .hold(Volts(4.2)), [.currentBelow(.rate(0.05))]),
      ("Hold at 4200 mV until 50 mA", .hold(Volts(4.2)), [.currentBelow(.amperes(Amperes(0.05)))]),
      ("Charge at C/3 until 4.2 V", .current(.rate(1.0 / 3)), [.voltage(.atLeast, Volts(4.2))]),
      ("Discharge at 0.5 C for 12 m", .current(.rate(-0.5)), [.duration(Seconds(720))]),
      ("Discharge at 1 A for 2 h", .current(.amperes(Amperes(-1))), [.duration(Seconds(7200))]),
      ("Rest for 10 sec", .rest, [.duration(Seconds(10))]),
      ("Rest until < 3.5 V", .rest, [.voltage(.atMost, Volts(3.5))]),
      ("Rest until >3.5 V", .rest, [.voltage(.atLeast, Volts(3.5))]),
      ("Charge at 1C until 2 Ah", .current(.rate(1)), [.charge(AmpereHours(2))]),
      (
        "Charge at 1C until 45 degC or 4.2 V", .current(.rate(1)),
        [.temperature(.atLeast, Celsius(45)), .voltage(.atLeast, Volts(4.2))]
      ),
      (
        "Discharge at C/3 until SOC 10 % or until 2.5 V", .current(.rate(-1.0 / 3)),
        [.stateOfCharge(.atMost, StateOfCharge(0.1)), .voltage(.atMost, Volts(2.5))]
      ),
      (
        "Charge at 1C until SOC 80 %", .current(.rate(1)),
        [
          .stateOfCharge(.atLeast, StateOfCharge(0.8))
        ]
      ),
      (
        "Rest for 3 hours or until within 0.5 K of ambient", .rest,
        [.duration(Seconds(10800)), .nearAmbient(Kelvins(0.5))]
      ),
      ("Chamber at 10 degC", .chamber(Celsius(10)), []),
      ("Chamber at -10 degC for 1 h", .chamber(Celsius(-10)), [.duration(Seconds(3600))]),
      (
        "Charge at C/3 to 4.2 V until C/20", .currentThenHold(.rate(1.0 / 3), Volts(4.2)),
        [.currentBelow(.rate(0.05))]
      ),
    ] as [(String, ProtocolStep.Mode, [StepEnd])])
  func isRead(_ text: String, _ mode: ProtocolStep.Mode, _ ends: [StepEnd]) throws {
    let step = try ProtocolStep(parsing: text)
    #expect(step.mode == mode)
    #expect(step.ends == ends)
    #expect(step.text == text)
  }

  // PyBaMM's grammar with power and resistance; what is plain stays as it is.
  @Test(
    arguments: [
      (
        "Discharge at 5 W until 3 V", .power(Watts(-5)), [.voltage(.atMost, Volts(3))]
      ),
      (
        "Charge at 500 mW for 1 h or until 4.2 V", .power(Watts(0.5)),
        [.duration(Seconds(3600)), .voltage(.atLeast, Volts(4.2))]
      ),
      ("Charge at 5W until C/20", .power(Watts(5)), [.currentBelow(.rate(0.05))]),
      ("Discharge at 2 Ohm for 10 minutes", .resistance(Ohms(2)), [.duration(Seconds(600))]),
      ("Discharge at 50 mOhm until 3 V", .resistance(Ohms(0.05)), [.voltage(.atMost, Volts(3))]),
      ("Charge at C/3 until 4.2 V", .current(.rate(1.0 / 3)), [.voltage(.atLeast, Volts(4.2))]),
    ] as [(String, ProtocolStep.Mode, [StepEnd])])
  func aSimulationReadsPowerAndResistance(
    _ text: String, _ mode: ProtocolStep.Mode, _ ends: [StepEnd]
  ) throws {
    let step = try ProtocolStep(parsing: text, grammar: .simulation)
    #expect(step.mode == mode)
    #expect(step.ends == ends)
    #expect(step.timeLimit == step.duration ?? Seconds(86_400) || mode == .current(.rate(1.0 / 3)))
  }

  @Test(arguments: [
    ("Discharge at 5 W until 3 V", "a power is held in lockstep simulate only"),
    ("Discharge at 2 Ohm for 1 h", "a resistance is held in lockstep simulate only"),
  ])
  func theBenchRefusesThemByName(_ text: String, _ part: String) {
    #expect(refusal(text)?.contains(part) == true)
  }

  @Test(arguments: [
    ("Charge at 0 W for 1 h", "a power above zero"),
    ("Discharge at -5 W for 1 h", "a power above zero"),
    ("Charge at 2 Ohm for 1 h", "\"Discharge at 2 Ohm\" is wanted"),
    ("Discharge at 0 Ohm for 1 h", "a resistance above zero"),
    ("Hold at 5 W for 1 h", "a voltage in V or mV above zero"),
    ("Discharge at 5 W to 3 V until C/20", "a current in A"),
    ("Charge at 5 W until 3 W", "an end is a voltage"),
    ("Charge at 4.1 V for 1 h", "\"Hold at 4.1 V\" is wanted"),
  ])
  func aSimulationRefusesTheRest(_ text: String, _ part: String) {
    let error = #expect(throws: StepSyntaxError.self) {
      try ProtocolStep(parsing: text, grammar: .simulation)
    }
    #expect(error?.problem.contains(part) == true, "\(error?.problem ?? "")")
  }

  @Test func aSamplingPeriodIsKept() throws {
    let step = try ProtocolStep(parsing: "Charge at C/3 for 1 h or until 4.2 V (1 second period)")
    #expect(step.period == Seconds(1))
    #expect(step.ends.count == 2)
  }

  @Test(arguments: [
    ("Rest for 1 h", 3600.0), ("Charge at 2C until 4.2 V", 3600),
    ("Charge at C/3 until 4.2 V", 21600),
    ("Charge at 2 A until 4.2 V", 86400), ("Hold at 4.2 V until C/20", 86400),
    ("Chamber at 10 degC", 86400), ("Charge at C/3 to 4.2 V until C/20", 21600),
  ])
  func theDefaultTimeLimitIsPybamms(_ text: String, _ limit: Double) throws {
    let got = try ProtocolStep(parsing: text).timeLimit.value
    #expect(abs(got - limit) < 1e-6)
  }

  @Test(arguments: [
    (
      "",
      "\"\": \"Rest\", \"Charge at\", \"Discharge at\", \"Hold at\" or \"Chamber at\" is wanted first"
    ),
    ("rest for 1 h", "first"), ("Run US06 for 1 h", "first"), ("Charge C/3 until 4.2 V", "first"),
    ("Rest", "a duration (\"for 10 minutes\") or an end"),
    ("Charge at C/3", "a duration (\"for 10 minutes\") or an end"),
    ("Charge at 4.1 V for 1 h", "\"Hold at 4.1 V\" is wanted"),
    ("Charge at 5 W for 1 h", "a current in A, mA or as a C-rate"),
    ("Charge at 1 kOhm for 1 h", "a current in A, mA or as a C-rate"),
    ("Charge at -1 A for 1 h", "a current above zero"),
    ("Charge at 0 A for 1 h", "a current above zero"),
    ("Charge at C/0 for 1 h", "a current in A, mA or as a C-rate"),
    ("Charge at nan A for 1 h", "a current in A, mA or as a C-rate"),
    ("Charge at inf A for 1 h", "a current in A, mA or as a C-rate"),
    ("Rest for 2 days", "a time above zero in s, min or h"),
    ("Rest for 20 ms", "a time above zero in s, min or h"),
    ("Rest for -5 s", "a time above zero in s, min or h"),
    ("Rest for 1 h until 4.2 V", "\"or until\" is wanted"),
    ("Rest or until 4.2 V", "\"or until\" follows a duration"),
    ("Rest until 4.2 V", "this step has no direction: \"> 4.2 V\" or \"< 4.2 V\""),
    ("Hold at 4.2 V until SOC 80 %", "this step has no direction"),
    ("Rest until 12 degC", "this step has no direction"),
    ("Hold at 4.2 V until -0.05C", "the magnitude of the current"),
    ("Hold at 4.2 V until > 1 A", "> and < compare voltage, temperature and SOC only"),
    ("Rest until C/20", "no current flows in this step"),
    ("Charge at 1C until 25oC", "an end is a voltage"),
    ("Charge at 1C until", "a current in A, mA"),
    ("Charge at 1C until 4.2 V or", "an end is a voltage"),
    ("Charge at 1C until SOC 110 %", "0 % to 100 %"),
    ("Charge at 1C until within 0.5 K", "within 0.5 K of ambient"),
    ("Charge at 1C for 1 h for 2 h", "a time above zero"),
    ("Charge at 1C to 4.2 A until C/20", "a voltage in V or mV above zero"),
    ("Chamber at 10 V", "a temperature in degC"),
    ("Chamber at 500 degC", "a temperature in degC"),
    ("Charge at C/3 until 4.2 V (period)", "an end is a voltage"),
    ("Charge at C/3 until 4.2 V (soon period)", "a time above zero"),
  ])
  func isRefusedSayingWhatIsAllowed(_ text: String, _ part: String) {
    let got = refusal(text)
    #expect(got?.contains(part) == true, "\(got ?? "accepted")")
    #expect(got?.hasPrefix("\"\(text)\": ") == true)
  }

  @Test func currentsAreResolvedByNominalCapacity() throws {
    #expect(CurrentValue("C/4")?.amperes(nominal: AmpereHours(5)) == Amperes(1.25))
    #expect(CurrentValue("0.5C")?.amperes(nominal: AmpereHours(5)) == Amperes(2.5))
    #expect(CurrentValue("-C/4")?.amperes(nominal: AmpereHours(5)) == Amperes(-1.25))
    #expect(CurrentValue("500 mA")?.amperes(nominal: AmpereHours(5)) == Amperes(0.5))
    #expect(CurrentValue("C/") == nil && CurrentValue("2") == nil && CurrentValue("2 Ah") == nil)
  }
}
