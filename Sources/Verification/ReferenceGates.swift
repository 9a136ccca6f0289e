/// How near a trajectory of an independent code must be followed.
struct ReferenceGates {
  /// mV.
  var voltageRMS = 0.1
  /// mV; nil where the data's own kinks forbid one.
  var voltageLargest: Double? = 0.3
  /// K.
  var temperature = 0.02
  let stoichiometry = 5e-4
  /// Of the largest value in the case.
  let concentration = 0.002
  /// V.
  let separatorPotential = 5e-4
  /// Of the largest total heat in the case.
  let heat = 0.01

  /// - Parameter rate: magnitude of the largest C-rate that the case's name tells.
  init(set: String, isLumped: Bool, isDrive: Bool, rate: Double) {
    if isLumped || set == "Ecker2015" || set == "Prada2013" {
      (voltageRMS, voltageLargest) = (0.2, 0.5)
    }
    if isDrive { (voltageRMS, voltageLargest) = (0.5, nil) }
    if rate >= 2 { temperature = 0.05 }
  }

  /// As in the table.
  var text: String {
    "\(voltageRMS) rms" + (voltageLargest.map { ", \($0) max" } ?? "") + " mV"
  }
}
