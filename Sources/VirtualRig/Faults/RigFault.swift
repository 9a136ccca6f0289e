internal import Profiles
private import Quantities

/// A fault of the file at its place on this bench, and whether it is in force. Pace time,
/// microseconds.
struct RigFault {
  /// What it has come to.
  enum Phase { case waiting, inForce, over }

  let fault: Fault
  /// Place of its device among the bench's; nil for the cell, the wires and the contactor.
  let device: Int?
  /// Only this port of the device; nil: all.
  let port: String?
  /// `instrument.reading`; nil unless a sensor's.
  let reading: String?
  /// What its device is; nil for the cell, the wires and the contactor.
  let deviceKind: DeviceKind?
  let begin: Int64
  let end: Int64?
  /// Of its own, by seed and place in the file.
  let noise: NoiseStream
  private(set) var phase = Phase.waiting
  /// What could be sensed when it began.
  private(set) var signals = Signals()

  init(
    _ fault: Fault, index: Int, seed: UInt64, device: Int?, port: String? = nil,
    reading: String? = nil, kind: DeviceKind? = nil
  ) {
    self.fault = fault
    (self.device, self.port, self.reading, deviceKind) = (device, port, reading, kind)
    begin = Int64((fault.from.value * 1e6).rounded())
    end = fault.to.map { Int64(($0.value * 1e6).rounded()) }
    noise = NoiseStream(seed: seed, name: "fault \(index)")
  }

  var effect: FaultEffect { fault.effect }
  /// The device's power stage.
  var stage: PowerStage? { deviceKind?.stage }

  /// When it changes next; nil: never again.
  var boundary: Int64? {
    switch phase {
    case .waiting: begin
    case .inForce: end
    case .over: nil
    }
  }

  /// Begins or ends it when that is due; whether it did.
  mutating func turn(at now: Int64, signals: Signals) -> Bool {
    guard let boundary, boundary <= now else { return false }
    if phase == .waiting {
      phase = .inForce
      self.signals = signals
    } else {
      phase = .over
    }
    return true
  }

  /// `silence of psu`, `stuck of meter.cell_voltage`, `estop`.
  var name: String {
    let kind = fault.kind.rawValue
    return switch fault.place {
    case .device(let name), .reading(let name): "\(kind) of \(name)"
    case .port(let name): "\(kind) of port \(name)"
    case .bench: kind
    }
  }
}

/// Which of the bench's power stages a device has.
enum PowerStage { case supply, load, bidirectional }
