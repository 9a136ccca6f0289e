import Foundation
import Testing
import VirtualRig

private let noisy = """
  state_of_charge_sd = "2 %"
  [parameter_sd]
  negative_electrode.diffusivity = "10 %"
  [sensor.meter.cell_voltage]
  noise = "1 mV"
  offset = "1 mV"
  [sensor.meter.shunt_current]
  noise = "5 mA"
  scale = "0.1 %"
  [sensor.thermo.t1]
  noise = "0.3 K"
  [sensor.psu.voltage]
  noise = "5 mV"
  latency = "100 ms"
  """

/// All that is read in a short run; `extra` reads everything again in another order.
private func transcript(seed: UInt64, extra: Bool) throws -> [[UInt16]] {
  var bench = try Fixture.bench(try Fixture.plantFile(noisy), seed: seed)
  var transcript: [[UInt16]] = []
  for second in UInt32(1)...20 {
    try bench.rearm(25)
    if second == 5 { try bench.supply(2, ceiling: 4.3) }
    if extra { _ = try bench.words("psu", 3, 10, 2) }
    try bench.run(until: second * 1000)
    if extra {
      for _ in 0..<3 { _ = try bench.words("thermo", 4, 0, 3) }
      _ = try bench.meter()
    }
    transcript.append(try bench.words("meter", 4, 0, 4))
    transcript.append(try bench.words("thermo", 4, 0, 8))
    transcript.append(try bench.words("psu", 3, 8, 11))
  }
  return transcript
}

@Test("same seed and ticks give the same bytes, however often and in what order is read")
func determinism() throws {
  let plain = try transcript(seed: 7, extra: false)
  #expect(try transcript(seed: 7, extra: false) == plain)
  #expect(try transcript(seed: 7, extra: true) == plain)
  #expect(try transcript(seed: 8, extra: false) != plain)
}

@Test("readings are noisy from tick to tick and repeat within one")
func noiseByTick() throws {
  var bench = try Fixture.bench(
    try Fixture.plantFile("[sensor.meter.cell_voltage]\nnoise = \"1 mV\""))
  var seen: Set<Double> = []
  for second in UInt32(1)...50 {
    try bench.run(until: second * 1000)
    let first = try bench.meter().voltage
    #expect(try bench.meter().voltage == first)
    seen.insert(first)
  }
  #expect(seen.count > 45)
}

@Test("the stream's deviates are standard normal and uncorrelated between names and indices")
func normality() {
  let count: Int64 = 100_000
  let (a, b) = (NoiseStream(seed: 1, name: "a"), NoiseStream(seed: 1, name: "b"))
  var (sum, square, fourth, cross, lag) = (0.0, 0.0, 0.0, 0.0, 0.0)
  for index in 0..<count {
    let x = a.normal(at: index)
    sum += x
    square += x * x
    fourth += x * x * x * x
    cross += x * b.normal(at: index)
    lag += x * a.normal(at: index + 1)
  }
  let n = Double(count)
  // Five standard errors each: 1, sqrt 2, sqrt 96, 1 and 1 over sqrt n.
  #expect(abs(sum / n) < 0.016)
  #expect(abs(square / n - 1) < 0.023)
  #expect(abs(fourth / n - 3) < 0.16)
  #expect(abs(cross / n) < 0.016)
  #expect(abs(lag / n) < 0.016)
}

@Test("factors are log-normal with the file's spread, and truth_equals_belief draws nothing")
func drawnFactors() throws {
  let plant = try Fixture.plantFile(noisy)
  var (sum, square) = (0.0, 0.0)
  for seed in UInt64(1)...2000 {
    let drawn = DrawnPlant(plant, seed: seed)
    let logarithm = Float64(drawn.factors[0].factor).logarithm
    sum += logarithm
    square += logarithm * logarithm
  }
  #expect(abs(sum / 2000) < 5 * 0.1 / 2000.0.squareRoot())
  #expect(abs((square / 2000).squareRoot() - 0.1) < 5 * 0.1 / 4000.0.squareRoot())
  let settled = DrawnPlant(
    try Fixture.plantFile(noisy, top: "truth_equals_belief = true"), seed: 3)
  #expect(settled.stateOfCharge == 0.6)
  #expect(settled.factors.isEmpty)
  #expect(settled.sensors.values.allSatisfy { $0.offset == 0 && $0.gain == 1 && $0.noise == 0 })
}

extension Double {
  fileprivate var logarithm: Double { log(self) }
}
