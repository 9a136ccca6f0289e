extension InstrumentProfile {
  /// The largest step between two readings of a value near 1, in its unit. Zero: written out in all the
  /// digits that the device has. Nil: not known.
  public func largestStep(of value: DeclaredValue) -> Double? {
    if value.text?.reply == .float { return 0 }
    let scales: [Double] =
      switch value.scale {
      case .constant(let scale): [scale]
      case .named(let name):
        switch scales[name]?.form {
        case .cases(let cases): Array(cases.values)
        case .fraction(_), nil: []
        }
      }
    return scales.max().map { 2 * value.resolution(near: 1, scale: $0) }
  }
}
