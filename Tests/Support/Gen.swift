/// A generator of random values.
///
/// ```swift
/// @Test(arguments: seeds(200)) func `encoded names decode`(seed: UInt64) {
///   let name = Gen.text(in: 1...12).value(seed: seed)
/// }
/// ```
public struct Gen<Value> {
  private let make: (inout SeededRandom) -> Value

  /// A generator from a function.
  public init(_ make: @escaping (inout SeededRandom) -> Value) {
    self.make = make
  }

  /// Makes the next value.
  public func next(_ random: inout SeededRandom) -> Value {
    make(&random)
  }

  /// Makes the first value for a seed.
  public func value(seed: UInt64) -> Value {
    var random = SeededRandom(seed: seed)
    return make(&random)
  }

  /// A generator of the same values, each transformed.
  public func map<Other>(_ transform: @escaping (Value) -> Other) -> Gen<Other> {
    Gen<Other> { transform(make(&$0)) }
  }

  /// A generator that depends on the value made first.
  public func flatMap<Other>(_ transform: @escaping (Value) -> Gen<Other>) -> Gen<Other> {
    Gen<Other> { random in transform(make(&random)).next(&random) }
  }

  /// Arrays whose count is in a range.
  public func array(in counts: ClosedRange<Int>) -> Gen<[Value]> {
    Gen<[Value]> { random in
      (0..<Int.random(in: counts, using: &random)).map { _ in make(&random) }
    }
  }

  /// A value, or `nil` once in `odds` times.
  public func optional(nilOneIn odds: Int) -> Gen<Value?> {
    Gen<Value?> { random in
      Int.random(in: 0..<odds, using: &random) == 0 ? nil : make(&random)
    }
  }
}

extension Gen {
  /// Always the same value.
  public static func just(_ value: Value) -> Gen {
    Gen { _ in value }
  }

  /// One of some values, of which there must be at least one.
  public static func element(of values: [Value]) -> Gen {
    precondition(!values.isEmpty, "element(of:) needs at least one value")
    return Gen { values[Int.random(in: 0..<values.count, using: &$0)] }
  }

  /// A value from one of some generators, at least one; repeat a generator to make it likelier.
  public static func one(of recipes: [Gen]) -> Gen {
    precondition(!recipes.isEmpty, "one(of:) needs at least one recipe")
    return Gen { random in
      recipes[Int.random(in: 0..<recipes.count, using: &random)].next(&random)
    }
  }
}

extension Gen where Value: FixedWidthInteger & Sendable {
  /// Whole numbers in a range.
  public static func number(in range: ClosedRange<Value>) -> Gen {
    Gen { Value.random(in: range, using: &$0) }
  }
}

extension Gen where Value == Bool {
  /// `true` once in `odds` times.
  public static func chance(oneIn odds: Int) -> Gen {
    Gen { Int.random(in: 0..<odds, using: &$0) == 0 }
  }
}

extension Gen where Value == String {
  /// Text of printable ASCII.
  public static func ascii(in counts: ClosedRange<Int>) -> Gen {
    Gen<UInt8>.number(in: 0x20...0x7e).array(in: counts).map { String(decoding: $0, as: UTF8.self) }
  }

  /// Text that programs often mishandle: wide, combining, joined, bidirectional, control and ASCII.
  public static func text(in counts: ClosedRange<Int>) -> Gen {
    let awkward = [
      "a", "Z", "0", " ", "é", "ß", "e\u{301}", "漢", "字", "한", "👍", "👨‍👩‍👧", "🇩🇪", "❤️", "\u{200b}",
      "\u{202e}", "\u{feff}", "\u{1b}[2J", "\u{9b}", "\u{0}", "\n", "\t", "\\", "\"", "\u{fffd}",
      "𝄞", "ﷺ",
    ]
    return Gen.element(of: awkward).array(in: counts).map { $0.joined() }
  }
}
