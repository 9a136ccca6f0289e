import Foundation
import GRDB

/// One row of a query's result, valid while the query's closure runs.
public struct JournalRow {
  private let row: Row

  init(_ row: Row) { self.row = row }

  /// The number in column `index` (from 0), or nil for NULL.
  public func double(_ index: Int) -> Double? { row[index] }

  /// The whole number in column `index` (from 0), or nil for NULL.
  public func int(_ index: Int) -> Int? { row[index] }

  /// The text in column `index` (from 0), or nil for NULL.
  public func text(_ index: Int) -> String? { row[index] }

  /// The number in column `index`, NaN for NULL.
  public func number(_ index: Int) -> Double { double(index) ?? .nan }

  /// The bytes in column `index`, empty for NULL.
  public func bytes(_ index: Int) -> [UInt8] {
    let data: Data? = row[index]
    return data.map(Array.init) ?? []
  }
}
