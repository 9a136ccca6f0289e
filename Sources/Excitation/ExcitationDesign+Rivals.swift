import Identification

extension ExcitationDesign {
  /// Another excitation, at the largest currents that the limits leave.
  public struct Rival: Sendable {
    /// As in `GITT`.
    public var name: String
    /// Its currents.
    public var plan: ExcitationPlan
    /// What it is worth.
    var evaluation: DesignEvaluation
    /// Share of its currents that the limits left.
    var scale: Double
  }

  /// What a design is measured against; those that no limit leaves any current are missing.
  public var rivals: [Rival] {
    let known: [ExcitationLibrary] = [.titration, .powerCharacterisation, .binary]
    let fixed =
      known.map { (name: $0.rawValue, plan: self.plan($0)) }
      + problem.rivals.map { (name: $0.name, plan: $0.plan.filling(problem.duration)) }
    let others = concurrently(fixed.count, alone: worksAlone) {
      rival(fixed[$0].name, fixed[$0].plan)
    }
    return [constantVoltage].compactMap(\.self) + others.compactMap(\.self)
  }

  /// The best of cycles that stay more or less far from the voltage limits: how far the bands are is not known
  /// beforehand.
  var constantVoltage: Rival? {
    let margins = [0.02, 0.05, 0.1, 0.2, 0.3]
    return concurrently(margins.count, alone: worksAlone) { k in
      ConstantVoltageCycle(problem, margin: margins[k])?.plan().flatMap { rival("CCCV", $0) }
    }.compactMap(\.self).max { $0.evaluation.value < $1.evaluation.value }
  }

  private func rival(_ name: String, _ plan: ExcitationPlan) -> Rival? {
    largest(name, plan).map {
      Rival(
        name: name, plan: $0.candidate.plan, evaluation: $0.candidate.evaluation, scale: $0.scale)
    }
  }

  /// Merges, compares and explains.
  func finish(_ best: Candidate, _ judged: Int) -> DesignResult {
    let p = problem.parameters.count
    func sds(_ covariance: [Double]) -> [Double] {
      (0..<p).map { covariance[$0 * p + $0].squareRoot() }
    }
    let plan = best.plan.merged
    let own = candidate(best.name, plan) ?? best
    return DesignResult(
      plan: own.plan, evaluation: own.evaluation, sds: sds(own.evaluation.covariance),
      comparisons: comparesRivals
        ? rivals.map {
          DesignResult.Comparison(
            name: $0.name, value: $0.evaluation.value, sds: sds($0.evaluation.covariance),
            scale: $0.scale)
        } : [], reasons: reasons(own), grownFrom: best.name, evaluations: judged)
  }
}
