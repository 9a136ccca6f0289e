import Foundation
import Journal
import Reports

/// Where `--report` writes its page.
struct PageFile {
  private let path: String

  /// Refuses a place that is one of the command's other files.
  init(_ path: String, apartFrom others: [String]) throws {
    let place = { (path: String) in URL(fileURLWithPath: path).resolvingSymlinksInPath().path }
    if let other = others.first(where: { place($0) == place(path) }) {
      throw CommandFailure(
        status: 2, message: "--report \(path): is \(other), another file of this command")
    }
    self.path = path
  }

  /// Replaces the file whole or leaves it as it was.
  func write(_ page: AnalysisPage) throws {
    do { try AtomicFile.write(page.html, to: path) } catch {
      throw CommandFailure(status: 2, message: "--report: \(error)")
    }
  }
}
