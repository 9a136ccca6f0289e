import DigitalTwin
import Electrochemistry
import Estimation
import Prescription
import Quantities
import Records
import Testing

@Suite("A copy of a twin")
struct TwinCopyTests {
  @Test(
    "It believes and decides as the other would have, and what it sees is not seen by the other",
    arguments: [FilterModel.spme, .dfn])
  func copy(model: FilterModel) throws {
    var demo = try VirtualDemo(
      try Fixtures.chen2020(), seed: 3, stateOfCharge: 0.3, mesh: .coarse
    ) { estimator in
      (estimator.filter, estimator.model) = (.unscented, model)
    }
    try demo.hold(2, seconds: 60)
    let (copy, wild) = (demo.twin.copy(), demo.twin.copy())
    var other = demo.plant
    for _ in 0..<20 {
      _ = try other.advance(current: -4, ambient: 25)
      _ = try wild.assimilate(other.sample(ambient: 25))
    }
    for _ in 0..<20 {
      _ = try demo.plant.advance(current: 3, ambient: 25)
      let sample = demo.plant.sample(ambient: 25)
      let (one, two) = (try demo.twin.assimilate(sample), try copy.assimilate(sample))
      // Copies share the scratch of a DFN's members: one steps finer after a jump, the other not again.
      let tolerance = model == .dfn ? 3e-5 : 0
      func near(_ a: Estimated, _ b: Estimated) -> Bool {
        abs(a.mean - b.mean) <= tolerance && abs(a.sd - b.sd) <= tolerance
      }
      #expect(near(one.stateOfCharge, two.stateOfCharge))
      #expect(near(one.negativePotentialAtSeparator, two.negativePotentialAtSeparator))
      #expect(one.time == two.time)
    }
    let decisions = try [demo.twin, copy].map { try $0.ride(VirtualDemo.limits, for: 1) }
    #expect(abs(decisions[0].current.value - decisions[1].current.value) < 2e-3)
    #expect(decisions[0].current > .zero)
    let apart = try wild.predict(current: 0, duration: 1).stateOfCharge.mean
    #expect(apart < (try copy.predict(current: 0, duration: 1).stateOfCharge.mean) - 5e-3)
  }
}
