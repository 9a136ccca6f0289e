public import CLanes

extension PiecewiseCubic {
  /// Values at eight arguments.
  @inlinable @inline(__always)
  public func values(at x: SIMD8<Double>) -> SIMD8<Double> {
    let low = SIMD8<Double>(repeating: range.lowerBound)
    let high = SIMD8<Double>(repeating: range.upperBound)
    guard width > 0, all((x .>= low) .& (x .<= high)) else {
      var y = x
      for lane in 0..<8 { y[lane] = value(at: x[lane]) }
      return y
    }
    let offset = x - low
    if pieces.count == 2 {
      let p = pieces[0]
      return (p[0] + offset * p[1]) + offset * offset * (p[2] + offset * p[3])
    }
    let shifted = (offset * piecesPerUnit - 0.5) + 0x1.8p52
    let index = unsafeBitCast(shifted, to: SIMD8<Int>.self) & 0x3FFF_FFFF
    let d = offset - (shifted - 0x1.8p52) * width
    return pieces.withUnsafeBytes { bytes in
      guard let base = bytes.bindMemory(to: Double.self).baseAddress else { return x }
      let constant = lanes8_gather(base, index, 0)
      let linear = lanes8_gather(base, index, 1)
      let square = lanes8_gather(base, index, 2)
      let cube = lanes8_gather(base, index, 3)
      return (constant + d * linear) + d * d * (square + d * cube)
    }
  }

  /// Values and slopes at eight arguments.
  @inlinable @inline(__always)
  public func valuesAndSlopes(
    at x: SIMD8<Double>
  ) -> (values: SIMD8<Double>, slopes: SIMD8<Double>) {
    if let constant {
      return (SIMD8(repeating: constant), SIMD8(repeating: 0))
    }
    let low = SIMD8<Double>(repeating: range.lowerBound)
    let high = SIMD8<Double>(repeating: range.upperBound)
    guard width > 0, all((x .>= low) .& (x .<= high)) else {
      var (values, slopes) = (x, x)
      for lane in 0..<8 {
        let y = valueAndSlope(at: x[lane])
        values[lane] = y.value
        slopes[lane] = y.slope
      }
      return (values, slopes)
    }
    let offset = x - low
    if pieces.count == 2 {
      let p = pieces[0]
      return (
        (p[0] + offset * p[1]) + offset * offset * (p[2] + offset * p[3]),
        (p[1] + 2 * offset * p[2]) + 3 * offset * offset * p[3]
      )
    }
    let shifted = (offset * piecesPerUnit - 0.5) + 0x1.8p52
    let index = unsafeBitCast(shifted, to: SIMD8<Int>.self) & 0x3FFF_FFFF
    let d = offset - (shifted - 0x1.8p52) * width
    return pieces.withUnsafeBytes { bytes in
      guard let base = bytes.bindMemory(to: Double.self).baseAddress else { return (x, x) }
      let constant = lanes8_gather(base, index, 0)
      let linear = lanes8_gather(base, index, 1)
      let square = lanes8_gather(base, index, 2)
      let cube = lanes8_gather(base, index, 3)
      let dd = d * d
      return (
        (constant + d * linear) + dd * (square + d * cube),
        (linear + 2 * d * square) + 3 * dd * cube
      )
    }
  }
}
