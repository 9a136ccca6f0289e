import Quantities
import Safety
import Testing

@Suite("SAF-007 supply and load are never both on")
struct DriveTests {
  /// A bench that obeys every action one period later.
  private struct Plant: Hashable {
    var sourceOn = false
    var loadOn = false

    mutating func obey(_ action: DriveAction) {
      switch action {
      case .startSource: sourceOn = true
      case .startLoad: loadOn = true
      case .stopSource: sourceOn = false
      case .stopLoad: loadOn = false
      case .none, .setSource, .setLoad: break
      }
    }
  }

  private struct Node: Hashable {
    var machine: DriveMachine
    var plant: Plant
  }

  @Test("closure: from every reachable state, under every request and every reading of the shunt")
  func closure() {
    var reached: Set<Node> = []
    var open = [Node(machine: DriveMachine(), plant: Plant())]
    while let node = open.popLast() {
      guard reached.insert(node).inserted else { continue }
      for request in [-2.0, 0, 2] {
        for measured in [-2.0, 0, 2] {
          var next = node
          let sample = Scenes.sample(
            current: measured, sourceOn: node.plant.sourceOn, loadOn: node.plant.loadOn)
          let action = next.machine.next(
            Amperes(request), on: sample, zeroCurrent: Amperes(0.02))
          if case .startSource = action {
            #expect(!node.plant.loadOn && measured == 0 && request > 0)
          }
          if case .startLoad = action {
            #expect(!node.plant.sourceOn && measured == 0 && request < 0)
          }
          next.plant.obey(action)
          #expect(!(next.plant.sourceOn && next.plant.loadOn))
          open.append(next)
        }
      }
    }
    #expect(Set(reached.map(\.machine.state)) == Set(DriveState.allCases))
  }

  @Test("nothing starts while the other side's state was not read in this scan")
  func unknown() {
    var machine = DriveMachine()
    var sample = Scenes.sample()
    sample.load.isOn = Reading(false, at: sample.time, quality: .missing)
    #expect(machine.next(Amperes(1), on: sample, zeroCurrent: Amperes(0.02)) == .none)
    #expect(machine.state == .settling)
  }

  @Test("after it was made safe, current starts again only when all is seen off")
  func settling() {
    var machine = DriveMachine()
    _ = machine.next(Amperes(1), on: Scenes.sample(), zeroCurrent: Amperes(0.02))
    #expect(machine.state == .sourcing)
    machine.madeSafe()
    let stillOn = Scenes.sample(sourceOn: true)
    #expect(machine.next(Amperes(1), on: stillOn, zeroCurrent: Amperes(0.02)) == .none)
  }
}
