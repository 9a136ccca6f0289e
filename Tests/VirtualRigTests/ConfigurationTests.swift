import Profiles
import Testing
import VirtualRig

private func refusal(_ plant: PlantFile, _ change: (inout BenchFile) throws -> Void = { _ in })
  throws -> String
{
  var bench = try Fixture.benchFile()
  try change(&bench)
  let error = #expect(throws: RigError.self) {
    try RigConfiguration(
      bench: bench, plant: plant, cell: Fixture.cell(), seed: 1, pace: .stepped)
  }
  #expect(error?.kind == .place)
  return error?.description ?? ""
}

@Test("what the rig cannot stand in for is refused with its place")
func refusals() throws {
  let plant = try Fixture.plantFile()
  #expect(try refusal(plant) { $0.wiring = .blockingDiode }.contains("blocking-diode"))
  #expect(
    try refusal(plant) { $0.instruments[0].profile.name = "korad-ka3005p" }
      .contains("instrument.psu: \"korad-ka3005p\""))
  #expect(
    try refusal(plant) { $0.instruments[1].profile.name = "riden-rd6006" }
      .contains("a second riden-rd6006 beside psu"))
  #expect(
    try refusal(Fixture.plantFile("[sensor.meter.voltage]\nnoise = \"1 mV\""))
      .contains("sensor.meter.voltage"))
  #expect(
    try refusal(plant) { $0.instruments.removeAll { $0.name == "psu" } }.contains("tcp"))
}

@Test("every shipped profile of the demo's bench has a device, and both shipped plants fit it")
func shippedFiles() throws {
  for name in ["demo", "truth-equals-belief"] {
    let plant = try PlantFile(path: Fixture.root + "/profiles/plants/\(name).toml")
    let configuration = try Fixture.configuration(plant)
    #expect(configuration.seats.count == 7)
  }
}
