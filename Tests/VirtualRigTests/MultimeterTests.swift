import Testing
import VirtualRig

@Test("34401A: deaf until SYST:REM, then configured once and read")
func multimeter() throws {
  let bench = try PortBench(.kunkin)
  try bench.say("*IDN?")
  try bench.say("READ?")
  try bench.say("SYST:REM")
  #expect(try bench.query("SYST:ERR?") == "+550,\"Command not allowed in local\"")
  try bench.say("*CLS")
  #expect(try bench.query("SYST:ERR?") == "+0,\"No error\"")
  #expect(try bench.query("*IDN?").hasPrefix("HEWLETT-PACKARD,34401A,"))
  try bench.say("CONF:VOLT:DC 10,0.00001")
  let text = try bench.query("READ?")
  #expect(text.wholeMatch(of: #/[+]\d\.\d{5}E[+]00/#) != nil, "\(text)")
  // A whole reading in one line, two lines in one write.
  #expect(
    try bench.frame("dmm", Array("SYST:ERR?\nSYST:ERR?\n".utf8), expecting: 28).filter { $0 == 10 }
      .count == 2)
  try bench.say("CONF:VOLT:DC 5000,0.1")
  try bench.say("FETCH:ALL")
  #expect(try bench.query("SYST:ERR?") == "-222,\"Data out of range\"")
  #expect(try bench.query("SYST:ERR?") == "-113,\"Undefined header\"")
  // A range too small for the cell.
  #expect(try bench.query("MEAS:VOLT:DC? 1,0.001") == "+9.90000E+37")
}

@Test(
  "34401A: reads the cell's own voltage within its noise, and the mean over its integration time")
func multimeterReads() throws {
  var bench = try PortBench(.kunkin, plant: Fixture.plantFile(step: "10 ms"))
  func reading() throws -> Double { Double(try bench.query("READ?")) ?? .nan }
  try bench.say("SYST:REM")
  try bench.say("CONF:VOLT:DC 10,0.00001")
  try bench.run(until: 1000)
  // 10 V in the range of 10 PLC: 10 uV of noise.
  #expect(abs(try reading() - (try bench.meter().voltage)) < 6e-5)
  // Half of the 200 ms before the step, half after it.
  try bench.rearm()
  let before = try bench.meter().voltage
  try bench.supply(5, ceiling: 5)
  try bench.run(until: 1100)
  let after = try bench.meter().voltage
  #expect(after - before > 0.05)
  let mean = try reading()
  #expect(mean > before + 0.4 * (after - before) && mean < before + 0.6 * (after - before))
}
