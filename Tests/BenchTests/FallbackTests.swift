import Bench
import DigitalTwin
import Electrochemistry
import Foundation
import Prescription
import Profiles
import Quantities
import Records
import Safety
import Testing

@Suite("SAF-008 a twin that is late, blind or at a loss leaves the declared fallback, 0 A")
struct FallbackTests {
  private func campaign() throws -> Campaign {
    func band(_ low: Double, _ high: Double) throws -> LimitBand {
      try #require(LimitBand(operate: (low, high), trip: (low - 0.1, high + 0.1)))
    }
    let layer = LimitLayer(
      origin: .bench, source: "test",
      bands: [
        .voltage: try band(2.5, 4.2), .current: try band(-6, 6), .temperature: try band(-20, 60),
        .chargeTemperature: try band(0, 45), .dischargeTemperature: try band(-20, 60),
      ])
    let envelope = try Envelope(
      layers: [layer], rules: EnvelopeRules(ageLimit: Seconds(3), zeroCurrent: Amperes(0.03)))
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let cell = try CellFile.load(root.appending(path: "profiles/cells/chen2020.json").path)
    return Campaign(
      phases: [
        CampaignPhase(
          name: "charge",
          work: .charge(
            ChargeWork(
              policy: .ride,
              limits: ChargeLimits(
                current: Amperes(3), voltage: Volts(4.2), temperature: Celsius(45),
                platingMargin: Volts(0.01), targetStateOfCharge: StateOfCharge(0.8)))))
      ],
      twin: Twin(cell: cell, configuration: TwinConfiguration()),
      nominalCapacity: cell.nominalCapacity, envelopes: [envelope], period: Seconds(1))
  }

  private func sample(_ time: Double, voltage: Double = 3.8, current: Double?) -> Sample {
    let now = Seconds(time)
    var sample = Sample(scan: Int(time), time: now, unixTime: time)
    sample.cellVoltage = Reading(Volts(voltage), at: now)
    if let current { sample.current = Reading(Amperes(current), at: now) }
    sample.surfaceCount = 1
    sample.surface[0] = Reading(Celsius(25), at: now)
    return sample
  }

  @Test("SAF-008 a decision as old as a control period is replaced by 0 A, a younger one stands")
  func late() {
    var output = ControlOutput()
    output.requested = Amperes(3)
    output.chamber = Celsius(10)
    let younger = output.age(Seconds(0.999), period: Seconds(1))
    #expect(!younger && output.requested == Amperes(3))
    let older = output.age(Seconds(1), period: Seconds(1))
    #expect(older)
    #expect(output.requested == .zero && output.binding == .fallback && output.chamber == nil)
  }

  @Test("SAF-008 without an estimate a closed loop asks for nothing, and gives up in the end")
  func blind() throws {
    let campaign = try campaign()
    for time in 0..<29 {
      let output = campaign.decide(on: sample(Double(time), current: nil))
      #expect(output.requested == .zero && output.binding == .fallback && output.outcome == nil)
    }
    #expect(campaign.decide(on: sample(30, current: nil)).outcome?.status == 4)
  }

  @Test("SAF-008 a voltage that is not a number never becomes a request that is not one")
  func notANumber() throws {
    let campaign = try campaign()
    for time in 0..<60 {
      let voltage = time % 3 == 2 ? Double.nan : 3.8
      let output = campaign.decide(on: sample(Double(time), voltage: voltage, current: 0))
      #expect(output.requested.isFinite && output.requested.magnitude <= Amperes(3))
    }
  }
}
