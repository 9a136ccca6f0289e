/// Where each part of a DFN's state lies, in lanes of eight numbers.
package struct DFNLayout: Sendable, Equatable {
  /// Lanes of one shell or one line of cells in an electrode, and in the separator.
  package let blocks: Int
  package let separatorBlocks: Int
  package let negativeShells: Int
  package let positiveShells: Int
  package let negativeSalt: Int
  package let separatorSalt: Int
  package let positiveSalt: Int
  /// One lane whose first number is the temperature, K.
  package let temperature: Int
  /// Lanes in all.
  package let count: Int

  init(mesh: DFNMesh) {
    blocks = (mesh.electrode + 7) / 8
    separatorBlocks = (mesh.separator + 7) / 8
    negativeShells = 0
    positiveShells = blocks * mesh.shells
    negativeSalt = 2 * blocks * mesh.shells
    separatorSalt = negativeSalt + blocks
    positiveSalt = separatorSalt + separatorBlocks
    temperature = positiveSalt + blocks
    count = temperature + 1
  }
}
