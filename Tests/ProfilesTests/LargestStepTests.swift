import Profiles
import Testing

@Suite("The step in which a device writes a reading")
struct LargestStepTests {
  private func step(_ profile: String, _ value: String) throws -> Double? {
    let path = try ShippedProfiles.locate(kind: .instrument, name: profile, root: shippedRoot)
    let profile = try InstrumentProfile(path: path)
    let index = try #require(profile.valueIndex(named: value))
    return profile.largestStep(of: profile.values[index])
  }

  @Test(
    "of counts their scale, the largest where a register decides, of text none, of floats next to none"
  )
  func steps() throws {
    #expect(try step("riden-rd6006", "voltage") == 0.01)
    // Tenths or hundredths of a kelvin, as a register says.
    #expect(try step("comwintop-mb8art", "t1") == 0.1)
    #expect(try step("agilent-34401a", "voltage") == 0)
    let float = try #require(try step("generic-modbus-float-meter", "cell_voltage"))
    #expect(float > 0 && float < 1e-6)
  }
}
