extension BenchCircuit {
  /// The flow of one stage that drives and takes, with the contactor closed. It holds its voltage
  /// where its limits let it, else the limit that is nearer.
  func closed(
    _ stage: BidirectionalStage, last: Double, cellVoltage: (Double) -> Double
  ) -> Flow {
    func terminal(_ current: Double) -> Double { cellVoltage(current) + current * leadResistance }
    let (range, powerBinds) = stage.range(at: last)
    guard stage.drives, range.lowerBound < range.upperBound else {
      return conductingBackwards(Flow(terminalVoltage: terminal(0)), cellVoltage: cellVoltage)
    }
    let current = Self.root(in: range, falling: false) { terminal($0) - stage.voltage }
    var flow = Flow(supply: max(current, 0), load: max(-current, 0))
    flow.terminalVoltage = terminal(current)
    let binds = current == range.lowerBound || current == range.upperBound
    flow.holdsVoltage = !binds || current == 0
    flow.mode = flow.holdsVoltage ? .voltage : powerBinds ? .power : .current
    return conductingBackwards(flow, cellVoltage: cellVoltage)
  }

  /// With the contactor open nothing flows; the terminals stand at what is set.
  func open(_ stage: BidirectionalStage) -> Flow {
    Flow(terminalVoltage: stage.drives ? stage.voltage : 0)
  }

  /// What the input transistor of a load conducts through its body diode when the terminals are
  /// reversed, on or off; bounded, where a bench has its fuse.
  func conductingBackwards(_ flow: Flow, cellVoltage: (Double) -> Double) -> Flow {
    guard flow.terminalVoltage < -Self.diodeDrop else { return flow }
    func terminal(_ back: Double) -> Double {
      let current = flow.cell + back
      return cellVoltage(current) + current * leadResistance
    }
    let back = Self.root(in: 0...Self.fuse, falling: false) { terminal($0) + Self.diodeDrop }
    var reversed = flow
    reversed.load -= back
    reversed.terminalVoltage = terminal(back)
    return reversed
  }

  /// V.
  private static let diodeDrop = 0.7
  /// A.
  private static let fuse = 30.0
}
