import EventicleCore

/// The verbs that change a fork's history, compare, verify and explain.
extension Arguments {
  mutating func historyVerb() throws(LanguageError) -> Instruction {
    switch verb.name {
    case .compare: return try compared()
    case .adopt: return .adopt(try requireText("The fork"), isAgreed: isForced)
    case .verify: return .verify(try momentRange())
    case .skip: return .revise(.skip(try event("The event")))
    case .insert:
      let after = try event("The event after which it comes")
      return .revise(.insert(try emission(), after: after))
    case .refuse: return try refused()
    case .why: return .why(try field())
    case .watch: return .watch(try watched())
    default: return try readers()
    }
  }

  /// Reads `#12`.
  mutating func event(_ what: String) throws(LanguageError) -> Located<Position> {
    let word = try require(what)
    if word.isFlag { throw unexpected(word) }
    guard let position = Self.event(word) else {
      throw word.error(
        "\(what) is written by its number, as #12, not "
          + "\"\(LanguageError.shortened(word.string))\".")
    }
    return Located(position, word.span)
  }

  /// The event that a word names, if it is written like one.
  static func event(_ word: Token) -> Position? {
    guard word.text.mark(at: 0) == Byte.hash else { return nil }
    return PositionExpression.count(word.string.dropFirst()).map { Position($0) }
  }

  /// Reads what `move` moves: a timer, or a step.
  mutating func moved() throws(LanguageError) -> Instruction {
    guard let word = next,
      word.text.mark(at: 0) == Byte.hash || following?.string == "after"
    else { return try movedTimer() }
    let moved = try step("What is moved")
    let between = try require("after")
    guard between.string == "after" else {
      throw between.error("A step is moved after another one: move \(word.string) after #3.")
    }
    return .revise(.move(moved, after: try step("The step after which it comes")))
  }

  private mutating func refused() throws(LanguageError) -> Instruction {
    let step = try step("What refuses")
    return .revise(.refuse(step, reason: try requireText("The reason")))
  }

  /// Reads `#4>PaymentSaga`, `#4` or `j12`.
  private mutating func step(_ what: String) throws(LanguageError) -> Located<StepReference> {
    let word = try require(what)
    if word.isFlag { throw unexpected(word) }
    let step: StepReference
    if let position = Self.event(word) {
      step = .event(position)
    } else if word.text.mark(at: 0) == Byte.hash {
      guard case .address(let position, let consumer) = try DeliveryReference(word) else {
        throw unexpected(word)
      }
      step = .delivery(position, consumer: consumer)
    } else if word.string.hasPrefix("j"),
      let number = PositionExpression.count(word.string.dropFirst())
    {
      step = .entry(JournalIndex(number))
    } else {
      throw word.error(
        "\(what) is written #4>PaymentSaga (a delivery), #4 (what appended it) or j12 (a step),"
          + " not \"\(LanguageError.shortened(word.string))\".")
    }
    return Located(step, word.span)
  }

  /// Reads `A..B`, each a position.
  private mutating func momentRange() throws(LanguageError) -> Located<MomentRange>? {
    guard let word = take() else { return nil }
    if word.isFlag { throw unexpected(word) }
    guard let range = MomentRange(parsing: word.string) else {
      throw word.error("A stretch of history is written A..B, as in #3..#8 or #3.. to the end.")
    }
    return Located(range, word.span)
  }

  /// Reads `Order/order-1.status`, or `order-1.status` of whatever is called so.
  private mutating func field() throws(LanguageError) -> Located<FieldReference> {
    let word = try require("The value")
    if word.isFlag { throw unexpected(word) }
    guard let slash = word.text.firstMark(Byte.slash), slash > 0,
      slash + 1 < word.text.count
    else {
      throw word.error(
        "A value is written TYPE/ID.path, as in Order/order-1.status; SAGA/KEY.path and "
          + "VIEW/KEY.path are others.")
    }
    let rest = word.text.suffix(from: slash + 1)
    let dot = rest.firstMark(Byte.dot)
    let key = dot.map { rest.slice(0..<$0) } ?? rest
    var path = JSONPath([])
    if let dot {
      let text = rest.suffix(from: dot + 1)
      guard let read = JSONPath(parsing: text.string), !text.isEmpty else {
        throw text.error("A path is written lines[0].sku; this is none.")
      }
      path = read
    }
    guard !key.isEmpty else { throw word.error("After / the id is missing.") }
    return Located(
      FieldReference(name: word.text.slice(0..<slash).string, key: key.string, path: path),
      word.span)
  }

  private mutating func watched() throws(LanguageError) -> WatchChange {
    guard let word = next else { return .list }
    guard word.string == "off", word.text.isPlain else { return .add(try field()) }
    _ = take()
    guard let word = next else { return .remove(nil) }
    guard let number = takeCount() else {
      throw word.error("A watch goes by its number, as watch lists it.")
    }
    return .remove(number)
  }

  /// Reads `reads TYPE`.
  private mutating func readers() throws(LanguageError) -> Instruction {
    let word = try require("reads")
    guard word.string == "reads" else { throw unexpected(word) }
    return .readers(try requireText("The type of event").map { EventType($0) })
  }
}
