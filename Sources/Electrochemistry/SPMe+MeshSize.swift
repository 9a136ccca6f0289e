extension SPMe.MeshName {
  struct Size {
    var shells: Int
    var stretch: Double
    var negative: Int
    var separator: Int
    var positive: Int
  }

  var size: Size {
    switch self {
    case .coarse: Size(shells: 10, stretch: 3, negative: 6, separator: 4, positive: 6)
    case .standard: Size(shells: 40, stretch: 3.5, negative: 24, separator: 12, positive: 24)
    case .fine: Size(shells: 120, stretch: 4, negative: 80, separator: 40, positive: 80)
    }
  }
}
