import EventicleCore
import EventicleWorkbench

extension Action {
  /// The reason why the action is unavailable now; `nil` when it is available.
  func disabledReason(_ model: Model) -> String? {
    switch self {
    case .editAsEvent, .reEmit, .copy, .copyCommand:
      model.selectedPosition == nil ? "select an event in the tail first" : nil
    case .goCause: Related.cause(model) == nil ? "this row has no cause in the tail" : nil
    case .goEffects: Related.effect(model) == nil ? "nothing names this event as its cause" : nil
    case .goFlow: model.selectedEntry == nil ? "select a row in the tail first" : nil
    case .goAggregate:
      model.selectedEntry.flatMap { Related.aggregate(of: $0, model.shown) } == nil
        ? "this row belongs to no aggregate" : nil
    case .goSaga:
      model.selectedEntry.flatMap { Related.saga(of: $0, model.shown) } == nil
        ? "no saga has to do with this row" : nil
    case .goNextError: Related.trouble(model) == nil ? "nothing went wrong" : nil
    case .nextSagaStep, .previousSagaStep:
      if case .instance = model.saga.subject { nil } else { "open a saga first: 4 or gs" }
    case .fold, .foldAll:
      model.focus == .explore || FindUpdate.isActive(model.focus, model)
        ? nil : "za folds what / did not find, and the sections of Explore: 8 goes there"
    case .fire where model.isReadOnly, .stopOrGo where model.isReadOnly:
      "nothing is done here: this history is only looked at"
    case .fire where !model.moment.isAtHead:
      "the past is only looked at; \(model.keymap.label(of: .live)) goes live first"
    case .undo where model.store != nil && model.fork == nil:
      "a store keeps what was done; \(model.keymap.label(of: .fork)) goes on differently in a fork"
    case .compare where model.fork == nil:
      "main left no branch that it could be compared with; \(model.keymap.label(of: .fork)) makes a fork"
    case .skipEvent where model.fork == nil:
      "main keeps what happened; \(model.keymap.label(of: .fork)) makes a fork, whose history can change"
    case .skipEvent where model.selectedPosition == nil: "select an event in the tail first"
    case .why where Related.whyLine(model) == nil:
      "show an aggregate, a saga or a row first: 3, 4 or 6"
    case .delayDelivery, .dropDelivery, .doubleDelivery, .crashDelivery:
      deliveryReason(model)
    case .stopHere:
      Related.stopLine(model) == nil
        ? "select a row in the tail first; it says what to stop on" : nil
    case .turnStop:
      model.focus == .tools && model.tools.tab == .stops && !model.stops.isEmpty
        ? nil : "there is no stop here; \(model.keymap.label(of: .pane9)) shows the stops"
    case .runBack:
      model.stops.isEmpty
        ? "no stop is set; \(model.keymap.label(of: .stopHere)) sets one on this row" : nil
    case .finishCascade:
      model.shown.world.queue.isEmpty ? "nothing waits to be delivered" : nil
    case .goView: Related.view(model) == nil ? "no view folds this row" : nil
    case .fire: model.moment.timeline.head.timers.count == 0 ? "no timer is armed" : nil
    case .previousCaption:
      switch model.presented?.index {
      case nil: "nothing is presented; :present FILE shows a tape, :demo takes the tour"
      case 0: "this is the beginning"
      default: nil
      }
    case .back: model.back.isEmpty ? "this is where you began" : nil
    case .forward: model.forward.isEmpty ? "nothing lies ahead" : nil
    default: nil
    }
  }

  /// Why nothing can be done to a delivery.
  private func deliveryReason(_ model: Model) -> String? {
    if model.isReadOnly { return "nothing is done here: this history is only looked at" }
    guard model.moment.isAtHead else {
      return "the past is only looked at; \(model.keymap.label(of: .live)) goes live first"
    }
    if model.shown.world.queue.isEmpty {
      return "nothing waits to be delivered; \(model.keymap.label(of: .stopOrGo)) holds what comes"
    }
    let isHere =
      model.focus == .next && NextPane.isOnDelivery(model.panes[NextPane.self], model.shown.world)
    return isHere
      ? nil : "select a delivery in Next first: \(model.keymap.label(of: .pane5)) goes there"
  }
}
