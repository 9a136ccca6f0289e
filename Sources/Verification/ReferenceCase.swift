import Electrochemistry
package import Foundation
import Profiles
import Simulation

/// One trajectory of an independent code, and our solver under the same experiment.
package struct ReferenceCase: Sendable {
  /// Parameter set: the folder's name.
  package let set: String
  package let name: String
  let folder: URL
  let document: ReferenceDocument

  /// All cases under a folder of folders, by name.
  package static func all(in root: URL) throws -> [ReferenceCase] {
    let files = FileManager.default
    var found: [ReferenceCase] = []
    guard let sets = try? files.contentsOfDirectory(atPath: root.path) else {
      throw ReferenceTable.Refusal(description: "\(root.path): not a readable folder")
    }
    for set in sets.sorted() {
      let folder = root.appending(path: set)
      let names = (try? files.contentsOfDirectory(atPath: folder.path)) ?? []
      for file in names.sorted() where file.hasSuffix(".json") {
        let name = String(file.dropLast(5))
        guard files.fileExists(atPath: folder.appending(path: "\(name).csv").path) else { continue }
        let data = try Data(contentsOf: folder.appending(path: file))
        do {
          found.append(
            ReferenceCase(
              set: set, name: name, folder: folder,
              document: try JSONDecoder().decode(ReferenceDocument.self, from: data)))
        } catch {
          throw ReferenceTable.Refusal(description: "\(set)/\(file): \(error)")
        }
      }
    }
    return found
  }

  /// Why it is not run, where it is not.
  package var skipped: String? {
    if document.options.ages { return "\(set) \(name): SEI growth or plating, not in these models" }
    return nil
  }

  var gates: ReferenceGates {
    ReferenceGates(
      set: set, isLumped: document.isLumped, isDrive: document.profile.file != nil,
      rate: document.profile.rate?.magnitude ?? 0)
  }

  func table() throws -> ReferenceTable {
    try ReferenceTable(folder.appending(path: "\(name).csv"))
  }

  /// Our rows, among them one at each of these times that the run reaches.
  ///
  /// - Parameter profiles: as `root` in `ShippedProfiles.locate`.
  func solve(at times: [Double], profiles: String?) throws -> [SolverRow] {
    let cell = try CellFile.load(
      try ShippedProfiles.locate(
        kind: .cell, name: set.lowercased().replacingOccurrences(of: "_", with: "-"),
        root: profiles),
      for: document.isLumped ? .all : document.model == "SPM" ? [] : .electrolyte)
    guard let model = CellModelName(rawValue: document.model.lowercased()) else {
      throw ReferenceTable.Refusal(description: "model \(document.model): SPM, SPMe or DFN wanted")
    }
    let solver = try SolverChoice(model: model, thermal: document.isLumped ? .lumped : .isothermal)
      .makeSolver(cell)
    try solver.start(
      negativeStoichiometry: document.negativeStoichiometry,
      positiveStoichiometry: document.positiveStoichiometry, temperature: document.temperature)
    var rows: [SolverRow] = []
    for piece in try ReferencePiece.all(of: document, in: folder) {
      try solver.apply(piece.control, ambient: document.ambient)
      rows.append(try solver.row())
      _ = try solver.run(for: piece.duration, stops: piece.stops, outputTimes: times) {
        rows.append($0)
      }
      rows.append(try solver.row())
    }
    return rows
  }
}
