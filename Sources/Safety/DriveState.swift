/// Who drives current through the cell: nobody, the supply, or the load. Never both.
public enum DriveState: Sendable, Hashable, CaseIterable {
  /// The instruments' own limits are not known to be armed: nothing may be energised.
  case unarmed
  /// Outputs off, and seen off.
  case idle
  /// Supply on; load seen off.
  case sourcing
  /// Load on; supply seen off.
  case sinking
  /// Something was switched off and is not yet seen off with no current flowing.
  case settling
  /// Made safe; nothing is energised any more in this run (S13).
  case safe
}
