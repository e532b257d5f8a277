import EventicleCore
import EventicleWorkbench

/// The actions that move or stop time.
enum TimeUpdate {
  /// Performs an action on time.
  static func perform(_ action: Action, _ model: inout Model) -> [Effect] {
    switch action {
    case .stepEvent: return [.run("step")]
    case .backEvent: return [.run("back")]
    case .stepDelivery where model.focus == .next && model.moment.isAtHead:
      return PaneUpdate.send(.action(action), to: .next, &model) ?? [.run("step delivery")]
    case .stepDelivery: return [.run("step delivery")]
    case .delayDelivery, .dropDelivery, .doubleDelivery, .crashDelivery:
      return PaneUpdate.send(.action(action), to: .next, &model) ?? []
    case .backDelivery: return [.run("back delivery")]
    case .finishCascade: return [.run("step cascade")]
    case .run: return [.run("run")]
    case .runBack: return [.run("rrun")]
    case .undo: return [.run("undo")]
    case .redo: return [.run("redo")]
    case .compare: return [.run("compare")]
    case .verify: return [.run("verify")]
    case .skipEvent: return model.selectedPosition.map { [.run("skip \($0)")] } ?? []
    case .why: return Related.whyLine(model).map { [.run($0)] } ?? []
    case .stopHere: return Related.stopLine(model).map { [.run($0)] } ?? []
    case .turnStop: return PaneUpdate.send(.action(action), to: .tools, &model) ?? []
    case .nextSagaStep: return sagaStep("step", model)
    case .previousSagaStep: return sagaStep("back", model)
    case .live:
      model.tail.isFollowing = true
      model.tail.selectLast()
      return [.run("live")]
    case .fire: return [.run("fire")]
    case .fork:
      BarUpdate.open(.command, text: "fork \(freeName(model))", &model)
      return []
    case .stopOrGo: return stopOrGo(&model)
    default: return []
    }
  }

  /// Stops the engine or lets it go on; in the past, plays what comes.
  static func stopOrGo(_ model: inout Model) -> [Effect] {
    guard model.moment.isAtHead else {
      model.isPlaying = true
      return [.run("step")]
    }
    return [.run(model.isHeld ? "release" : "hold")]
  }

  /// A name that no branch has, to be changed or kept.
  private static func freeName(_ model: Model) -> String {
    var number = 1
    while model.branches.contains("what-if-\(number)") { number += 1 }
    return "what-if-\(number)"
  }

  /// Goes on one event while the past is played; the newest moment ends it.
  static func play(_ model: inout Model) -> [Effect] {
    guard model.isPlaying, !model.work.isRunning else { return [] }
    guard !model.moment.isAtHead else {
      model.isPlaying = false
      return []
    }
    return [.run("step")]
  }

  private static func sagaStep(_ verb: String, _ model: Model) -> [Effect] {
    guard case .instance(let key) = model.saga.subject else { return [] }
    return [.run("\(verb) saga \(key.saga)/\(Quoting.word(key.instanceID))")]
  }
}
