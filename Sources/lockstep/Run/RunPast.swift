import Foundation
import Journal
import Records

/// What a run's journal says of it, as far as going on needs it.
struct RunPast {
  /// Of the run.
  let folder: String
  let header: RunHeader
  let sittings: [Sitting]
  let tail: JournalTail
  private let schema: Int
  private let ending: RunEnding?
  private let inputs: [InputCopy]

  /// Reads the journal of the run in `folder`.
  init(_ folder: String) throws {
    let reader = try JournalReader(folder)
    defer { reader.close() }
    self.folder = folder
    schema = reader.schema
    (header, sittings, tail, ending, inputs) = try reader.read { view in
      guard let header = try view.header() else {
        throw JournalError(.place, "\(reader.path): nothing on record: start it anew")
      }
      return (header, try view.sittings(), try view.tail(), try view.ending(), try view.inputs())
    }
  }

  /// The run's name.
  var name: String { (folder as NSString).lastPathComponent }
  var pace: RunCommand.PaceChoice { header.pace == "stepped" ? .stepped : .real }

  /// The campaign's file, or the lone protocol's.
  var job: String { path(of: "campaign") ?? path(of: "protocol") ?? "" }
  var bench: String { path(of: "bench") ?? "" }

  private func path(of role: String) -> String? { inputs.first { $0.role == role }?.name }

  /// A run that is done, or that no version can go on with.
  func refuseUnlessStopped() throws {
    guard schema > 1 else {
      throw CommandFailure(
        status: 2,
        message:
          "run \(name): its journal has schema \(schema), 2 is wanted to go on: start it anew")
    }
    guard let ending, ending.status == 0 else { return }
    throw CommandFailure(
      status: 2, message: "run \(name) is done: nothing to resume (\(ending.message))")
  }

  /// Files that are no longer what they were when the run began.
  func refuseChangedFiles() throws {
    for input in inputs {
      guard let bytes = FileManager.default.contents(atPath: input.name) else { continue }
      if SHA256.hexDigest(Array(bytes)) != input.sha256 { throw changed(input.name) }
    }
  }

  /// A plan that is not of the files on record: names may differ, bytes may not.
  func refuseOtherFiles(_ plan: RunPlan) throws {
    let known = Set(inputs.map { "\($0.role) \($0.sha256)" })
    let found = plan.inputs.map { ($0.name, "\($0.role) \(SHA256.hexDigest($0.content))") }
    if let other = found.first(where: { !known.contains($0.1) }) { throw changed(other.0) }
    let used = Set(found.map(\.1))
    if let missing = inputs.first(where: { !used.contains("\($0.role) \($0.sha256)") }) {
      throw changed(missing.name)
    }
  }

  private func changed(_ file: String) -> CommandFailure {
    CommandFailure(
      status: 2,
      message: "\(file): not as it was when run \(name) began: the same bytes are wanted to go on "
        + "(the journal keeps a copy)")
  }
}
