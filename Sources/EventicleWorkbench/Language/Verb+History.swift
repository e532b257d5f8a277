import EventicleCore

/// The verbs that change a fork's history, compare, verify and explain.
extension Verb {
  static let revising: [Verb] = [
    Verb(
      .skip, .time, .looks, "#N", [.event], example: "skip #4",
      "Leave an event out of a fork; what follows is done again."),
    Verb(
      .insert, .time, .looks, "#M STREAM TYPE [ID] items…",
      [.event, .stream, .eventType, .domainID, .eventItems],
      example: "insert #3 orders OrderCancelled order-1 reason=no",
      "Put an event into a fork, right after another; what follows is done again."),
    Verb(
      .refuse, .time, .looks, "#N>CONSUMER REASON | #N REASON | jN REASON", [.refused, .text],
      example: "refuse #4>PaymentSaga \"not today\"",
      "Let a handler of a fork refuse; what follows is done again."),
    Verb(
      .adopt, .time, .acts, "FORK", [.fork], example: "adopt late-pay",
      "Do in main what was done in a fork; asks first, with ! it does not."),
    Verb(
      .compare, .look, .looks, "[A] [B]", [.compared, .compared], example: "compare main late-pay",
      "Say how two forks, moments or stores differ; alone, a fork and its parent."),
    Verb(
      .verify, .look, .looks, "[A..B]", [.moments], example: "verify #1..#5",
      "Do everything again with the code of now, and say what comes out differently."),
  ]

  static let explaining: [Verb] = [
    Verb(
      .why, .look, .looks, "TYPE/ID[.path]", [.field], example: "why Order/order-1.status",
      "List every step that changed something, up to who began it."),
    Verb(
      .who, .look, .looks, "reads TYPE", [.reads, .eventType], example: "who reads OrderPaid",
      "List what handles a type of event."),
    Verb(
      .whatIf, .look, .looks, "if COMMAND items…", [.tried],
      example:
        "what if CancelOrder orderId=order-1 reason=no", takesExpression: true,
      "Say what a command would do at the moment that is shown; nothing is done."),
    Verb(
      .probe, .look, .looks, "\"TEXT\" on SELECTOR [if FILTER]", [.tried],
      example:
        "probe \"try {attempts}\" on S PaymentSaga", takesExpression: true,
      "Print a line for each place of all history that fits."),
    Verb(
      .watch, .look, .looks, "[TYPE/ID[.path] | off [N]]", [.field],
      example:
        "watch Order/order-1.status",
      "Pin a value, with its last change; take it away, or list all."),
  ]
}
