import DigitalTwin
import Prescription
import Quantities

/// Goes through a charge once for each set-point of the chamber, and keeps the cheapest.
struct ChamberSearch {
  let choice: ChamberChoice
  private let cost: ChargeCost
  /// The air when the search began.
  let start: Celsius
  /// What each of them costs, s; nil: it does not reach the target.
  private(set) var tried: [(setPoint: Celsius, cost: Double?)] = []
  private(set) var best: (setPoint: Celsius, prescription: ChargePrescription)?

  init(_ choice: ChamberChoice, _ policy: ChargePolicy, start: Celsius) {
    self.choice = choice
    self.start = start
    if case .mpc(let horizon) = policy { cost = horizon.cost } else { cost = ChargeCost() }
  }

  /// The set-point to be gone through next; nil: all were.
  var next: Celsius? {
    tried.count < choice.setPoints.count ? choice.setPoints[tried.count] : nil
  }

  /// How the air would go.
  func course(to target: Celsius) -> AmbientCourse {
    AmbientCourse(from: start, to: target, timeConstant: choice.timeConstant)
  }

  /// Takes note of the one in hand; nil: it could not be gone through.
  mutating func note(_ prescription: ChargePrescription?) {
    guard let setPoint = next else { return }
    let own = prescription?.cost(cost)
    if let own, let prescription, own < tried.compactMap(\.cost).min() ?? .infinity {
      best = (setPoint, prescription)
    }
    tried.append((setPoint, own))
  }

  /// One line for a person.
  var words: String {
    let all = tried.map { setPoint, cost in
      "\(setPoint) \(cost.map { "\(($0 / 6).rounded() / 10) min" } ?? "not there")"
    }
    let chosen = best.map { "chamber to \($0.setPoint)" } ?? "chamber left as it is"
    return "\(chosen): " + all.joined(separator: ", ")
      + (cost == ChargeCost() ? "" : " by its prices")
  }
}
