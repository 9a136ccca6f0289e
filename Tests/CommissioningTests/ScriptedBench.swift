import Commissioning
import Quantities

/// Plain arithmetic of a cell with resistance behind a contactor, and what can be wrong with it.
struct ScriptedBench {
  enum Fault: String, CaseIterable {
    case none
    case reversedCell, absentCell, otherChemistry
    case welded, neverCloses, loadBypassesContactor
    case shuntSwapped, currentPastShunt, supplyMeterWrong, loadMeterWrong
    case frozenMeter, meterBehindContactor, looseSupplyLead, looseLoadLead
    case flakyShunt, hotThermometer, brokenThermometer, outputOn, emergencyStopNotWired
  }

  var fault = Fault.none
  var openCircuit = 3.7
  /// Ohm; leads and contacts of each branch beside it.
  var resistance = 0.03
  var leads = 0.05
  var presses = true
  private var closed = false
  private var drive = 0.0
  private var scan = 0
  private var dischargeScans = 0

  init(_ fault: Fault = .none) { self.fault = fault }

  /// One scan of 1 s after `order`.
  mutating func sample(after order: BenchOrder) -> Sample {
    switch order.contactor {
    case .rearmed: closed = fault != .neverCloses
    case .open: closed = false
    case .untouched: break
    }
    if case .current(let current) = order.drive { drive = current.value } else { drive = 0 }
    let readsClosed = closed
    var conducts = closed || fault == .welded
    if fault == .loadBypassesContactor, drive < 0 { conducts = true }
    // The operator presses when the load runs for the second time on end.
    dischargeScans = drive < 0 && closed ? dischargeScans + 1 : drive < 0 ? dischargeScans : 0
    if presses, dischargeScans > 15, fault != .emergencyStopNotWired { conducts = false }
    return sample(current: conducts ? drive : 0, readsClosed: readsClosed)
  }

  private mutating func sample(current: Double, readsClosed: Bool) -> Sample {
    let time = Seconds(Double(scan))
    var sample = Sample(scan: scan, time: time, unixTime: 0)
    scan += 1
    var tabs = openCircuit + resistance * current
    if fault == .reversedCell { tabs = -tabs }
    if fault == .absentCell { tabs = 0.01 }
    if fault == .otherChemistry { tabs = 1.3 }
    if fault == .frozenMeter { tabs = openCircuit }
    if fault == .meterBehindContactor, !readsClosed, drive != 0 { tabs = drive > 0 ? 4.5 : 0.1 }
    sample.cellVoltage = Reading(Volts(tabs), at: time)
    var shunt = fault == .shuntSwapped ? -current : current
    if fault == .currentPastShunt { shunt = 0 }
    let comes = fault != .flakyShunt || drive <= 0 || scan.isMultiple(of: 4)
    sample.current = Reading(Amperes(shunt), at: time, quality: comes ? .good : .missing)
    sample.surfaceCount = 2
    sample.surface[0] = Reading(Celsius(25), at: time)
    sample.surface[1] = Reading(Celsius(fault == .hotThermometer ? 31 : 25.3), at: time)
    if fault == .brokenThermometer {
      sample.surface[1] = Reading(Celsius(.nan), at: time, quality: .sensorFault)
    }
    sample.ambient = Reading(Celsius(24.5), at: time)
    let supply = tabs + leads * current + (fault == .looseSupplyLead ? 0.6 : 0)
    sample.source.voltage = Reading(Volts(supply), at: time)
    sample.source.current = Reading(
      Amperes(max(drive, 0) * (fault == .supplyMeterWrong ? 2 : 1)), at: time)
    sample.source.isOn = Reading(drive > 0 || fault == .outputOn, at: time)
    let load = tabs + leads * current - (fault == .looseLoadLead ? 0.6 : 0)
    sample.load.voltage = Reading(Volts(load), at: time)
    sample.load.current = Reading(
      Amperes(max(-drive, 0) * (fault == .loadMeterWrong ? 0.2 : 1)), at: time)
    sample.load.isOn = Reading(drive < 0, at: time)
    sample.contactorClosed = Reading(readsClosed, at: time)
    return sample
  }
}
