/// A file that another file names: found only when it is asked for, so that an error points at the
/// line that names it.
public struct FileReference: Sendable, Hashable {
  /// What kind of file is wanted.
  public var kind: ShippedProfiles.Kind
  /// The name or path as written.
  public var name: String
  /// The file that names it.
  public var referrer: String
  /// The line there; nil when a command line named it.
  public var line: Int?
  /// The key there; nil when a command line named it.
  public var key: String?

  /// The path of the file; the error carries the place of the reference.
  public func locate(root: String? = nil) throws(ProfileError) -> String {
    do {
      return try ShippedProfiles.locate(kind: kind, name: name, from: referrer, root: root)
    } catch {
      throw ProfileError(
        file: referrer, line: line, key: key, value: "\"\(name)\"", error.problem)
    }
  }
}

extension TomlTable {
  /// The reference under `key` to a file of `kind`.
  public func reference(_ key: String, to kind: ShippedProfiles.Kind) throws(ProfileError)
    -> FileReference
  {
    let name = try string(key)
    return FileReference(
      kind: kind, name: name, referrer: file, line: line(of: key), key: path(of: key))
  }

  /// The reference under `key`; nil when the key is not there.
  public func reference(ifPresent key: String, to kind: ShippedProfiles.Kind)
    throws(ProfileError) -> FileReference?
  {
    contains(key) ? try reference(key, to: kind) : nil
  }
}
