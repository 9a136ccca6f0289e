/// The wires: cell, contactor, and behind it supply and load on the same two terminals.
///
/// The supply drives its set current up to where its ceiling binds and never takes current back; the
/// load takes current and never drives. Supply minus load flows through the cell.
package struct BenchCircuit {
  /// What flows, and what stands at the joined terminals.
  package struct Flow: Equatable {
    package var supply = 0.0
    package var load = 0.0
    package var terminalVoltage = 0.0
    /// The supply's ceiling binds.
    package var holdsVoltage = true
    /// What a bidirectional stage keeps constant.
    var mode = BidirectionalStage.Mode.voltage
    /// Through the cell, A, positive when it charges.
    package var cell: Double { supply - load }
  }

  /// From the cell's tabs through the contactor to the terminals, both ways, ohm.
  package var leadResistance: Double
  /// The load's input transistor fully open, ohm.
  package var loadOnResistance = 0.01

  /// The flow when the contactor is open: the cell carries nothing, the supply may feed the load.
  func open(_ supply: SupplyStage, _ load: LoadStage) -> Flow {
    guard supply.drive > 0, supply.ceiling > 0 else { return Flow() }
    let drive = supply.drive
    let demand = load.demand(at: supply.ceiling) ?? drive
    guard demand > 0 else { return Flow(terminalVoltage: supply.ceiling) }
    if demand < drive {
      return Flow(supply: demand, load: demand, terminalVoltage: supply.ceiling)
    }
    // The load wants more than the supply gives: the voltage falls to what the load lets stand.
    let stands = load.mode == .voltage ? load.voltage : drive * loadOnResistance
    return Flow(
      supply: drive, load: drive,
      terminalVoltage: min(stands, supply.ceiling), holdsVoltage: false)
  }

  /// The flow when the contactor is closed. `cellVoltage` gives the voltage at the tabs for a cell
  /// current and rises with it; `last` is the last terminal voltage, where the load's demand starts.
  func closed(
    _ supply: SupplyStage, _ load: LoadStage, last: Double,
    cellVoltage: (Double) -> Double
  ) -> Flow {
    func terminal(_ current: Double) -> Double { cellVoltage(current) + current * leadResistance }
    let taken = loadCurrent(load, drive: supply.drive, last: last, terminal: terminal)
    var flow = Flow(load: taken)
    flow.supply = supplyCurrent(supply) { terminal($0 - taken) }
    flow.holdsVoltage = flow.supply < supply.drive || !supply.drives
    flow.terminalVoltage = terminal(flow.cell)
    return conductingBackwards(flow, cellVoltage: cellVoltage)
  }

  private func loadCurrent(
    _ load: LoadStage, drive: Double, last: Double, terminal: (Double) -> Double
  ) -> Double {
    if let demand = load.demand(at: last) {
      // A load cannot pull its terminals below nothing.
      let most = load.currentMax * 1.1
      return demand == 0 || terminal(drive - min(demand, most)) > 0 ? min(demand, most) : 0
    }
    return Self.root(in: 0...load.currentMax, falling: true) { terminal(drive - $0) - load.voltage }
  }

  private func supplyCurrent(_ supply: SupplyStage, terminal: (Double) -> Double) -> Double {
    guard supply.drive > 0 else { return 0 }
    return Self.root(in: 0...supply.drive, falling: false) { terminal($0) - supply.ceiling }
  }

  /// Where `f` crosses zero; the end of the range that is nearer to it when it does not cross.
  /// Illinois' variant of the false position (Dowell and Jarratt 1971).
  static func root(
    in range: ClosedRange<Double>, falling: Bool, _ f: (Double) -> Double
  ) -> Double {
    let sign = falling ? -1.0 : 1.0
    var (low, high) = (range.lowerBound, range.upperBound)
    // The upper end first: in constant current it is the answer.
    var atHigh = sign * f(high)
    if atHigh <= 0 { return high }
    var atLow = sign * f(low)
    if atLow >= 0 { return low }
    var side = 0
    for _ in 0..<60 {
      let middle = (low * atHigh - high * atLow) / (atHigh - atLow)
      let value = sign * f(middle)
      if abs(value) < 1e-7 || high - low < 1e-9 { return middle }
      if value < 0 {
        (low, atLow) = (middle, value)
        if side == -1 { atHigh /= 2 }
        side = -1
      } else {
        (high, atHigh) = (middle, value)
        if side == 1 { atLow /= 2 }
        side = 1
      }
    }
    return (low + high) / 2
  }
}
