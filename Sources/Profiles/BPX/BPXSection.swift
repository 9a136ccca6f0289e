import Electrochemistry
import Kernels

/// One object of a BPX file, read key by key; errors name file, line, path, value and what is
/// allowed.
struct BPXSection {
  let file: String
  private(set) var path: String
  private let line: Int
  private var members: [String: JSONValue.Member]

  /// - Parameter known: every key that may stand here; nil lets all pass.
  init(_ value: JSONValue, path: String, file: String, known: [String]?) throws(ProfileError) {
    guard case .object(let members) = value.content else {
      throw ProfileError(
        file: file, line: value.line, key: path, value: value.shown, "an object wanted")
    }
    self.file = file
    self.path = path
    line = value.line
    if let known {
      for member in members where !known.contains(member.key) {
        let hint = Suggestion.hint(for: member.key, among: known)
        throw ProfileError(
          file: file, line: member.line, key: Self.join(path, member.key),
          "unknown key\(hint)\(path.isEmpty ? "" : "; other fields belong under User-defined")")
      }
    }
    self.members = Dictionary(members.map { ($0.key, $0) }) { first, _ in first }
  }

  private static func join(_ path: String, _ key: String) -> String {
    path.isEmpty ? key : "\(path).\(key)"
  }

  /// The error about `key`, placed at its line.
  func failure(_ key: String, _ problem: String) -> ProfileError {
    let member = members[key]
    return ProfileError(
      file: file, line: member?.line ?? line, key: Self.join(path, key),
      value: member?.value.shown, problem)
  }

  func has(_ key: String) -> Bool { members[key] != nil }

  /// A section that the file leaves out.
  func empty(_ key: String) -> BPXSection {
    var copy = self
    copy.path = Self.join(path, key)
    copy.members = [:]
    return copy
  }

  /// Keys, in no order.
  var keys: [String] { Array(members.keys) }

  /// A copy in which keys with the value null are absent.
  var withoutNulls: BPXSection {
    var copy = self
    copy.members = members.filter {
      if case .null = $0.value.value.content { false } else { true }
    }
    return copy
  }

  func value(_ key: String) throws(ProfileError) -> JSONValue {
    guard let member = members[key] else { throw failure(key, "missing") }
    return member.value
  }

  func section(_ key: String, known: [String]?) throws(ProfileError) -> BPXSection {
    try BPXSection(try value(key), path: Self.join(path, key), file: file, known: known)
  }

  func string(_ key: String) throws(ProfileError) -> String {
    guard case .string(let text) = try value(key).content else {
      throw failure(key, "a string wanted")
    }
    return text
  }

  /// - Parameter otherwise: for an absent key; nil makes the key necessary.
  func number(
    _ key: String, _ allowed: BPXBound, otherwise: Double? = nil
  ) throws(ProfileError) -> Double {
    if let otherwise, !has(key) { return otherwise }
    guard case .number(let value, _) = try value(key).content else {
      throw failure(key, "a number wanted, \(allowed.words)")
    }
    guard allowed.contains(value) else { throw failure(key, "allowed: \(allowed.words)") }
    return value
  }

  /// Text, or "" for an absent key.
  func text(_ key: String) throws(ProfileError) -> String { has(key) ? try string(key) : "" }

  func count(_ key: String) throws(ProfileError) -> Int {
    guard case .number(let value, _) = try value(key).content, let whole = Int(exactly: value),
      whole >= 1, whole <= 100_000
    else { throw failure(key, "allowed: a whole number from 1 to 100000") }
    return whole
  }
}
