import EventicleCore

/// The two lines at the bottom: what the last act did, and the keys that do something here.
enum FooterBar {
  /// Draws both lines.
  static func draw(_ model: Model, keys: Rect, message: Rect, on canvas: inout Canvas) {
    let room = max(0, message.columns - 2)
    let (text, role) = line(model, columns: room)
    let isLong = isWhole(model) && text.width > room && room > 0
    if isLong {
      // A message too long for one line takes the line of the hints too.
      for (rect, row) in zip([message, keys], text.wrapped(to: room, most: 2)) {
        canvas.within(rect) { canvas in
          _ = canvas.put(
            row.truncated(to: room), at: Point(column: 1, row: 0), style: CellStyle(role))
        }
      }
      return
    }
    canvas.within(keys) { canvas in
      var column = 1
      for action in actions(model) {
        let key = DisplayText(sanitising: model.keymap.label(of: action))
        let name = DisplayText(sanitising: hint(of: action, model))
        guard column + key.width + 1 + name.width <= keys.columns else { break }
        column += canvas.put(key, at: Point(column: column, row: 0), style: CellStyle(.uiHintKey))
        column += canvas.put(
          " \(name)", at: Point(column: column, row: 0), style: CellStyle(.uiHintText))
        column += 2
      }
    }
    canvas.within(message) { canvas in
      _ = canvas.put(
        text.truncated(to: room), at: Point(column: 1, row: 0),
        style: CellStyle(role))
    }
  }

  /// Whether the message must be read to its end: a question, and bad news.
  private static func isWhole(_ model: Model) -> Bool {
    guard model.question == nil, let message = model.message else { return model.question != nil }
    return message.kind != .information || sign(of: message.text) != nil || message.shorter.isEmpty
  }

  /// The actions to hint at: the available ones of the focused pane, then the common ones.
  static func actions(_ model: Model) -> [Action] {
    if let presented = model.presented { return actions(presented, model) }
    let own = PaneTable[model.focus]?.actions(model) ?? []
    let time: [Action] =
      switch model.mode {
      case _ where model.showsStart && model.focus == .tail: []
      case .live: [.stopOrGo, .backEvent, .fire]
      case .held: [.stepDelivery, .backDelivery, .finishCascade, .stopOrGo, .fire]
      case .past: [.stepEvent, .backEvent, .stepDelivery, .live]
      }
    return (time + own + [.command, .palette, .help, .quit]).filter {
      $0.disabledReason(model) == nil
    }
  }

  /// What there is to do while a tape is presented.
  private static func actions(_ presented: Presentation, _ model: Model) -> [Action] {
    let all: [Action] =
      presented.isDoing
      ? [.stopOrGo, .cancel]
      : [.stopOrGo, .backEvent, .live, .quit, .previousCaption, .help]
    return all.filter {
      switch $0 {
      case .stopOrGo: !presented.isAtEnd || presented.isDoing
      case .backEvent: model.moment.cursor.entry.number > 0
      case .live: model.mode == .past
      default: $0.disabledReason(model) == nil
      }
    }
  }

  /// The name of an action in the focused pane.
  private static func hint(of action: Action, _ model: Model) -> String {
    if let presented = model.presented {
      switch action {
      case .stopOrGo: return presented.isDoing ? "all of it now" : "next caption"
      case .backEvent: return "back a fact"
      case .cancel: return "stop"
      default: return action.hint
      }
    }
    return PaneTable[model.focus]?.hint(action, model) ?? action.hint
  }

  private static func line(_ model: Model, columns: Int) -> (DisplayText, StyleRole) {
    if let question = model.question {
      return (DisplayText(sanitising: question.text), .statusWarn)
    }
    let work = model.work.text ?? model.tail.readingText
    // News of what was there before must not hide the work; a refusal of a key may.
    if let work, model.message.map({ $0.kind == .information }) ?? true {
      return (DisplayText(sanitising: work), .statusWarn)
    }
    if let message = model.message {
      let mark: DisplayText = message.kind == .problem && sign(of: message.text) == nil ? "✗ " : ""
      // Bad news is broken into two lines rather than shortened.
      var texts = isWhole(model) ? [message.text] : [message.text] + message.shorter
      if model.presented != nil { texts = texts.map { MomentWords.byEvent($0) } }
      let text = longest(of: texts, columns: columns - mark.width)
      return (mark + text, role(of: message))
    }
    guard model.presented == nil else { return (.empty, .uiMuted) }
    return (longest(of: RowSummary.texts(model), columns: columns), .uiMuted)
  }

  /// The first of ever shorter texts that fits, else the last.
  private static func longest(of texts: [String], columns: Int) -> DisplayText {
    let texts = texts.map { DisplayText(sanitising: $0, limit: 2_000) }
    return texts.first { $0.width <= columns } ?? texts.last ?? .empty
  }

  private static func role(of message: StatusMessage) -> StyleRole {
    switch (message.kind, sign(of: message.text)) {
    case (_, "✗"): .statusError
    case (_, "!"): .statusRejected
    case (.information, _): .uiText
    case (.warning, _): .statusWarn
    case (.problem, _): .statusError
    }
  }

  /// The sign that a message of bad news begins with.
  private static func sign(of text: String) -> Character? {
    guard text.hasPrefix("✗ ") || text.hasPrefix("! ") else { return nil }
    return text.first
  }
}
