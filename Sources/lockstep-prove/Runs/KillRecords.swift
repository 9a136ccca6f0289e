import Foundation

/// What the random kills wrote down, one JSON object a line.
struct KillRecords {
  private var rows: [Int: [String: Any]] = [:]

  init(_ path: String) {
    let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
    for line in text.split(separator: "\n") {
      guard
        let row = try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any],
        let number = row["number"] as? Int
      else { continue }
      rows[number] = row
    }
  }

  var numbers: Set<Int> { Set(rows.keys) }

  /// Benches on which the controller starved before the blow fell, and that were set up again.
  var repeated: Int { rows.values.reduce(0) { $0 + ($1["tries"] as? Int ?? 1) - 1 } }

  /// Whether every current ended within its computed time.
  var areInTime: Bool {
    rows.values.allSatisfy {
      Self.number($0, "to_zero_ms") <= Self.number($0, "allowed_to_zero_ms")
    }
  }

  /// Deaths without any lost port, per blow.
  var blows: [[String: Any]] { summary(rows.values.filter { Self.port($0).isEmpty }, by: "blow") }

  /// Lost ports, per port; `with`: who died with it, and how often.
  var removals: [[String: Any]] {
    let lost = rows.values.filter { !Self.port($0).isEmpty }
    return summary(lost, by: "port").map { summary in
      let own = lost.filter { Self.port($0) == summary["port"] as? String }
      let with = Dictionary(grouping: own) {
        let blow = $0["blow"] as? String ?? ""
        return blow.isEmpty ? "nobody" : blow
      }
      return summary.merging(["with": with.mapValues(\.count)]) { $1 }
    }
  }

  private static func port(_ row: [String: Any]) -> String { row["port"] as? String ?? "" }

  /// Per kind: how often, times to zero current and to the open contactor, statuses and latches.
  private func summary(_ rows: [[String: Any]], by key: String) -> [[String: Any]] {
    Dictionary(grouping: rows) { $0[key] as? String ?? "" }.sorted { $0.key < $1.key }.map {
      kind, rows in
      [
        key: kind, "count": rows.count,
        "to_zero_ms": Self.quantiles(rows.map { Self.number($0, "to_zero_ms") }),
        "to_open_ms": Self.quantiles(rows.map { Self.number($0, "to_open_ms") }),
        "allowed_to_zero_ms": rows.map { Self.number($0, "allowed_to_zero_ms") }.max() ?? 0,
        "statuses": Array(Set(rows.map { $0["status"] as? Int ?? 0 })).sorted(),
        "latches": Array(Set(rows.map { $0["latch"] as? String ?? "" })).sorted(),
      ]
    }
  }

  /// From the instant at which a device's line permitted its first byte to that byte, ms.
  var lateness: [String: Any] {
    let form = #/([0-9.]+) ms \(permitted at ([0-9.]+) ms\)/#
    let all = rows.values.flatMap { row in
      (row["first_bytes"] as? String ?? "").matches(of: form).compactMap { match -> Double? in
        guard let sent = Double(match.1), let permitted = Double(match.2) else { return nil }
        return sent - permitted
      }
    }
    return Self.quantiles(all)
  }

  private static func number(_ row: [String: Any], _ key: String) -> Double {
    (row[key] as? NSNumber)?.doubleValue ?? .nan
  }

  private static func quantiles(_ values: [Double]) -> [String: Any] {
    let sorted = values.sorted()
    guard let most = sorted.last else { return ["count": 0] }
    func at(_ share: Double) -> Double {
      let value = sorted[min(sorted.count - 1, Int(share * Double(sorted.count)))]
      return (value * 10).rounded() / 10
    }
    return [
      "count": sorted.count, "p50": at(0.5), "p99": at(0.99), "max": (most * 10).rounded() / 10,
    ]
  }
}
