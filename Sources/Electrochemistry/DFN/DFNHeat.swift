/// Heat sources of the whole cell, W.
struct DFNHeat {
  var ohmic = 0.0
  var irreversible = 0.0
  var reversible = 0.0
  var total: Double { ohmic + irreversible + reversible }
}
