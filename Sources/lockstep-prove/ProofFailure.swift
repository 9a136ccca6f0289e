/// Why a proof could not be carried out, in one line.
struct ProofFailure: Error, CustomStringConvertible {
  var description: String
  init(_ description: String) { self.description = description }
}
