import EventicleCore
import EventicleWorkbench

/// The line at the top: what is open, the place in time, what waits and what failed.
enum HeaderBar {
  /// One part of the line; the parts of the highest rank are dropped first for want of room.
  private struct Part {
    let text: DisplayText
    let role: StyleRole
    let rank: Int
  }

  /// Draws the line.
  static func draw(
    _ model: Model, in rect: Rect, on canvas: inout Canvas, _ meter: inout WorkMeter
  ) {
    var parts = parts(model, columns: rect.columns)
    let help: DisplayText = "? help "
    func width() -> Int { parts.reduce(0) { $0 + $1.text.width } }
    while width() > rect.columns, let last = parts.map(\.rank).max(), last > 0 {
      parts.removeAll { $0.rank == last }
    }
    canvas.within(rect) { canvas in
      canvas.fill(canvas.bounds, style: CellStyle(.uiHeader))
      var column = 0
      for part in parts {
        column += canvas.put(
          part.text, at: Point(column: column, row: 0), style: CellStyle(part.role),
          columns: max(0, rect.columns - column))
      }
      if column + help.width <= rect.columns {
        canvas.put(
          help, at: Point(column: rect.columns - help.width, row: 0), style: CellStyle(.uiMuted))
      }
    }
  }

  private static func parts(_ model: Model, columns: Int) -> [Part] {
    let moment = model.shown
    let name =
      PaneText.data(model.storeName, limit: 8) + ":" + PaneText.data(moment.domain.name, limit: 12)
    let (mode, role) = badge(model)
    var parts = [
      Part(text: columns < 40 ? .empty : " \(name.truncated(to: 14)) ", role: .uiHeader, rank: 1),
      Part(text: mode, role: role, rank: 0),
      Part(
        text: " " + DisplayText(sanitising: "\(moment.name)") + "  ", role: .uiHeader, rank: 2),
      Part(text: clock(model, columns: columns) + "  ", role: .uiHeader, rank: 3),
    ]
    parts += standing(model)
    let rate: DisplayText = model.isHeld ? "clock stopped  " : "clock 1x  "
    if model.mode == .replay, let fork = model.fork {
      parts.append(Part(text: forkName(fork) + "  ", role: .modeFork, rank: 3))
    }
    if model.isHeld, model.mode == .replay || model.fork != nil {
      parts.append(Part(text: "held  ", role: .statusPending, rank: 4))
    }
    if model.mode != .replay, !model.isReadOnly {
      parts.append(Part(text: rate, role: .uiMuted, rank: 9))
    }
    let queue = moment.world.queue.count
    parts.append(
      Part(text: "queue \(queue)  ", role: queue == 0 ? .uiMuted : .statusPending, rank: 6))
    if model.tail.filter != nil {
      parts.append(Part(text: "filter:1  ", role: .uiHeader, rank: 5))
    }
    let errors = moment.timeline.errors(upTo: moment.cursor.entry)
    if errors > 0 { parts.append(Part(text: "err:\(errors)  ", role: .statusError, rank: 4)) }
    return parts + timers(model, columns: columns)
  }

  private static func timers(_ model: Model, columns: Int) -> [Part] {
    let world = model.shown.world
    guard columns >= 100, let next = world.timers.next else { return [] }
    let count = world.timers.count
    let now = model.mode == .live ? model.now : world.clock
    let rest = next.due - now
    let due: DisplayText =
      rest.milliseconds <= 0 ? "due" : "in \(DisplayText(sanitising: rest.brief))"
    let name = PaneText.data(next.key.name, limit: 12)
    return [
      Part(text: "\(count) \(count == 1 ? "timer" : "timers")  ", role: .kindTimer, rank: 7),
      Part(text: "next \(name) \(due)  ", role: .uiMuted, rank: 8),
    ]
  }

  private static func clock(_ model: Model, columns: Int) -> DisplayText {
    let now = model.mode == .live ? model.now : model.shown.instant
    let civil = CivilTime(now)
    return DisplayText(
      sanitising: columns >= 120 ? "\(civil.dateText) \(civil.timeText)" : civil.timeText)
  }

  private static func forkName(_ name: String) -> DisplayText {
    "FORK " + DisplayText(sanitising: name, limit: 24)
  }

  /// What the file allows, where the badge does not say it, and what it does not promise.
  private static func standing(_ model: Model) -> [Part] {
    guard let store = model.store else { return [] }
    var parts: [Part] = []
    let isSaid = model.isReadOnly && model.mode == .live
    if !isSaid, let word = word(for: store) {
      parts.append(Part(text: word + "  ", role: .statusPending, rank: 4))
    }
    switch store.standing {
    case .damaged: parts.append(Part(text: "damaged  ", role: .statusError, rank: 3))
    case .gone: parts.append(Part(text: "file gone  ", role: .statusError, rank: 3))
    case .failed: parts.append(Part(text: "write failed  ", role: .statusError, rank: 3))
    case .unread: parts.append(Part(text: "read failed  ", role: .statusError, rank: 3))
    case .tablesDamaged:
      parts.append(Part(text: "tables damaged  ", role: .statusError, rank: 3))
    case .writing, .following, .reading: break
    }
    if let window = store.syncWindow {
      let text = DisplayText(sanitising: "sync ≤\(window.milliseconds)ms  ")
      parts.append(Part(text: text, role: .uiMuted, rank: 5))
    }
    return parts
  }

  /// The word for a file that is only read; `nil` for one that is written to.
  private static func word(for store: StoreNotice) -> DisplayText? {
    switch store.standing {
    case .writing: nil
    case .following(let holder): DisplayText(sanitising: "FOLLOWS pid \(holder.process)")
    case .reading, .damaged, .tablesDamaged, .gone, .unread, .failed: "READ ONLY"
    }
  }

  /// The word for the place in time; the name of a fork takes the place of LIVE and HELD.
  private static func badge(_ model: Model) -> (DisplayText, StyleRole) {
    if let fork = model.fork, model.mode == .live || model.mode == .held {
      return (" " + forkName(fork) + " ", .modeFork)
    }
    return switch model.mode {
    case .live:
      if model.isReadOnly, let store = model.store, let word = word(for: store) {
        (" " + word + " ", .modePaused)
      } else {
        (" ● LIVE ", .modeLive)
      }
    case .paused: (" PAUSED ", .modePaused)
    case .held: (" HELD ", .modeHeld)
    case .replay: (" REPLAY ", .modeReplay)
    }
  }
}
