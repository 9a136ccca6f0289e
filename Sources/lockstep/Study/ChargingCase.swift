import DigitalTwin
import Electrochemistry
import Estimation
import Kernels
import Quantities
import Validation

/// One mismatched cell and its twin, for `charging-study`: an hour of excitation at 25 degC, a discharge to 10 %,
/// two hours of rest in which the air goes to 10 degC, then charges from there.
struct ChargingCase {
  /// At which the charge begins; true.
  static let startOfCharge = 0.1
  /// K.
  static let cold = 283.15
  /// s: excitation, rest, and the chamber's time constant.
  private static let (excitation, rest, chamber) = (3600, 7200, 300.0)
  /// sd of what the twin is told of the charge at the beginning.
  private static let beliefSD = 0.1

  let cell: CellParameters
  let seed: UInt64
  var plant: StudyPlant
  var twin: Twin
  /// Processor time of the twin, s, and what it was simulated for, s.
  var (spent, followed) = (0.0, 0.0)
  /// Samples that the twin could not take in; whether the last one is among them; what it said first.
  private(set) var failures = 0
  private(set) var isLost = false
  private(set) var firstFailure: String?
  private var scan = 0

  init(_ cell: CellParameters, seed: UInt64) throws {
    self.cell = cell
    self.seed = seed
    plant = try StudyPlant(cell, kind: .mismatched, seed: seed, stateOfCharge: 0.35...0.65)
    var draws = RandomStream(seed: seed, stream: 7)
    var estimator = StudyPlant.Kind.mismatched.configuration(.unscented, .dfn)
    estimator.stateOfCharge = plant.stateOfCharge + Self.beliefSD * draws.gaussian()
    estimator.stateOfChargeSD = Self.beliefSD
    twin = Twin(cell: cell, configuration: TwinConfiguration(estimator: estimator))
  }

  /// The same cell, state and belief, which go on alone on the same thread.
  func copied() -> ChargingCase {
    var copy = self
    copy.plant = plant.copied()
    copy.twin = twin.copy()
    return copy
  }

  /// Up to the charge.
  mutating func prepare() throws {
    let capacity = cell.nominalCapacity.value
    var current = StudyCurrent(seed: seed, capacity: capacity)
    var stateOfCharge = plant.stateOfCharge
    for _ in 0..<Self.excitation {
      let amperes = current.next(stateOfCharge: stateOfCharge, period: 1)
      stateOfCharge = try second(amperes).truth.stateOfCharge
    }
    while stateOfCharge > Self.startOfCharge {
      stateOfCharge = try second(-capacity / 3).truth.stateOfCharge
    }
    for _ in 0..<Self.rest {
      plant.ambient += (Self.cold - plant.ambient) / Self.chamber
      _ = try second(0)
    }
    plant.ambient = Self.cold
  }

  /// One second of a current, A, in the cell, and the twin that sees it.
  @discardableResult
  mutating func second(_ current: Double) throws -> StudyPlant.Sample {
    let sample = try plant.sample(current)
    let began = ProcessorTime.ofThread()
    do {
      _ = try twin.assimilate(Sample(sample, scan: scan))
      isLost = false
    } catch {
      isLost = true
      failures += 1
      firstFailure = firstFailure ?? "\(Int(sample.time)) s: \(error)"
    }
    spent += ProcessorTime.ofThread() - began
    followed += plant.period
    scan += 1
    return sample
  }
}

extension Sample {
  /// What a bench with one thermometer reads of a simulated cell.
  fileprivate init(_ reading: StudyPlant.Sample, scan: Int) {
    let time = Seconds(reading.time)
    self.init(scan: scan, time: time, unixTime: reading.time)
    cellVoltage = Reading(Volts(reading.voltage), at: time)
    current = Reading(Amperes(reading.current), at: time)
    surface[0] = Reading(Celsius(reading.surface - 273.15), at: time)
    surfaceCount = 1
    ambient = Reading(Celsius(reading.ambient - 273.15), at: time)
  }
}
