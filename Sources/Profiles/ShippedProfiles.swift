private import Glibc

/// Finds files by path, or by name in the `profiles` tree that ships with Lockstep.
public enum ShippedProfiles {
  /// What kind of file is wanted: its folder and ending in the tree.
  public enum Kind: String, Sendable, CaseIterable {
    case cell, limits, bench, `protocol`, campaign, instrument, plant

    var folder: String { self == .bench ? "benches" : self == .limits ? "cells" : rawValue + "s" }

    var ending: String {
      switch self {
      case .cell: ".json"
      case .limits: ".limits.toml"
      default: ".toml"
      }
    }
  }

  /// The path of the file called `name`. With a slash or the kind's ending it is a path, relative to
  /// the folder of `referrer` (the file that names it) or, without one, to the working directory.
  /// Anything else is a name in the shipped tree.
  ///
  /// - Parameter root: the tree to look in; nil: `LOCKSTEP_PROFILES`, else the first folder named
  ///   `profiles` on the way up from the running executable.
  public static func locate(
    kind: Kind, name: String, from referrer: String? = nil, root: String? = nil
  ) throws(ProfileError) -> String {
    if name.contains("/") || name.hasSuffix(kind.ending) {
      let path = absolute(name, from: referrer)
      guard access(path, R_OK) == 0 else {
        throw ProfileError(file: path, "no such \(kind.rawValue) file, or not readable")
      }
      return path
    }
    guard let root = root ?? self.root else {
      throw ProfileError(
        file: name, "no profiles folder beside the executable: set LOCKSTEP_PROFILES or give a path"
      )
    }
    let path = "\(root)/\(kind.folder)/\(name)\(kind.ending)"
    guard access(path, R_OK) == 0 else {
      let names = names(of: kind, in: root)
      let list = names.isEmpty ? "none" : names.joined(separator: ", ")
      throw ProfileError(
        file: name,
        "no such \(kind.rawValue)\(Suggestion.hint(for: name, among: names)); shipped are \(list)")
    }
    return path
  }

  /// The shipped names of `kind`, ascending.
  public static func names(of kind: Kind) -> [String] { root.map { names(of: kind, in: $0) } ?? [] }

  /// The shipped tree, or nil when there is none.
  public static var root: String? {
    if let set = getenv("LOCKSTEP_PROFILES") { return String(cString: set) }
    guard let resolved = realpath("/proc/self/exe", nil) else { return nil }
    defer { free(resolved) }
    var folder = Substring(String(cString: resolved))
    while let slash = folder.lastIndex(of: "/") {
      folder = folder[..<slash]
      if isFolder("\(folder)/profiles/instruments") || isFolder("\(folder)/profiles/benches") {
        return "\(folder)/profiles"
      }
    }
    return nil
  }

  private static func absolute(_ name: String, from referrer: String?) -> String {
    guard !name.hasPrefix("/"), let slash = referrer?.lastIndex(of: "/"), let referrer else {
      return name
    }
    return referrer[...slash] + name
  }

  private static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  private static func names(of kind: Kind, in root: String) -> [String] {
    guard let folder = opendir("\(root)/\(kind.folder)") else { return [] }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) {
        String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
      }
      guard name.hasSuffix(kind.ending), !name.hasPrefix(".") else { continue }
      names.append(String(name.dropLast(kind.ending.count)))
    }
    return names.sorted()
  }
}
