import EventicleCore
import EventicleWorkbench

/// The line at the top: what is open, the moment, what comes next and what is wrong.
enum HeaderBar {
  /// One part of the line; the parts of the highest rank are dropped first for want of room.
  struct Part {
    let text: DisplayText
    let role: StyleRole
    let rank: Int
  }

  /// Draws the line.
  static func draw(
    _ model: Model, in rect: Rect, on canvas: inout Canvas, _ meter: inout WorkMeter
  ) {
    var left = place(model) + time(model) + next(model)
    var right =
      later(model)
      + HeaderTroubles.parts(model).map {
        Part(text: $0.text, role: $0.role, rank: 0)
      }
    if model.presented == nil { right.append(Part(text: "?", role: .uiMuted, rank: 5)) }
    func width() -> Int {
      // Two spaces between parts, and one at either end.
      (left + right).reduce(0) { $0 + $1.text.width + 2 }
    }
    while width() > rect.columns, let last = (left + right).map(\.rank).max(), last > 0 {
      left.removeAll { $0.rank == last }
      right.removeAll { $0.rank == last }
    }
    canvas.within(rect) { canvas in
      canvas.fill(canvas.bounds, style: CellStyle(.uiHeader))
      draw(left, at: 1, on: &canvas, rect.columns)
      let rightWidth = right.reduce(-2) { $0 + $1.text.width + 2 }
      draw(right, at: max(0, rect.columns - rightWidth - 1), on: &canvas, rect.columns)
    }
  }

  private static func draw(
    _ parts: [Part], at start: Int, on canvas: inout Canvas, _ columns: Int
  ) {
    var column = start
    for part in parts {
      column += canvas.put(
        part.text, at: Point(column: column, row: 0), style: CellStyle(part.role),
        columns: max(0, columns - column))
      column += 2
    }
  }

  // MARK: - Where

  /// The domain, what keeps it or the fork, and what the file allows.
  private static func place(_ model: Model) -> [Part] {
    if let remote = model.remote { return HeaderRemote.parts(remote, model) }
    let domain = PaneText.data(model.moment.domain.name, limit: 16)
    var parts: [Part] = []
    if let fork = model.fork {
      parts.append(Part(text: domain, role: .uiHeader, rank: 3))
      parts.append(
        Part(text: " " + PaneText.data(fork, limit: 24) + " ", role: .modeFork, rank: 0))
    } else {
      let store = PaneText.data(model.storeName, limit: 24)
      let place = model.presented == nil ? domain + " " + store : domain
      parts.append(Part(text: place, role: .uiHeader, rank: 3))
    }
    return parts + standing(model)
  }

  private static func standing(_ model: Model) -> [Part] {
    guard let store = model.store else { return [] }
    var parts: [Part] = []
    switch store.standing {
    case .writing: break
    case .following(let holder):
      let text = DisplayText(sanitising: "READ ONLY pid \(holder.process)")
      parts.append(Part(text: text, role: .statusPending, rank: 4))
    case .reading, .damaged, .tablesDamaged, .gone, .unread, .failed:
      parts.append(Part(text: "READ ONLY", role: .statusPending, rank: 4))
    }
    if let window = store.syncWindow {
      let text = DisplayText(sanitising: "sync ≤\(window.milliseconds)ms")
      parts.append(Part(text: text, role: .uiMuted, rank: 5))
    }
    return parts
  }

  // MARK: - When

  private static func time(_ model: Model) -> [Part] {
    let moment = model.shown
    let (word, role): (DisplayText, StyleRole) =
      switch model.mode {
      case .live: (" LIVE ", .modeLive)
      case .held: (" HELD ", .modeHeld)
      case .past: (" PAST ", .modeReplay)
      }
    let isPresented = model.presented != nil
    let name = isPresented ? "\(moment.name.position)" : "\(moment.name)"
    var parts = [
      Part(text: word, role: role, rank: 0),
      Part(text: DisplayText(sanitising: name), role: .uiHeader, rank: 1),
    ]
    let civil = CivilTime(model.mode == .live ? model.now : moment.instant)
    let time = DisplayText(sanitising: civil.timeText).prefix(columns: 8)
    if model.size.columns >= 100, !isPresented {
      let date = DisplayText(sanitising: civil.dateText)
      parts.append(Part(text: date + " " + time, role: .uiHeader, rank: 7))
    } else {
      parts.append(Part(text: time, role: .uiHeader, rank: 6))
    }
    if model.isHeld, model.mode == .past {
      parts.append(Part(text: "held", role: .statusPending, rank: 4))
    }
    return parts
  }

  /// What the engine does next: the first delivery that waits, and the next timer.
  private static func next(_ model: Model) -> [Part] {
    let world = model.shown.world
    if model.shown.timeline.count == 0 {
      return [Part(text: "nothing has happened yet", role: .uiMuted, rank: 8)]
    }
    var parts: [Part] = []
    // To a team a queue is news only where it waits for somebody.
    let isShown = model.presented == nil || model.isHeld
    if isShown, let delivery = world.queue.isEmpty ? nil : world.queue[0] {
      let count: DisplayText = "queue \(world.queue.count)"
      let consumer = PaneText.data(delivery.consumer.description, limit: 32)
      let full = count + ": next is #\(delivery.position.number) → " + consumer
      parts.append(
        Part(text: model.size.columns >= 100 ? full : count, role: .statusPending, rank: 4))
    }
    if let timer = world.timers.next {
      let now = model.mode == .live ? model.now : world.clock
      let rest = timer.due - now
      let due: DisplayText =
        rest.milliseconds <= 0 ? "due" : "in " + DisplayText(sanitising: rest.brief)
      let name = PaneText.data(timer.key.name, limit: 16)
      let head: DisplayText = parts.isEmpty ? "next: " : "next timer: "
      parts.append(Part(text: head + name + " " + due, role: .uiMuted, rank: 8))
    }
    return parts
  }

  /// How much comes after the moment.
  private static func later(_ model: Model) -> [Part] {
    let count = model.shown.log.count - model.shown.world.log.count
    guard count > 0 else { return [] }
    let events = count == 1 ? "event" : "events"
    let text = DisplayText(sanitising: "\(count.grouped) \(events) later")
    return [Part(text: text, role: .timeFuture, rank: 2)]
  }
}
