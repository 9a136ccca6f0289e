import Glibc

/// What a proof does to a bench under small current.
enum ProofBlow: Hashable, CustomStringConvertible {
  case killController
  case stopController
  case killGuard
  case killBoth
  /// Nothing leaves on this instrument's line any more.
  case silence(String)

  static let deaths: [ProofBlow] = [.killController, .stopController, .killGuard, .killBoth]

  var description: String {
    switch self {
    case .killController: "kill -9 controller"
    case .stopController: "kill -STOP controller"
    case .killGuard: "kill -9 guard"
    case .killBoth: "kill -9 guard and controller"
    case .silence(let port): "line of \(port) silent"
    }
  }

  /// Who sees the current end.
  var observer: String {
    switch self {
    case .killController, .stopController: "guard"
    case .killGuard: "controller"
    case .killBoth: "prover"
    case .silence: "controller or guard"
    }
  }
}
