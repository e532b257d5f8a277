import EventicleCore
import EventicleWorkbench

/// Who did something about a row, up to the moment.
struct TailReactions {
  /// With names: `PaymentSaga started · 2 views`.
  private(set) var long = StyledLine()
  /// With kinds: `saga, 2 views`.
  private(set) var short = StyledLine()
  /// The worst of the reactions; `nil` when nothing bad came of it.
  private(set) var severity: Severity?

  /// No reaction.
  init() {}

  /// What a timer led to.
  init(timer owner: SagaKey, _ outcome: StepOutcome) {
    let name = PaneText.data(owner.saga, limit: 60)
    if outcome.problem == nil {
      long.add(name, .uiMuted)
      short.add("saga", .uiMuted)
    } else {
      fail(name)
    }
  }

  /// What became of a command.
  init(command outcome: CommandOutcome) {
    let (text, role): (DisplayText, StyleRole) =
      switch outcome {
      case .rejected: ("! refused", .statusRejected)
      case .failed: ("✗ failed", .statusError)
      case .reported: ("! done, but reported", .statusRejected)
      case .done: ("done", .uiMuted)
      case .waiting: ("waits for a lock", .uiMuted)
      }
    long.add(text, role)
    short.add(text, role)
  }

  /// What became of a delivery that failed.
  init(failed outcome: StepOutcome) {
    let text: DisplayText =
      switch outcome {
      case .retrying: "✗ failed, tries again"
      case .skipped: "✗ failed, skipped"
      case .stopped: "✗ failed, stopped"
      default: "✗ failed, parked"
      }
    long.add(text, .statusError)
    short.add(text, .statusError)
    severity = .failed
  }

  /// The consumer whose delivery was acted on, and when it gets it.
  init(actOn consumer: ConsumerName, _ act: DeliveryAct) {
    let name = PaneText.data(consumer.name, limit: 60)
    let when = DeliveryActText.when(act)
    long.add(name + (when.isEmpty ? "" : " " + when), .uiMuted)
    short.add(name, .uiMuted)
  }

  /// What the consumers did about an event.
  init(to position: Position, _ event: Event, _ moment: MomentView) {
    var (sagas, views, others): ([DeliveryRow], [DeliveryRow], [DeliveryRow]) = ([], [], [])
    var (waiting, later, dropped) = (0, 0, 0)
    for row in PaneText.deliveries(of: position, event, moment) {
      switch row.state {
      case .queued, .made(.offered): waiting += 1
      case .dropped: dropped += 1
      case .ahead: later += moment.domain.handles(row.consumer, event.type) ? 1 : 0
      case .made(.ignored(let reason)):
        if StepReader.isUnheard(row.consumer, reason) { hear(nobodyIn: row.consumer) }
      case .made(.duplicate): break
      case .made(let outcome):
        if let problem = outcome.problem, !problem.isEmpty {
          fail(PaneText.data(row.consumer.name, limit: 60))
        } else if row.consumer.kind == .saga {
          sagas.append(row)
        } else if row.consumer.kind == .view {
          views.append(row)
        } else {
          others.append(row)
        }
      }
    }
    for row in sagas {
      let started: DisplayText = row.state == .made(.started) ? " started" : ""
      add(PaneText.data(row.consumer.name, limit: 60) + started, .uiMuted)
    }
    add(views, "views")
    add(others, "adapters")
    for (rows, one, many, role) in [
      (sagas, "saga", "sagas", StyleRole.kindSaga), (views, "view", "views", .uiMuted),
      (others, "adapter", "adapters", .uiMuted),
    ] as [([DeliveryRow], DisplayText, DisplayText, StyleRole)] where !rows.isEmpty {
      let text = rows.count > 1 || role != .kindSaga ? "\(rows.count) " : DisplayText.empty
      addShort(text + (rows.count == 1 ? one : many), role)
    }
    if waiting > 0 {
      add("\(waiting) waiting", .statusPending)
      addShort("\(waiting) waiting", .statusPending)
    }
    if dropped > 0 {
      add("\(dropped) dropped", .statusWarn)
      addShort("\(dropped) dropped", .statusWarn)
    }
    guard long.isEmpty, later == 0 else { return }
    long.add("nobody", .uiMuted)
    short.add("nobody", .uiMuted)
  }

  private mutating func add(_ rows: [DeliveryRow], _ kind: DisplayText) {
    if let row = rows.first, rows.count == 1 {
      add(PaneText.data(row.consumer.name, limit: 60), .uiMuted)
    } else if rows.count > 1 {
      add("\(rows.count) " + kind, .uiMuted)
    }
  }

  private mutating func add(_ text: DisplayText, _ role: StyleRole) {
    if !long.isEmpty { long.add(" · ", .uiMuted) }
    long.add(text, role)
  }

  private mutating func addShort(_ count: Int, _ kind: DisplayText) {
    if count > 0 { addShort("\(count) " + kind + (count == 1 ? "" : "s"), .uiMuted) }
  }

  private mutating func addShort(_ text: DisplayText, _ role: StyleRole) {
    if !short.isEmpty { short.add(", ", .uiMuted) }
    short.add(text, role)
  }

  private mutating func fail(_ name: DisplayText) {
    severity = .failed
    add("✗ " + name, .statusError)
    addShort("✗ failed", .statusError)
  }

  private mutating func hear(nobodyIn consumer: ConsumerName) {
    severity = max(severity ?? .refused, .refused)
    add("! nobody: " + PaneText.data(consumer.name, limit: 60) + " has ended", .statusRejected)
    addShort("! nobody", .statusRejected)
  }
}
