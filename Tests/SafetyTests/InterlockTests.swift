import Quantities
import Safety
import Testing

@Suite("SAF-015 inputs of the coil circuit")
struct InterlockTests {
  private func envelope() throws -> Envelope {
    try Envelope(
      layers: [Scenes.bench],
      rules: EnvelopeRules(
        ageLimit: Seconds(2.5), zeroCurrent: Amperes(0.02), interlocks: ["E-stop"]))
  }

  private func sample(_ values: [(Bool, Double)]) -> Sample {
    var sample = Scenes.sample()
    sample.interlockCount = values.count
    for (index, value) in values.enumerated() {
      sample.interlocks[index] = Reading(value.0, at: sample.time - Seconds(value.1))
    }
    return sample
  }

  @Test("an open one trips by its name; so does one not read for longer than the age limit")
  func open() throws {
    let envelope = try envelope()
    #expect(envelope.verdict(on: sample([(true, 0), (true, 2.5)])) == .ok)
    let pressed = envelope.verdict(on: sample([(false, 0), (true, 0)])).trip
    #expect(pressed?.what.contains("E-stop") == true && pressed?.requirement == "SAF-015")
    #expect(
      envelope.verdict(on: sample([(true, 0), (true, 2.6)])).trip?.what.contains("2") == true)
    #expect(envelope.admit(Amperes(1), present: .zero, on: sample([(false, 0)])).current == .zero)
  }
}
