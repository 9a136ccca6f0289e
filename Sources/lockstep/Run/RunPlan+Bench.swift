import Bench
import DigitalTwin
import Drivers
import Electrochemistry
import Estimation
import Glibc
import Instruments
import Profiles
import Protocols
import Quantities
import Safety
import Transports

extension RunPlan {
  /// The bench on its open ports.
  ///
  /// - Parameter ports: descriptors by instrument.
  func configuration(
    ports: [String: Int32], pace: BenchConfiguration.Pace, unixStart: Double
  ) throws -> BenchConfiguration {
    var instruments: [any Instrument] = []
    for (index, instrument) in files.bench.instruments.enumerated() {
      guard let descriptor = ports[instrument.name] else {
        throw CommandFailure(
          status: 2, message: "controller: no --port for instrument \(instrument.name)")
      }
      instruments.append(
        try ProfiledInstrument(
          name: instrument.name, profile: profiles[index], descriptor: descriptor,
          framing: Self.isSocket(descriptor) ? .tcp : .rtu,
          pacing: pace == .stepped ? .stepped : .real, limits: armedLimits(index)))
    }
    let bench = files.bench
    return BenchConfiguration(
      instruments: instruments, wiring: try wiring(), envelopes: envelopes,
      monitor: monitorRules, startCheck: startCheck, tripWatch: bench.tripWatch,
      temperatureReserve: Kelvins(
        5 * bench.accuracy.temperature.noise + bench.accuracy.temperature.resolution), pace: pace,
      scan: bench.scan, scansPerControl: Int((bench.control / bench.scan).rounded()),
      unixStart: unixStart)
  }

  private static func isSocket(_ descriptor: Int32) -> Bool {
    var status = stat()
    return fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFSOCK
  }

  /// The campaign with a fresh twin.
  func campaign(_ bench: BenchConfiguration) throws -> Campaign {
    let phases = try files.campaign.phases.enumerated().map { index, phase in
      switch phase.job {
      case .protocol:
        guard let file = files.protocols[index] else {
          throw CommandFailure(
            status: 2, message: "\(files.campaign.path):\(phase.line): no protocol")
        }
        return Bench.CampaignPhase(
          name: "\(phase.role)protocol \(file.name)", work: .steps(file.steps))
      case .charge(let job):
        return charge(job, phase, index)
      case .identify(let job):
        return Bench.CampaignPhase(
          name: "identify \(job.goals.count) parameters",
          work: .identify(try identifyWork(job, phase.limits, index)))
      }
    }
    return Campaign(
      phases: phases, twin: Twin(cell: cell, configuration: twinConfiguration),
      nominalCapacity: cell.nominalCapacity, envelopes: envelopes, period: bench.control)
  }

  private var twinConfiguration: TwinConfiguration {
    var estimator = EstimatorConfiguration()
    // What is to be identified is tracked.
    for case .identify(let job) in files.campaign.phases.map(\.job) {
      for goal in job.goals
      where goal.parameter != .contactResistance
        && !estimator.parameters.contains(where: { $0.name == goal.parameter })
      {
        estimator.parameters.append(EstimatorConfiguration.TrackedParameter(goal.parameter))
      }
    }
    if let initial = files.campaign.initial {
      estimator.stateOfCharge = initial.stateOfCharge.value
      estimator.stateOfChargeSD = initial.sd
    }
    // The filter that the study of simulated cells recommends (bench-docs/shadow.md): it knows the separator
    // potential to its offset, where an SPMe has to be given 9 mV for what it leaves out.
    estimator.filter = .unscented
    estimator.model = .dfn
    estimator.separatorDiscrepancySD = 2e-3
    if let skew = files.bench.skew { estimator.skewSpread = skew.value }
    return TwinConfiguration(estimator: estimator)
  }
}

extension Profiles.CampaignPhase {
  /// What its protocol is run for, before the protocol's name; the report finds the counts of capacity by it.
  var role: String { capacity.map { "capacity \($0.rawValue): " } ?? "" }
}
