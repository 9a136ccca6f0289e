import DigitalTwin
import Electrochemistry
import Estimation
import Records
import Testing

/// A run that was stopped goes on: the twin predicts the stop with the first sample's current, none, and its ambient.
@Suite("A stop of hours")
struct StopTests {
  @Test(
    "in another ambient than before it, the twin is where the cell is, and names no sensor",
    arguments: [(FilterModel.spme, FilterKind.extended), (.dfn, .unscented)],
    [60, 3600, 12 * 3600])
  func stop(filter: (FilterModel, FilterKind), seconds: Int) throws {
    var demo = try VirtualDemo(try Fixtures.chen2020(), seed: 3) {
      ($0.model, $0.filter) = filter
    }
    try demo.hold(0, seconds: 300)
    try demo.hold(-2.5, seconds: 600)
    // As after a power cut: the chamber is 8 K colder, and reaches the cell while nobody looks.
    (demo.setPoint, demo.ambient) = (17, 17)
    for _ in 0..<seconds { _ = try demo.plant.advance(current: 0, ambient: 17) }
    demo.estimate = try demo.twin.assimilate(demo.plant.sample(ambient: 17))
    func check() {
      let charge = demo.estimate.stateOfCharge.mean - demo.plant.truth.stateOfCharge
      let kelvin = demo.estimate.temperature.mean - (demo.plant.truth.temperature - 273.15)
      #expect(abs(charge) < 0.01, "\(charge)")
      #expect(abs(kelvin) < 0.6, "\(kelvin)")
      #expect(demo.twin.restarts == 0 && demo.twin.filter?.faults.isEmpty == true)
    }
    check()
    #expect(demo.twin.lastAssimilation?.voltage.fate == .used)
    try demo.hold(2.5, seconds: 300)
    check()
  }
}
