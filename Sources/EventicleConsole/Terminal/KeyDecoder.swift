/// Turns the bytes a terminal sends into keys, mouse events and pastes.
///
/// It never blocks and never fails: sequences may arrive in any pieces, answers of the terminal
/// and garbage are dropped, and what stays incomplete is settled by ``settle()`` after a while.
struct KeyDecoder {
  /// What has been read but not understood yet, and how long to wait for the rest of it.
  enum Pending: Hashable, Sendable {
    case nothing
    /// The beginning of a sequence, or the Escape key.
    case sequence
    /// A paste whose end mark has come; more would show that the mark was part of the paste.
    case pasteEnd
    /// A paste that goes on.
    case paste
  }

  private var waiting: [UInt8] = []
  private var paste: PasteBuffer?

  /// What an unfinished input is.
  var pending: Pending {
    if let paste { return paste.hasEnd ? .pasteEnd : .paste }
    return waiting.isEmpty ? .nothing : .sequence
  }

  /// Reads bytes.
  ///
  /// - Returns: What they complete, in order.
  mutating func feed(_ bytes: some Collection<UInt8>) -> [TerminalInput] {
    guard paste == nil else { return extendPaste(bytes) }
    waiting.append(contentsOf: bytes)
    return decode()
  }

  /// Decides about what is unfinished, because nothing came for a while.
  ///
  /// A lone escape byte is the Escape key; the beginning of a sequence is dropped; a paste is
  /// handed out as far as it came.
  mutating func settle() -> [TerminalInput] {
    if var unfinished = paste {
      let (text, rest) = unfinished.take()
      paste = rest == nil ? PasteBuffer(isResumed: true) : nil
      var inputs: [TerminalInput] = text.isEmpty && rest == nil ? [] : [.paste(text)]
      if let rest { inputs += feed(rest) }
      return inputs
    }
    let bytes = waiting
    waiting = []
    guard bytes.first == Self.escape else { return [] }
    guard bytes.count > 1 else { return [.key(KeyPress(.escape))] }
    guard bytes.count == 2, (0x21..<0x7F).contains(bytes[1]) else { return [] }
    return [.key(KeyPress(Character(Unicode.Scalar(bytes[1])), .alt))]
  }

  private mutating func decode() -> [TerminalInput] {
    var inputs: [TerminalInput] = []
    var rest = waiting[...]
    while !rest.isEmpty {
      switch InputSequence.first(in: rest) {
      case .incomplete:
        waiting = Array(rest)
        return inputs
      case .input(let input, let length):
        inputs.append(input)
        rest = rest.dropFirst(length)
      case .nothing(let length):
        rest = rest.dropFirst(length)
      case .pasteBegins(let length):
        let pasted = Array(rest.dropFirst(length))
        waiting = []
        paste = PasteBuffer()
        return inputs + extendPaste(pasted)
      }
    }
    waiting = []
    return inputs
  }

  private mutating func extendPaste(_ bytes: some Collection<UInt8>) -> [TerminalInput] {
    // When the end mark was lost, a person's Escape or ^C must still get out.
    if paste?.isResumed == true, bytes.count == 1, let byte = bytes.first, byte == 3 || byte == 27 {
      paste = nil
      return feed(bytes)
    }
    paste?.append(bytes)
    return []
  }

  private static let escape: UInt8 = 0x1B
}
