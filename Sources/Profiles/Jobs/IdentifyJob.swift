public import Electrochemistry
public import Quantities

/// An excitation that the bench designs for this cell, runs and designs anew, until its goals are met or its
/// budget is spent.
public struct IdentifyJob: Sendable, Hashable {
  /// A parameter and how well it is to be known: standard deviation relative to its value.
  public struct Goal: Sendable, Hashable {
    /// Which.
    public var parameter: ParameterName
    /// As in 0.05.
    public var sd: Double
  }

  /// At least one.
  public var goals: [Goal]
  /// Longest that the excitations may take together.
  public var budget: Seconds
  /// Of one excitation, before what it told is looked at and the next is designed.
  public var round: Seconds
  /// Skipped while the goals are met, the model explains what is seen and the last identification is younger
  /// than this; nil: never.
  public var skipsUntil: Seconds?
  /// What goals that are missed end.
  public var onMiss: MissedGoal
}

extension IdentifyJob {
  init(_ table: TomlTable) throws(ProfileError) {
    budget = try table.quantity("budget", in: Seconds(120)...Seconds(24 * 3600))
    round =
      try table.quantity(ifPresent: "round", in: Seconds(120)...Seconds(4 * 3600))
      ?? Seconds(min(600, budget.value))
    guard round <= budget else { throw table.error("round", "at most the budget is wanted") }
    skipsUntil = try table.quantity(
      ifPresent: "unless_younger_than", in: Seconds(60)...Seconds(366 * 86_400))
    onMiss = try MissedGoal(table)
    let wanted = try table.table("goals")
    goals = []
    for key in wanted.keys {
      guard let parameter = ParameterName(rawValue: key) else {
        throw wanted.error(
          key,
          "no such parameter"
            + Suggestion.hint(for: key, among: ParameterName.allCases.map(\.rawValue)))
      }
      let sd: StateOfCharge = try wanted.quantity(key, in: StateOfCharge(0.001)...StateOfCharge(1))
      goals.append(Goal(parameter: parameter, sd: sd.value))
    }
    guard !goals.isEmpty else {
      throw table.error("goals", "a parameter with its relative standard deviation is wanted")
    }
  }
}
