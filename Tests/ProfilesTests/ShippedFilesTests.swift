import Electrochemistry
import Profiles
import Protocols
import Quantities
import Testing

@Suite struct ShippedFilesTests {
  private func path(_ kind: ShippedProfiles.Kind, _ name: String) throws -> String {
    try ShippedProfiles.locate(kind: kind, name: name, root: shippedRoot)
  }

  @Test func theDemoBenchSaysWhatItIs() throws {
    let bench = try BenchFile(path: path(.bench, "demo"))
    #expect(bench.name == "demo" && bench.asset == "M50-001")
    #expect(bench.scan == Seconds(1) && bench.control == Seconds(1))
    #expect(bench.heartbeatSilence == Seconds(0.5))
    #expect(
      bench.instruments.map(\.name)
        == ["psu", "load", "thermo", "meter", "contactor", "pace", "chamber"])
    #expect(bench.instruments.allSatisfy { $0.port == .rig })
    #expect(bench.instrument("contactor")?.hold == Seconds(2.5))
    #expect(bench.readings.cellVoltage.description == "meter.cell_voltage")
    #expect(bench.readings.surfaceTemperature.map(\.description) == ["thermo.t1", "thermo.t2"])
    #expect(bench.readings.ambientTemperature?.description == "thermo.t3")
    #expect(
      bench.layer.bands[.voltage]
        == LimitBand(operate: (2.5, 4.2), trip: (2.4, 4.25)))
    #expect(bench.layer.bands[.current]?.operateHigh == 6)
    #expect(try bench.cell.locate(root: shippedRoot).hasSuffix("profiles/cells/chen2020.json"))
  }

  @Test func theCellsLayerTripsBeyondItsDataSheetByTheDocumentedRule() throws {
    let limits = try LimitsFile(path: path(.limits, "lg-m50"))
    let layer = limits.layer
    #expect(layer.origin == .cell)
    #expect(layer.bands[.voltage]?.operateHigh == 4.2)
    #expect(abs((layer.bands[.voltage]?.tripHigh ?? 0) - 4.25) < 1e-12)
    #expect(abs((layer.bands[.voltage]?.tripLow ?? 0) - 2.45) < 1e-12)
    #expect(layer.bands[.dischargeTemperature] == layer.bands[.temperature])
    #expect(layer.bands[.temperature]?.tripHigh == 65)
    #expect(layer.bands[.temperature]?.tripLow == -23)
    #expect(limits.refuseBelow == Volts(2))
    #expect(layer.chargeCurrent.map(\.current.value) == [1.5, 3.5])
    #expect(layer.chargeCurrent.map(\.to.value) == [25, 45])
    #expect(layer.dischargeCurrent.map(\.current.value) == [7.2])
  }

  @Test("SAF-010: a charge below the data sheet's minimum temperature is outside the trip band")
  func chargingIsNeverAllowedBelowTheDataSheetsMinimum() throws {
    let limits = try LimitsFile(path: path(.limits, "lg-m50"))
    let band = limits.layer.bands[.chargeTemperature]
    #expect((band?.tripLow ?? -1) >= limits.chargeTemperature.lowerBound.value)
    #expect((band?.operateLow ?? -1) > limits.chargeTemperature.lowerBound.value)
    #expect(band?.operateHigh == 45 && band?.tripHigh == 50)
  }

  @Test(arguments: [
    "demo", "capacity", "capacity-25", "cool-down", "conditioning", "prepare", "relax",
  ])
  func everyProtocolIsRead(_ name: String) throws {
    let file = try ProtocolFile(path: path(.protocol, name))
    #expect(file.name == name)
    #expect(file.steps.count == file.lines.count)
  }

  @Test func theChargeCampaignIsRead() throws {
    let campaign = try CampaignFile(path: path(.campaign, "charge"))
    #expect(campaign.researchOverride?.by == "demo")
    #expect(campaign.initial?.stateOfCharge == StateOfCharge(0.6) && campaign.initial?.sd == 0.02)
    #expect(campaign.phases.count == 3)
    guard case .charge(let job) = campaign.phases[2].job else {
      Issue.record("the third phase is no charge")
      return
    }
    #expect(job.policy == .ride && job.target == StateOfCharge(0.8))
    #expect(job.fallback == .amperes(Amperes(0)))
    let limits = campaign.phases[2].limits
    #expect(limits.current == .amperes(Amperes(6)) && limits.voltage == Volts(4.2))
    #expect(limits.temperature == Celsius(45) && limits.platingMargin == Volts(0.01))
  }

  @Test func theDemosPlantIsRead() throws {
    let plant = try PlantFile(path: path(.plant, "demo"))
    #expect(!plant.truthEqualsBelief)
    #expect(plant.model.name == .dfn && plant.model.mesh == .standard)
    #expect(plant.model.thermal == .lumped && plant.model.internalStep == Seconds(0.2))
    #expect(plant.stateOfCharge == Drawn(0.6, sd: 0.02))
    #expect(plant.parameterSpread[.negativeDiffusivity] == 0.08)
    #expect(plant.parameterSpread.count == 7)
    #expect(plant.contactResistance == Drawn(0.003, sd: 0.001))
    #expect(plant.sensors["meter.cell_voltage"]?.accuracy.noise == 0.001)
    #expect(plant.sensors["meter.shunt_current"]?.accuracy.scale == 0.001)
    #expect(plant.sensors["thermo.t3"]?.accuracy.resolution == 0.1)
    #expect(plant.sensors["psu.current"]?.latency == Seconds(0.1))
    #expect(plant.tcp == ["psu"])
  }

  @Test func truthEqualsBeliefTurnsEveryErrorOff() throws {
    let text = edited(
      try shipped(.plant, "demo"), "schema = 1", "schema = 1\ntruth_equals_belief = true")
    for plant in [
      try PlantFile(path: path(.plant, "truth-equals-belief")),
      try PlantFile(TomlDocument(text: text, file: "p.toml")),
    ] {
      #expect(plant.truthEqualsBelief && plant.stateOfCharge.sd == 0)
      #expect(plant.parameterSpread.isEmpty && plant.contactResistance == Drawn(0, sd: 0))
      #expect(plant.negativeOpenCircuitPotentialSpread == 0)
      #expect(plant.positiveOpenCircuitPotentialSpread == 0)
      for sensor in plant.sensors.values {
        #expect(
          sensor.accuracy.noise == 0 && sensor.accuracy.offset == 0 && sensor.accuracy.scale == 0)
      }
      #expect(plant.sensors["thermo.t1"]?.accuracy.resolution == 0.1)
    }
  }

  @Test func aWrongNameIsRefusedWithTheNearest() throws {
    let got = line { () throws(ProfileError) in
      _ = try ShippedProfiles.locate(kind: .protocol, name: "capasity", root: shippedRoot)
    }
    #expect(
      got == "capasity: no such protocol (did you mean \"capacity\"?); shipped are "
        + "capacity, capacity-25, conditioning, cool-down, demo, prepare, relax, us06")
    let path = line { () throws(ProfileError) in
      _ = try ShippedProfiles.locate(kind: .bench, name: "./none.toml", root: shippedRoot)
    }
    #expect(path == "./none.toml: no such bench file, or not readable")
  }

  @Test func aWrongNameInAFileIsRefusedAtItsLine() throws {
    let text = edited(try shipped(.bench, "demo"), "\"chen2020\"", "\"chen202\"")
    let bench = try BenchFile(TomlDocument(text: text, file: "b.toml"))
    let got = line { () throws(ProfileError) in _ = try bench.cell.locate(root: shippedRoot) }
    #expect(got?.hasPrefix("b.toml:4: cell: \"chen202\": no such cell (did you mean") == true)
  }

  @Test func theShippedTreeIsFoundFromTheExecutable() {
    #expect(ShippedProfiles.names(of: .bench).contains("demo"))
  }
}
