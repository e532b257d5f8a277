/// A place counted from 1; zero means "before the first".
public protocol Ordinal: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The count, 0 or more.
  var number: Int { get }
  /// Creates the place with a count.
  init(_ number: Int)
}

extension Ordinal {
  /// Orders by the count.
  public static func < (left: Self, right: Self) -> Bool { left.number < right.number }
  /// The number in decimal digits.
  public var description: String { String(number) }
  /// The place after this one; the last one possible has none and returns itself.
  public var next: Self { number < Int.max ? Self(number + 1) : self }
}

/// A place in the whole log, written `#N`; the first event is at `#1`.
public struct Position: Ordinal {
  /// The count; 0 means "before the first".
  public let number: Int
  /// Creates the position with a number, which is not checked.
  public init(_ number: Int) { self.number = number }
  /// The position as people write it: `#12`.
  public var description: String { "#\(number)" }
}

/// A place in one stream, counted from 1 without gaps.
public struct StreamPosition: Ordinal {
  /// The count; 0 means "before the first".
  public let number: Int
  /// Creates the position with a number, which is not checked.
  public init(_ number: Int) { self.number = number }
}

/// The number of an aggregate's events; also the version after its Nth event.
public struct Version: Ordinal {
  /// The count; 0 means that there are no events.
  public let number: Int
  /// Creates the version with a number, which is not checked.
  public init(_ number: Int) { self.number = number }
}

/// A place in the journal, written `jN`; the first entry is `j1`.
public struct JournalIndex: Ordinal {
  /// The count; 0 means "before the first".
  public let number: Int
  /// Creates the index with a number, which is not checked.
  public init(_ number: Int) { self.number = number }
  /// The index as people write it: `j12`.
  public var description: String { "j\(number)" }
}
