/// Thinned curves as SVG paths. A bucket without a value is a gap in the line, as it is in the data.
enum CurvePath {
  static func line(_ buckets: [Trace.Extremes], _ place: PanelPlace, _ style: String) -> String {
    let path = points(buckets, place).map { polyline($0) }.joined()
    return path.isEmpty ? "" : "<path class=\"curve \(style)\" d=\"\(path)\"/>"
  }

  /// The area between the lowest of one curve and the highest of another.
  static func band(
    _ low: [Trace.Extremes], _ high: [Trace.Extremes], _ place: PanelPlace, _ style: String
  ) -> String {
    var path = ""
    for stretch in stretches(of: zip(low, high).map { !$0.isEmpty && !$1.isEmpty }) {
      let upper = stretch.map { (place.x(high[$0].highTime), place.y(high[$0].high)) }
      let lower = stretch.reversed().map { (place.x(low[$0].lowTime), place.y(low[$0].low)) }
      path += polyline(upper + lower) + "Z"
    }
    return path.isEmpty ? "" : "<path class=\"\(style)\" d=\"\(path)\"/>"
  }

  /// The line in one colour for each stretch with the same binding; stretches touch.
  static func coloured(
    _ buckets: [Trace.Extremes], _ bindings: [String?], _ place: PanelPlace
  ) -> String {
    var text = ""
    var start = buckets.startIndex
    let zero = place.y(0)
    while start < buckets.endIndex {
      var end = start + 1
      while end < buckets.endIndex, bindings[end] == bindings[start] { end += 1 }
      let binding = bindings[start] ?? "none"
      let reach = min(end + 1, buckets.endIndex)
      for stretch in points(Array(buckets[start..<reach]), place) {
        guard let first = stretch.first, let last = stretch.last else { continue }
        let line = polyline(stretch)
        let down =
          "L\(Format.svg(last.0)) \(Format.svg(zero))L\(Format.svg(first.0)) \(Format.svg(zero))Z"
        text += "<path class=\"area b-\(binding)\" d=\"\(line)\(down)\"/>"
        text += "<path class=\"curve b-\(binding)\" d=\"\(line)\"/>"
      }
      start = end
    }
    return text
  }

  private static func points(
    _ buckets: [Trace.Extremes], _ place: PanelPlace
  ) -> [[(Double, Double)]] {
    stretches(of: buckets.map { !$0.isEmpty }).map { stretch in
      stretch.flatMap { index -> [(Double, Double)] in
        let bucket = buckets[index]
        let low = (place.x(bucket.lowTime), place.y(bucket.low))
        let high = (place.x(bucket.highTime), place.y(bucket.high))
        if bucket.lowTime == bucket.highTime { return [low] }
        return bucket.lowTime < bucket.highTime ? [low, high] : [high, low]
      }
    }
  }

  /// Ranges of consecutive true; a single bucket without a value is bridged, as thinning makes some.
  private static func stretches(of present: [Bool]) -> [[Int]] {
    var found: [[Int]] = []
    var current: [Int] = []
    for (index, isPresent) in present.enumerated() {
      if isPresent {
        if let last = current.last, index - last > 2 {
          found.append(current)
          current = []
        }
        current.append(index)
      }
    }
    if !current.isEmpty { found.append(current) }
    return found
  }

  private static func polyline(_ points: [(Double, Double)]) -> String {
    var text = ""
    for (index, point) in points.enumerated() {
      text += "\(index == 0 ? "M" : "L")\(Format.svg(point.0)) \(Format.svg(point.1))"
    }
    return text
  }
}
