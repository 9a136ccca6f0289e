import Foundation

extension DemoScore {
  /// Runs `lockstep demo` to its end and takes its score.
  ///
  /// - Parameter signals: what arrives there goes to the demo; -1: nothing.
  static func ofDemo(seed: UInt64, data: String?, passingOn signals: Int32) throws -> DemoScore {
    let place = data.map { ["--data", $0] } ?? []
    let child = try ChildProcess(["demo", "--seed", "\(seed)", "--json"] + place, heard: true)
    let line = child.firstLine() ?? ""
    let status = child.wait(passingOn: signals)
    guard status == 0 else {
      throw CommandFailure(status: status, message: "seed \(seed): status \(status)")
    }
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(DemoScore.self, from: Data(line.utf8))
  }
}
