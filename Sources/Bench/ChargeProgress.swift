import DigitalTwin
import Prescription
import Quantities
import Records

/// How far a charge has come.
struct ChargeProgress {
  /// What is under way.
  enum Stage {
    /// The cell rests while the charge is gone through.
    case rehearsing(ChargeRehearsal)
    /// The cell rests while the fastest cccv is looked for.
    case tuning(ConstantVoltageTuning, ChargeBands)
    /// The policy decides.
    case charging
  }

  var stage: Stage
  /// With current and voltage where it is a cccv.
  var policy: ChargePolicy
  /// When it was begun.
  let asked: Seconds
  /// When the first current was asked for.
  var start: Seconds
  /// Filled while it goes on.
  var happened: ChargeRecord

  /// Where the chamber is to be sent, while that is gone through and after.
  var chamber: ChamberSearch?
  /// Set-point to which it goes back afterwards.
  var chamberBefore: Celsius?

  /// When the last sample was taken in.
  private var seen: Seconds?
  /// Whether the run was stopped after it.
  private var isInterrupted = false

  init(
    stage: Stage, policy: ChargePolicy, asked: Seconds, start: Seconds, happened: ChargeRecord
  ) {
    (self.stage, self.policy, self.asked) = (stage, policy, asked)
    (self.start, self.happened) = (start, happened)
  }

  /// The run was stopped: what passes until the next sample is no part of the charge.
  mutating func interrupt() { isInterrupted = true }

  /// Takes in what a sample shows.
  mutating func note(_ sample: Sample, _ estimate: Estimate?, confidence: Double) {
    if isInterrupted, let seen { start = start + (sample.time - seen) }
    (seen, isInterrupted) = (sample.time, false)
    happened.duration = (sample.time - start).value
    if let voltage = sample.cellVoltage.valid?.value,
      !(happened.voltageHighest.mean >= voltage)
    {
      happened.voltageHighest = Estimated(voltage, sd: .nan)
    }
    if let celsius = sample.surfaceMean?.value, !(happened.temperatureHighest.mean >= celsius) {
      happened.temperatureHighest = Estimated(celsius, sd: .nan)
    }
    guard let estimate else { return }
    happened.stateOfChargeEnd = estimate.stateOfCharge.mean
    let potential = estimate.negativePotentialAtSeparator
    let known = happened.potentialLowest
    if !(known.mean - confidence * known.sd <= potential.mean - confidence * potential.sd) {
      happened.potentialLowest = potential
    }
  }
}

/// Where an arm of a comparison began.
struct ArmStart {
  /// 0..1.
  var stateOfCharge: Double
  /// degC.
  var celsius: Double

  /// Arms may differ by so much and still be compared: 1 % of charge is some 1 % of the time; 1 K is a
  /// millivolt of margin.
  static let (chargeTolerance, temperatureTolerance) = (0.01, 1.0)
}
