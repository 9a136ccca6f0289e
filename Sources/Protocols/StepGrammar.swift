/// Which step strings are read.
public enum StepGrammar: Sendable, Hashable {
  /// What the bench can do.
  case bench
  /// That, and constant power and resistance, which a cell model can do and no instrument here can.
  case simulation
}
