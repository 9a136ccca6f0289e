import Testing

/// What must come of it, worked out beforehand.
extension KillProof {
  /// Whether nobody is left to act but the contactor's own relay.
  private var isLeftAlone: Bool { blow == .killBoth || blow == .stopBoth }

  /// Whether the guard lives on without a meter: nothing can show it that the current is gone.
  var guardHoldsOn: Bool {
    unplugs == "meter" && (blow == nil || blow == .killController || blow == .stopController)
  }

  /// How `lockstep run` ends; negative: by a signal.
  ///
  /// A controller that lives trips on a thermometer it no longer hears, and shows that all is off; without
  /// any other port it cannot, which is a hardware fault.
  var status: Int32 { blow?.status ?? (unplugs == "thermo" ? 1 : 3) }

  /// How the controller ends by its own journal; nil: it had no time to say so.
  var journalStatus: String? { blow.map(\.journalStatus) ?? "\(status)" }

  /// The file that latches the bench; nil: the run ended in an orderly way.
  var latch: String? { blow.map(\.latch) ?? "demo.latch" }

  /// Wall time from the blow to the end of the current, s: see `Blow.timeToZero`.
  ///
  /// A hang-up is seen at once. Supply or load without a port go on driving, and only the open contactor
  /// ends that. Whoever lives opens it at once, which is sooner than its own relay would.
  var timeToZero: Double {
    unplugs == "psu" || unplugs == "load"
      ? timeToOpen : blow?.timeToZero ?? Blow.acting
  }

  /// From the blow to the open contactor, s. Without its port it opens when nobody re-arms it any more.
  var timeToOpen: Double {
    let told = blow?.timeToOpen ?? Blow.acting + Blow.freeRun + Blow.release
    guard unplugs == "contactor", !isLeftAlone else { return told }
    return Blow.acting + Blow.freeRun + Blow.hold + Blow.release
  }

  /// One line says what is gone, or which of its readings, wherever somebody is left who needs it.
  func checkNaming(_ run: Program) {
    guard let unplugs, !isLeftAlone else { return }
    let names =
      switch unplugs {
      case "meter": ["cell voltage is stale", "current is stale", "current not seen", "meter: "]
      case "thermo": ["surface temperature"]
      default: ["\(unplugs): ", "\(unplugs == "psu" ? "supply" : unplugs) "]
      }
    if blow == nil {
      let lines = run.ownErrors
      #expect(lines.count == 1, "\(self): \(lines)")
      let isNamed = names.contains { lines.first?.contains($0) == true }
      #expect(isNamed, "\(self): \(lines)")
    } else if unplugs != "thermo" {
      // To make safe nobody asks a thermometer.
      let isNamed = names.contains { run.error.contains($0) }
      #expect(isNamed, "\(self): \(run.error)")
    }
  }
}
