/// The bindings of keys to actions, for the keyboard, the footer, the help and the README alike.
struct Keymap: Hashable, Sendable {
  /// One binding: a sequence of keys and its action.
  struct Binding: Hashable, Sendable {
    /// The keys in their notation: `gs`, `<C-w>h`, `.`.
    let notation: String
    let action: Action

    init(_ notation: String, _ action: Action) {
      self.notation = notation
      self.action = action
    }
  }

  /// The result of looking up a sequence of keys.
  enum Match: Hashable, Sendable {
    case action(Action)
    /// The beginning of longer sequences.
    case prefix
    case nothing
  }

  /// Every binding; the first one of an action is the one shown.
  let bindings: [Binding]
  private let sequences: [Sequence]

  private struct Sequence: Hashable, Sendable {
    let keys: [KeyPress]
    let action: Action
  }

  /// Creates a keymap; a binding whose notation cannot be read is left out.
  init(_ bindings: [Binding]) {
    self.bindings = bindings
    sequences = bindings.compactMap { binding in
      KeyPress.sequence(binding.notation).map { Sequence(keys: $0, action: binding.action) }
    }
  }

  /// The keys that count where nobody has set others.
  static let standard = Keymap([
    Binding("<Space>", .stopOrGo), Binding(".", .stepEvent), Binding(",", .backEvent),
    Binding("i", .stepDelivery), Binding("I", .backDelivery), Binding("o", .finishCascade),
    Binding(">", .run), Binding("<", .runBack), Binding("b", .stopHere), Binding("x", .turnStop),
    Binding("}", .nextSagaStep), Binding("{", .previousSagaStep),
    Binding("L", .live), Binding("t", .fire), Binding("w", .fork),
    Binding("u", .undo), Binding("U", .redo), Binding("C", .compare), Binding("v", .verify),
    Binding("s", .skipEvent), Binding("*", .why), Binding("D", .delayDelivery),
    Binding("X", .dropDelivery), Binding("T", .doubleDelivery),
    Binding("K", .crashDelivery),
    Binding("j", .down), Binding("k", .up), Binding("<C-d>", .halfPageDown),
    Binding("<C-u>", .halfPageUp), Binding("<PageDown>", .pageDown),
    Binding("<PageUp>", .pageUp), Binding("gg", .top), Binding("G", .bottom),
    Binding("<Enter>", .open), Binding("/", .search), Binding("n", .nextMatch),
    Binding("N", .previousMatch), Binding("S", .sort),
    Binding("gs", .goSaga), Binding("ga", .goAggregate), Binding("gd", .goCause),
    Binding("gr", .goEffects), Binding("gf", .goFlow), Binding("gt", .goTimers),
    Binding("gv", .goView),
    Binding("ge", .goNextError),
    Binding("@", .goto), Binding("<C-o>", .back), Binding("<A-o>", .forward),
    Binding("ae", .editAsEvent), Binding("ar", .reEmit), Binding("ay", .copy),
    Binding("aY", .copyCommand), Binding("d", .diff), Binding("ad", .diff), Binding("aw", .fork),
    Binding("<Tab>", .nextPane), Binding("<S-Tab>", .previousPane),
    Binding("1", .pane1), Binding("2", .pane2), Binding("3", .pane3), Binding("4", .pane4),
    Binding("5", .pane5), Binding("6", .pane6), Binding("7", .pane7), Binding("8", .pane8),
    Binding("9", .pane9), Binding("f", .zoom),
    Binding("]", .nextTab),
    Binding("[", .previousTab),
    Binding("za", .fold), Binding("zR", .unfoldAll), Binding("zM", .foldAll),
    Binding("zw", .wrap), Binding("zt", .timeForm), Binding("zc", .columns), Binding("zg", .gaps),
    Binding("h", .scrollLeft), Binding("l", .scrollRight), Binding("zz", .centre),
    Binding("?", .help), Binding(":", .command), Binding("<C-p>", .palette),
    Binding("<Esc>", .cancel), Binding("q", .quit),
    Binding("<C-c>", .interrupt), Binding("<C-z>", .suspend), Binding("<C-l>", .redraw),
    Binding("%", .mouse), Binding("<Backspace>", .previousCaption),
    // Alternatives: arrows, and keys familiar from other programs.
    Binding("<Down>", .down), Binding("<Up>", .up), Binding("<Home>", .top),
    Binding("<End>", .bottom), Binding("<F1>", .help), Binding("<F2>", .mouse),
    Binding("<F5>", .stopOrGo), Binding("<F10>", .stepEvent), Binding("<F11>", .stepDelivery),
    Binding("<Left>", .scrollLeft), Binding("<Right>", .scrollRight),
  ])

  /// Looks up the keys pressed so far.
  func match(_ keys: [KeyPress]) -> Match {
    if let found = sequences.first(where: { $0.keys == keys }) { return .action(found.action) }
    let isPrefix = sequences.contains {
      $0.keys.count > keys.count && Array($0.keys[..<keys.count]) == keys
    }
    return isPrefix ? .prefix : .nothing
  }

  /// The notations of an action's keys, the usual ones first.
  func notations(of action: Action) -> [String] {
    bindings.filter { $0.action == action }.map(\.notation)
  }

  /// All keys of an action as shown to people.
  func labels(of action: Action) -> String {
    notations(of: action).map { Keymap.label(of: $0) }.joined(separator: "  ")
  }

  /// An action's first keys as shown to people: `Space`, `Ctrl-P`, `gs`.
  func label(of action: Action) -> String {
    notations(of: action).first.map { Keymap.label(of: $0) } ?? ""
  }

  /// Keys as shown to people.
  static func label(of notation: String) -> String {
    notation.replacingAngles { name in
      if name.hasPrefix("C-") { return "Ctrl-" + name.dropFirst(2).uppercased() + " " }
      if name.hasPrefix("A-") { return "Alt-" + name.dropFirst(2) }
      if name.hasPrefix("S-") { return "Shift-" + name.dropFirst(2) }
      return name
    }
  }

  /// The bindings that continue the keys pressed so far, for the overlay that lists them.
  func continuations(of keys: [KeyPress]) -> [(label: String, action: Action)] {
    bindings.compactMap { binding in
      guard let sequence = KeyPress.sequence(binding.notation), sequence.count == keys.count + 1,
        Array(sequence[..<keys.count]) == keys, let last = sequence.last
      else { return nil }
      return (Keymap.label(of: last.description), binding.action)
    }
  }
}

extension String {
  /// The text with every `<name>` replaced.
  fileprivate func replacingAngles(_ replace: (String) -> String) -> String {
    var result = ""
    var rest = Substring(self)
    while let open = rest.firstIndex(of: "<"), let close = rest[open...].firstIndex(of: ">"),
      rest.index(after: open) != close
    {
      result += rest[..<open]
      result += replace(String(rest[rest.index(after: open)..<close]))
      rest = rest[rest.index(after: close)...]
    }
    return (result + rest).trimmedEnd
  }

  private var trimmedEnd: String {
    var text = self
    while text.last == " " { text.removeLast() }
    return text
  }
}
