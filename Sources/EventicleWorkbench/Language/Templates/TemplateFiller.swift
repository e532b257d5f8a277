package import EventicleCore

/// Fills in the blanks of a line; the same filler gives the same texts.
package struct TemplateFiller {
  /// Which time the line is carried out, from 1.
  private let round: Int
  private let now: Instant
  private let value: (LineVariable) -> JSON?
  private var bits: RandomBits

  /// Creates a filler for one time that a line is carried out.
  ///
  /// - Parameters:
  ///   - round: Which time it is, from 1.
  ///   - seed: Decides what `{{ID}}`, `{{Random}}` and `{{Pick}}` give.
  ///   - value: The value of a variable; `nil` when it has none.
  package init(
    round: Int, now: Instant, seed: UInt64, value: @escaping (LineVariable) -> JSON?
  ) {
    self.round = round
    self.now = now
    self.value = value
    bits = RandomBits(seed: seed &+ UInt64(round) &* 0xD1B5_4A32_D192_ED03)
  }

  /// The text with its blanks filled in.
  ///
  /// - Throws: ``LanguageError`` at a variable without a value.
  mutating func text(_ template: Located<TextTemplate>) throws(LanguageError) -> String {
    var text = ""
    for part in template.value.parts {
      switch part {
      case .text(let plain): text += plain
      case .blank(let blank):
        let filled = try fill(blank, template.span)
        text += filled.string ?? filled.description
      }
    }
    return text
  }

  /// The JSON with its blanks filled in: inside a string as text, elsewhere as values.
  ///
  /// - Throws: ``LanguageError`` at the field when this gives no JSON.
  mutating func json(_ template: Located<TextTemplate>) throws(LanguageError) -> JSON {
    var text = ""
    var (isInString, isEscaped) = (false, false)
    for part in template.value.parts {
      switch part {
      case .text(let plain):
        for byte in plain.utf8 {
          if isEscaped {
            isEscaped = false
          } else if byte == Byte.backslash {
            isEscaped = isInString
          } else if byte == Byte.doubleQuote {
            isInString.toggle()
          }
        }
        text += plain
      case .blank(let blank):
        let filled = try fill(blank, template.span)
        guard isInString else {
          text += filled.description
          continue
        }
        let quoted = JSON.string(filled.string ?? filled.description).description
        text += quoted.dropFirst().dropLast()
      }
    }
    do throws(JSONError) {
      return try JSON(parsing: text)
    } catch {
      throw template.error(
        "Filled in, this is \(LanguageError.shortened(text)), which is not JSON: "
          + "\(error.reason).")
    }
  }

  private mutating func fill(
    _ blank: TextTemplate.Blank, _ span: Span
  ) throws(LanguageError) -> JSON {
    switch blank {
    case .count: return .int(round)
    case .id: return .string(bits.uuid())
    case .time: return .string(now.description)
    case .unix: return .int(Int(now.milliseconds.flooredSeconds))
    case .random(let least, let most): return .int(bits.number(from: least, to: most))
    case .pick(let words): return .string(words[bits.number(from: 0, to: words.count - 1)])
    case .variable(let variable):
      guard let value = value(variable) else {
        throw LanguageError(
          at: span, "\(blank) has no value here; the newest event has no such part.")
      }
      return value
    }
  }
}

extension Int64 {
  /// Whole seconds of a number of milliseconds, rounded down.
  fileprivate var flooredSeconds: Int64 {
    let (whole, rest) = quotientAndRemainder(dividingBy: 1_000)
    return rest < 0 ? whole - 1 : whole
  }
}

/// Bits that only look random: the same seed gives the same ones (SplitMix64).
private struct RandomBits {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state = state &+ 0x9E37_79B9_7F4A_7C15
    var bits = state
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    return bits ^ (bits >> 31)
  }

  /// A whole number from one to another, both included.
  mutating func number(from least: Int, to most: Int) -> Int {
    let span = UInt64(bitPattern: Int64(most) &- Int64(least))
    let bits = next()
    guard span < .max else { return Int(truncatingIfNeeded: bits) }
    let offset = (span + 1).multipliedFullWidth(by: bits).high
    return least &+ Int(truncatingIfNeeded: offset)
  }

  /// An id in the form of a UUID of version 4.
  mutating func uuid() -> String {
    let high = next() & 0xFFFF_FFFF_FFFF_0FFF | 0x4000
    let low = next() & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000
    func hex(_ value: UInt64, _ count: Int) -> String {
      let digits = String(value, radix: 16)
      return String(repeating: "0", count: max(0, count - digits.count)) + digits
    }
    return "\(hex(high >> 32, 8))-\(hex(high >> 16 & 0xFFFF, 4))-\(hex(high & 0xFFFF, 4))-"
      + "\(hex(low >> 48, 4))-\(hex(low & 0xFFFF_FFFF_FFFF, 12))"
  }
}
