import Electrochemistry
import Estimation
import Profiles
import Testing
import Validation

@Suite("Studies of the shadow")
struct StudyTests {
  private static func cell() throws -> CellParameters {
    try CellFile.load(try ShippedProfiles.locate(kind: .cell, name: "chen2020"))
  }

  @Test(
    "A plant is its seed's alone: the same again, and another of another seed",
    arguments: StudyPlant.Kind.allCases)
  func seeds(kind: StudyPlant.Kind) throws {
    func voltages(_ seed: UInt64) throws -> [Double] {
      var plant = try StudyPlant(
        try Self.cell(), kind: kind, seed: seed, stateOfCharge: 0.4...0.6)
      return try (0..<5).map { _ in try plant.sample(-2.5).voltage }
    }
    let first = try voltages(101)
    #expect(try voltages(101) == first)
    #expect(try voltages(102) != first)
  }

  @Test(
    "Readings err by what the study says: noise of the voltmeter, offset of the mismatched ambient")
  func noise() throws {
    for (kind, noise) in [(StudyPlant.Kind.matched, 1e-3), (.mismatched, 2e-3)] {
      var plant = try StudyPlant(
        try Self.cell(), kind: kind, seed: 103, stateOfCharge: 0.5...0.5)
      var square = MeanSquare()
      for _ in 0..<2000 {
        let sample = try plant.sample(0)
        square.add(sample.voltage - sample.truth.voltage)
      }
      // The sd of 2,000 readings' sd is 1.6 %.
      #expect(abs(square.root / noise - 1) < 0.06, "\(kind): \(square.root)")
    }
  }

  /// Wilson 1927; the interval of 95 of 100 as tables have it.
  @Test("The interval of a share is Wilson's")
  func wilson() throws {
    var study = try CoverageStudy(
      try Self.cell(), kind: .matched, filter: .extended, model: .spme, seeds: 101..<101)
    study.runs = 100
    study.inside = ["voltage": 95]
    let (share, low, high) = study.share("voltage")
    #expect(share == 0.95)
    #expect(abs(low - 0.8882) < 1e-4 && abs(high - 0.9785) < 1e-4)
  }

  @Test("Faults put into a record are named by what they are, within 120 s")
  func faults() throws {
    let study = try FaultStudy(
      try Self.cell(), kind: .matched, filter: .unscented, model: .spme, seeds: 104..<106)
    for fault in FaultStudy.Fault.allCases {
      #expect(study.delays[fault]?.count == 2, "\(fault)")
      #expect((study.delays[fault] ?? []).allSatisfy { $0 >= 0 && $0 <= 120 })
    }
    #expect(study.missed.isEmpty && study.misnamed.isEmpty)
  }
}
