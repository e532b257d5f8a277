/// Turns the bytes that a terminal sends into keys, mouse events and pastes.
///
/// It never blocks and never fails: sequences may arrive in any pieces, replies and garbage are
/// dropped, and whatever stays incomplete is resolved by ``settle()`` after a while.
struct KeyDecoder {
  /// What kind of input is incomplete, which decides how long to wait for the rest.
  enum Pending: Hashable, Sendable {
    case nothing
    /// The beginning of a sequence, or the Escape key.
    case sequence
    /// The beginning of an answer of the terminal.
    case reply
    /// What may be the beginning of an answer that is expected, or a key.
    case replyOrKey
    /// A paste whose end mark has arrived; more text would show that the mark was part of the
    /// paste.
    case pasteEnd
    /// A paste without an end mark yet.
    case paste
  }

  private var waiting: [UInt8] = []
  private var paste: PasteBuffer?
  private var focus = FocusFilter()
  /// Whether the terminal was asked for something and has not answered yet.
  private(set) var expectsReply = false
  // What was taken for a key although an answer may begin with it.
  private var early: [UInt8] = []

  /// The kind of the incomplete input.
  var pending: Pending {
    if let paste, !paste.isLate || !paste.isEmpty { return paste.hasEnd ? .pasteEnd : .paste }
    guard !waiting.isEmpty else { return .nothing }
    if waiting.count > 2, waiting.starts(with: Self.reply.prefix(2)) { return .reply }
    return expectsReply && Self.reply.starts(with: waiting) ? .replyOrKey : .sequence
  }

  /// Notes that the terminal was asked for something, so that its answer is waited for a little
  /// longer than the rest of a key.
  mutating func expectReply() {
    expectsReply = true
  }

  /// Reads bytes.
  ///
  /// - Returns: The inputs that they complete, in order.
  mutating func feed(_ bytes: some Collection<UInt8>) -> [TerminalInput] {
    guard paste == nil else { return extendPaste(bytes) }
    if !early.isEmpty, (early + bytes).starts(with: Self.reply) { waiting = early }
    early = []
    waiting.append(contentsOf: bytes)
    return decode()
  }

  /// Resolves incomplete input after nothing has arrived for a while.
  ///
  /// A lone escape byte is the Escape key; the beginning of a sequence is dropped; a paste is
  /// returned as far as it has arrived, and what a person types after it are keys again.
  mutating func settle() -> [TerminalInput] {
    if var unfinished = paste {
      let (text, rest) = unfinished.take()
      paste = rest == nil ? PasteBuffer(isLate: true) : nil
      var inputs: [TerminalInput] = text.isEmpty && rest == nil ? [] : [.paste(text)]
      inputs = inputs.filter { focus.admits($0) }
      if let rest { inputs += feed(rest) }
      return inputs
    }
    let bytes = waiting
    waiting = []
    expectsReply = false
    guard bytes.first == Self.escape else { return [] }
    if Self.reply.starts(with: bytes) { early = bytes }
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
        if case .background = input { expectsReply = false }
        if focus.admits(input) { inputs.append(input) }
        rest = rest.dropFirst(length)
      case .nothing(let length):
        rest = rest.dropFirst(length)
      case .focus(let isGained, let length):
        focus.focus(isGained: isGained)
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
    // Either the end mark was lost, or the rest is late.
    if let late = paste, late.isLate, late.isEmpty, !Self.continuesPaste(bytes) {
      paste = nil
      return feed(bytes)
    }
    paste?.append(bytes)
    return []
  }

  // A person types a few bytes; other input in greater pieces begins with an escape byte.
  private static func continuesPaste(_ bytes: some Collection<UInt8>) -> Bool {
    bytes.count > typedAtOnce && bytes.first != escape
  }

  /// The most bytes that a person types before they are read; the rest of a paste comes in more.
  static let typedAtOnce = 24

  private static let escape: UInt8 = 0x1B
  private static let reply = [escape, UInt8(ascii: "]")] + ColorReply.beginning
}
