/// A place counted from 1; zero stands for "before the first".
public protocol Ordinal: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The count, 0 or more.
  var number: Int { get }
  /// Makes the place from its count.
  init(_ number: Int)
}

extension Ordinal {
  /// Earlier places are less.
  public static func < (left: Self, right: Self) -> Bool { left.number < right.number }
  /// The number in decimal digits.
  public var description: String { String(number) }
  /// The place after this one.
  public var next: Self { number < Int.max ? Self(number + 1) : self }
}

/// A place in the whole log, written `#N`; the first event is `#1`.
public struct Position: Ordinal {
  /// The count; 0 stands for "before the first".
  public let number: Int
  /// One of these parts.
  public init(_ number: Int) { self.number = number }
  /// Written as people refer to it: `#12`.
  public var description: String { "#\(number)" }
}

/// A place in one stream, dense from 1.
public struct StreamPosition: Ordinal {
  /// The count; 0 stands for "before the first".
  public let number: Int
  /// One of these parts.
  public init(_ number: Int) { self.number = number }
}

/// How many events an aggregate has; also the version after its Nth event.
public struct Version: Ordinal {
  /// The count; 0 stands for "before the first".
  public let number: Int
  /// One of these parts.
  public init(_ number: Int) { self.number = number }
}

/// A place in the journal, written `jN`; the first entry is `j1`.
public struct JournalIndex: Ordinal {
  /// The count; 0 stands for "before the first".
  public let number: Int
  /// One of these parts.
  public init(_ number: Int) { self.number = number }
  /// Written as people refer to it: `j12`.
  public var description: String { "j\(number)" }
}
