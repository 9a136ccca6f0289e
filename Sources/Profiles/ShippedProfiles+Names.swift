extension ShippedProfiles {
  /// The name in `path`, without folders and endings: `demo` of `profiles/benches/demo.toml`.
  public static func stem(of path: String) -> String {
    String((path.split(separator: "/").last ?? "").prefix { $0 != "." })
  }
}
