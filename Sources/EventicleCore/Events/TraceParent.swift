/// A place in a distributed trace: the `traceparent` header of the W3C.
///
/// It is written `00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01`: version, trace, span
/// and flags. Events carry the text as it came, whether it is well formed or not.
public struct TraceParent: Sendable, Hashable, CustomStringConvertible {
  /// The two halves of the trace's id.
  private let trace: (high: UInt64, low: UInt64)
  private let span: UInt64
  /// The flags; the lowest bit says that the trace is sampled.
  public let flags: UInt8

  private init(trace: (high: UInt64, low: UInt64), span: UInt64, flags: UInt8) {
    self.trace = trace
    self.span = span
    self.flags = flags
  }

  /// Begins a trace whose ids are derived from a text, for example the id of an event.
  public init(startingFrom text: String, isSampled: Bool = true) {
    let high = ValueHash.number(of: text, from: 1)
    self.init(
      trace: (high, TraceParent.nonZero(ValueHash.number(of: text, from: high))),
      span: TraceParent.nonZero(ValueHash.number(of: text, from: 2)), flags: isSampled ? 1 : 0)
  }

  /// Parses a header.
  ///
  /// A version later than 00 may be longer; only what version 00 defines is read.
  ///
  /// - Throws: ``TraceParentError`` that names the part that is wrong.
  public init(_ text: String) throws(TraceParentError) {
    func failure(_ what: String) -> TraceParentError {
      TraceParentError(
        reason: "A traceparent is written "
          + "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01, but in \"\(text)\" \(what).")
    }
    let bytes = Array(text.utf8.prefix(56))
    guard bytes.count >= 55, bytes[2] == 0x2D, bytes[35] == 0x2D, bytes[52] == 0x2D else {
      throw failure("the four parts are not in their places")
    }
    guard let version = TraceParent.number(bytes[0..<2]), version < 0xFF else {
      throw failure("the version is not two hexadecimal digits below ff")
    }
    guard bytes.count == 55 || (version > 0 && bytes[55] == 0x2D) else {
      throw failure("something follows the flags")
    }
    guard let high = TraceParent.number(bytes[3..<19]),
      let low = TraceParent.number(bytes[19..<35]),
      high != 0 || low != 0
    else { throw failure("the trace is not 32 lower-case hexadecimal digits with one above 0") }
    guard let span = TraceParent.number(bytes[36..<52]), span != 0 else {
      throw failure("the span is not 16 lower-case hexadecimal digits with one above 0")
    }
    guard let flags = TraceParent.number(bytes[53..<55]) else {
      throw failure("the flags are not two hexadecimal digits")
    }
    self.init(
      trace: (high, low), span: span,
      flags: UInt8(truncatingIfNeeded: version == 0 ? flags : flags & 1))
  }

  /// The id shared by all spans of the trace, as 32 hexadecimal digits.
  public var traceID: String { hexDigits(trace.high, width: 16) + hexDigits(trace.low, width: 16) }

  /// The id of this span, as 16 hexadecimal digits.
  public var spanID: String { hexDigits(span, width: 16) }

  /// Whether the trace is recorded, the lowest bit of ``flags``.
  public var isSampled: Bool { flags & 1 == 1 }

  /// A child span of this one in the same trace.
  ///
  /// Its id is derived from this span and the text, for example the id of the event or delivery
  /// that it stands for, so that running a history again gives its spans the same ids.
  public func child(of text: String) -> TraceParent {
    var id = TraceParent.nonZero(ValueHash.number(of: text, from: span ^ trace.low))
    if id == span { id = TraceParent.nonZero(ValueHash.mix(id)) }
    return TraceParent(trace: trace, span: id, flags: flags)
  }

  /// The header, in the form of version 00.
  public var description: String {
    "00-\(traceID)-\(spanID)-\(hexDigits(flags, width: 2))"
  }

  /// Whether all parts are equal.
  public static func == (left: TraceParent, right: TraceParent) -> Bool {
    left.trace == right.trace && left.span == right.span && left.flags == right.flags
  }

  /// Hashes all parts.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(trace.high)
    hasher.combine(trace.low)
    hasher.combine(span)
    hasher.combine(flags)
  }

  private static func nonZero(_ number: UInt64) -> UInt64 { number == 0 ? 1 : number }

  private static func number(_ digits: ArraySlice<UInt8>) -> UInt64? {
    var number: UInt64 = 0
    for digit in digits {
      switch digit {
      case 0x30...0x39: number = number << 4 | UInt64(digit - 0x30)
      case 0x61...0x66: number = number << 4 | UInt64(digit - 0x61 + 10)
      default: return nil
      }
    }
    return number
  }
}

/// Why a text is no `traceparent` header.
public struct TraceParentError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What was expected and what was found.
  public let reason: String

  /// The reason, as a sentence for people.
  public var description: String { reason }
}
