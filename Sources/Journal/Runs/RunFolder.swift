import Glibc
import Records

/// Where runs lie, and how a person names one.
public enum RunFolder {
  /// Where runs are kept unless `--data` says otherwise: `$XDG_DATA_HOME/lockstep/runs`.
  public static var defaultRuns: String { runs(under: nil) }

  /// The folder of runs under `data` (an option's value), or the default one.
  public static func runs(under data: String?) -> String {
    if let data { return data + "/runs" }
    if let home = environment("XDG_DATA_HOME") { return home + "/lockstep/runs" }
    return (environment("HOME") ?? ".") + "/.local/share/lockstep/runs"
  }

  /// The folder that `name` means: a path to a run's folder or to its journal, the name of a run in
  /// `runs`, or `latest`, the run that began last.
  public static func locate(_ name: String, in runs: String) throws(JournalError) -> String {
    if name == "latest" {
      guard let latest = list(runs).max(by: { $0.start < $1.start }) else {
        throw JournalError(.place, "\(runs): no run yet")
      }
      return latest.folder
    }
    let candidates = name.contains("/") ? [name] : [runs + "/" + name, name]
    for candidate in candidates {
      if candidate.hasSuffix(".sqlite"), exists(candidate) {
        return String(candidate.dropLast(JournalWriter.fileName.count)) + "."
      }
      if exists(candidate + "/" + JournalWriter.fileName) { return candidate }
    }
    throw JournalError(
      .place, "\(name): no run of that name in \(runs), and no folder with a journal")
  }

  /// Folders in `runs` that hold a readable journal with a header, and when each run began (unix).
  public static func list(_ runs: String) -> [(folder: String, start: Double)] {
    names(in: runs).compactMap { name in
      let folder = runs + "/" + name
      guard exists(folder + "/" + JournalWriter.fileName),
        let reader = try? JournalReader(folder),
        let header = try? reader.read({ try $0.header() })
      else { return nil }
      reader.close()
      return (folder, header.unixStart)
    }
  }

  private static func environment(_ name: String) -> String? {
    guard let value = getenv(name) else { return nil }
    let text = String(cString: value)
    return text.isEmpty ? nil : text
  }

  private static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  private static func names(in folder: String) -> [String] {
    guard let directory = opendir(folder) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return names.sorted()
  }
}
