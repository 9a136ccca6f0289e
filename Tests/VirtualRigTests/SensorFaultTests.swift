import Testing
import VirtualRig

private func fault(_ kind: String, _ reading: String, _ more: String = "") -> String {
  "[[fault]]\nkind = \"\(kind)\"\nreading = \"\(reading)\"\nfrom = \"10 s\"\nto = \"20 s\"\n\(more)\n"
}

@Test("stuck: the reading stays what it was, noise included, while the truth goes on")
func stuck() throws {
  let plant = try Fixture.plantFile("[sensor.meter.cell_voltage]\nnoise = \"1 mV\"")
  var bench = try PortBench(plant: plant, faults: fault("stuck", "meter.cell_voltage"))
  try bench.rearm(600)
  try bench.supply(5, ceiling: 5)
  try bench.run(until: 10_000)
  let held = try bench.meter().voltage
  for second in UInt32(11)...19 {
    try bench.run(until: second * 1000)
    #expect(try bench.meter().voltage == held)
  }
  try bench.run(until: 20_000)
  #expect(try bench.meter().voltage != held)
  #expect(abs(try bench.meter().current - 5) < 1e-6)
}

@Test("offset and drift add to one reading and to no other")
func offsetAndDrift() throws {
  var bench = try PortBench(
    faults: fault("offset", "thermo.t1", "by = \"-3 K\"")
      + fault("drift", "meter.shunt_current", "per_hour = \"36 A\""))
  try bench.run(until: 9000)
  #expect(try bench.words("thermo", 4, 0, 3) == [250, 250, 250])
  try bench.run(until: 10_000)
  #expect(try bench.words("thermo", 4, 0, 3) == [220, 250, 250])
  #expect(abs(try bench.meter().current) < 1e-9)
  try bench.run(until: 15_000)
  // 36 A/h for 5 s.
  #expect(abs(try bench.meter().current - 0.05) < 1e-7)
  try bench.run(until: 20_000)
  #expect(try bench.words("thermo", 4, 0, 3) == [250, 250, 250])
  #expect(try bench.meter().current == 0)
}

@Test("noise: the standard deviation that was asked for, the same for the same seed")
func extraNoise() throws {
  func sample() throws -> [Double] {
    var bench = try Fixture.bench(faults: fault("noise", "meter.shunt_current", "sd = \"100 mA\""))
    return try (UInt32(0)..<400).map { index in
      try bench.run(until: 10_000 + 20 * index)
      return try bench.meter().current
    }
  }
  let values = try sample()
  let mean = values.reduce(0, +) / 400
  let sd = (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 399).squareRoot()
  // 400 samples: four standard errors.
  #expect(abs(mean) < 0.02 && abs(sd - 0.1) < 0.015)
  #expect(try sample() == values)
}

@Test("thermistor off: reads the air while the cell is hot")
func thermistorOff() throws {
  var bench = try PortBench(
    faults: fault("thermistor_off", "thermo.t2")
      + "[[fault]]\nkind = \"over_temperature\"\nheat = \"8 W\"\n")
  try bench.run(until: 10_000)
  let words = try bench.words("thermo", 4, 0, 3)
  #expect(words[0] > 255)
  #expect(words[1] == 250 && words[2] == 250)
}

@Test("open sense: the meter's input discharges towards where it floats, with its time constant")
func openSense() throws {
  var bench = try PortBench(
    faults: fault("open_sense", "meter.cell_voltage", "rest = \"1 V\"\ntime_constant = \"2 s\""))
  let voltage = try bench.meter().voltage
  try bench.run(until: 12_000)
  // 1 + (V - 1)/e
  #expect(abs(try bench.meter().voltage - (1 + (voltage - 1) * 0.36787944)) < 1e-5)
  try bench.run(until: 20_000)
  #expect(abs(try bench.meter().voltage - voltage) < 1e-5)
}
