import EventicleCore

extension Action {
  /// The reason why the action is unavailable now; `nil` when it is available.
  func disabledReason(_ model: Model) -> String? {
    switch self {
    case .editAsEvent, .reEmit, .copy, .copyCommand:
      model.selectedPosition == nil ? "select an event in the tail first" : nil
    case .goCause: Related.cause(model) == nil ? "this row has no cause in the tail" : nil
    case .goEffects: Related.effect(model) == nil ? "nothing names this event as its cause" : nil
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
    case .fire where !model.moment.isAtHead: "the past is only looked at; L goes live first"
    case .goView: Related.view(model) == nil ? "no view folds this row" : nil
    case .fire: model.moment.timeline.head.timers.count == 0 ? "no timer is armed" : nil
    case .back: model.back.isEmpty ? "this is where you began" : nil
    case .forward: model.forward.isEmpty ? "nothing lies ahead" : nil
    default: nil
    }
  }
}
