import EventicleCore

/// The two lines at the bottom: what the last act did, and the keys that do something here.
enum FooterBar {
  /// Draws both lines.
  static func draw(_ model: Model, keys: Rect, message: Rect, on canvas: inout Canvas) {
    let (text, role) = line(model)
    let room = max(0, message.columns - 2)
    let isLong = (model.message != nil || model.question != nil) && text.width > room && room > 0
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
        let key = DisplayText(sanitising: Keymap.label(of: action))
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

  /// The actions to hint at: the available ones of the focused pane, then the common ones.
  static func actions(_ model: Model) -> [Action] {
    let own = PaneTable[model.focus]?.actions(model) ?? []
    let time: [Action] =
      switch model.mode {
      case .live: [.stopOrGo, .backEvent, .fire]
      case .held: [.stepDelivery, .backDelivery, .stopOrGo, .fire]
      case .past: [.stepEvent, .backEvent, .stepDelivery, .live]
      }
    return (time + own + [.command, .help, .quit]).filter { $0.disabledReason(model) == nil }
  }

  /// The name of an action in the focused pane.
  private static func hint(of action: Action, _ model: Model) -> String {
    PaneTable[model.focus]?.hint(action, model) ?? action.hint
  }

  private static func line(_ model: Model) -> (DisplayText, StyleRole) {
    if let question = model.question {
      return (DisplayText(sanitising: question.text), .statusWarn)
    }
    let work = model.work.text ?? model.tail.readingText
    // News of what was there before must not hide the work; a refusal of a key may.
    if let work, model.message.map({ $0.kind == .information }) ?? true {
      return (DisplayText(sanitising: work), .statusWarn)
    }
    if let message = model.message {
      let role: StyleRole =
        switch message.kind {
        case .information: .uiText
        case .warning: .statusWarn
        case .problem: .statusError
        }
      let mark: DisplayText = message.kind == .problem ? "✗ " : ""
      return (mark + DisplayText(sanitising: message.text), role)
    }
    return (RowSummary.text(model), .uiMuted)
  }
}
