import Quantities
import Safety
import Testing

@Suite("SAF-007 the transition machine")
struct DriveTests {
  /// A bench that obeys every action one period later, or only some: its outputs may stick.
  private struct Plant: Hashable {
    var sourceOn = false
    var loadOn = false
    var sourceSticks = false
    var loadSticks = false

    mutating func obey(_ action: DriveAction) {
      switch action {
      case .startSource: sourceOn = true
      case .startLoad: loadOn = true
      case .stopSource: sourceOn = sourceOn && sourceSticks
      case .stopLoad: loadOn = loadOn && loadSticks
      case .none, .setSource, .setLoad: break
      }
    }
  }

  private struct Node: Hashable {
    var machine = DriveMachine()
    var plant = Plant()
    var isArmed = false
  }

  /// Everything that can happen in one scan.
  private struct Move {
    var request: DriveRequest
    var measured: Double
    var isClosed: Bool
    var isRead: Bool

    static let requests = [true, false].flatMap { contactor in
      [-2.0, 0, 2].map { DriveRequest(current: Amperes($0), contactor: contactor) }
        + [.off(contactor: contactor)]
    }

    static let all: [Move] = requests.flatMap { request in
      [-2.0, 0, 2].flatMap { measured in
        [(true, true), (false, true), (false, false)].map {
          Move(request: request, measured: measured, isClosed: $0.0, isRead: $0.1)
        }
      }
    }
  }

  private func sample(_ node: Node, _ move: Move) -> Sample {
    var sample = Scenes.sample(
      current: move.measured, sourceOn: node.plant.sourceOn, loadOn: node.plant.loadOn)
    sample.contactorIsRead = move.isRead
    sample.contactorClosed = Reading(move.isClosed, at: sample.time)
    return sample
  }

  /// Every node that is reachable, with the laws checked on every edge.
  private func reached() -> Set<Node> {
    var reached: Set<Node> = []
    var open = [Node()]
    for source in [false, true] {
      for load in [false, true] {
        open.append(Node(plant: Plant(sourceSticks: source, loadSticks: load)))
      }
    }
    while let node = open.popLast() {
      guard reached.insert(node).inserted else { continue }
      var armed = node
      armed.machine.armed()
      armed.isArmed = true
      var safe = node
      safe.machine.makeSafe()
      open += [armed, safe]
      for move in Move.all { open.append(edge(node, move)) }
    }
    return reached
  }

  private func edge(_ node: Node, _ move: Move) -> Node {
    var next = node
    let action = next.machine.next(
      move.request, on: sample(node, move), zeroCurrent: Amperes(0.02))
    let isQuiet = move.measured == 0 && !node.plant.sourceOn && !node.plant.loadOn
    switch action {
    case .startSource(let current):
      #expect(isQuiet && node.isArmed && node.machine.holdsContactor)
      #expect(move.request.current == current && move.request.contactor)
      #expect(move.isClosed || !move.isRead)
    case .startLoad(let current):
      #expect(isQuiet && node.isArmed)
      #expect(move.request.current == -current)
      #expect(move.request.contactor == node.machine.holdsContactor)
      #expect(!node.machine.holdsContactor || move.isClosed || !move.isRead)
    case .setSource(let current):
      #expect(node.machine.state == .sourcing && move.request.current == current)
      #expect(move.request.contactor && move.request.mayStayOn)
    case .setLoad(let current):
      #expect(node.machine.state == .sinking && move.request.current == -current)
      #expect(move.request.contactor == node.machine.holdsContactor && move.request.mayStayOn)
    case .stopSource, .stopLoad, .none: break
    }
    if next.machine.holdsContactor != node.machine.holdsContactor {
      #expect(isQuiet && node.isArmed && action == .none)
    }
    next.plant.obey(action)
    #expect(!(next.plant.sourceOn && next.plant.loadOn))
    if [.unarmed, .safe].contains(node.machine.state) {
      #expect(action == .none && !next.machine.holdsContactor)
    }
    return next
  }

  @Test(
    "closure of all reachable states: never both on, never enabled without armed limits, the contactor changes only without current"
  )
  func closure() {
    #expect(Set(reached().map(\.machine.state)) == Set(DriveState.allCases))
  }

  @Test("from every reachable state a request for nothing reaches idle, if the bench obeys")
  func reachesIdle() {
    for start in reached() where start.isArmed && start.machine.state != .safe {
      var node = start
      node.plant.sourceSticks = false
      node.plant.loadSticks = false
      let move = Move(
        request: .off(contactor: false), measured: 0, isClosed: false, isRead: true)
      for _ in 0..<4 { node = edge(node, move) }
      #expect(node.machine.state == .idle || node.plant.sourceOn || node.plant.loadOn)
      #expect(!node.machine.holdsContactor || node.plant.sourceOn || node.plant.loadOn)
    }
  }

  @Test("SAF-013 from every reachable state safe is one step away, and final")
  func safe() {
    for start in reached() {
      var node = start
      node.machine.makeSafe()
      node.machine.armed()
      #expect(node.machine.state == .safe && !node.machine.holdsContactor)
      for move in Move.all { #expect(edge(node, move).machine == node.machine) }
    }
  }

  @Test("nothing starts while the other side's state was not read in this scan")
  func unknown() {
    var machine = DriveMachine()
    machine.armed()
    var sample = Scenes.sample()
    sample.load.isOn = Reading(false, at: sample.time, quality: .missing)
    let request = DriveRequest(current: Amperes(1), contactor: true)
    #expect(machine.next(request, on: sample, zeroCurrent: Amperes(0.02)) == .none)
    #expect(machine.state == .settling && !machine.holdsContactor)
    var blind = Scenes.sample()
    blind.current = Reading(.zero, at: blind.time, quality: .missing)
    #expect(machine.next(request, on: blind, zeroCurrent: Amperes(0.02)) == .none)
    #expect(machine.state == .settling && !machine.holdsContactor)
  }
}
