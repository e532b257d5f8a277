extension StateMachine {
  /// A state with all that a diagram needs to draw it, in the order of declaration.
  public struct DrawnState: Sendable, Hashable {
    /// Its path from the top; empty for the machine itself.
    public let path: String
    /// The last part of the path; the machine's name for the machine itself.
    public let name: String
    /// The path of the state around it; `nil` for the machine itself.
    public let parent: String?
    /// How it relates to the states inside it, which decides how it is drawn.
    public let kind: MachineState.Kind
    /// The number of states around it.
    public let depth: Int
    /// The actions on entering it, in a few words each.
    public let entry: [String]
    /// The actions on leaving it, in a few words each.
    public let exit: [String]
    /// The actions on beginning with its initial state, in a few words each.
    public let start: [String]
    /// The paths of the states that it begins with, or that a history state stands for at first.
    public let initial: [String]
    package let entryDeeds: [MachineDeed]
    package let exitDeeds: [MachineDeed]
    package let startDeeds: [MachineDeed]
  }

  /// A transition with all that a diagram needs to draw its arrow and label.
  public struct DrawnTransition: Sendable, Hashable {
    /// The path of the state that declares it.
    public let source: String
    /// The paths of its targets; empty when it does not leave the state.
    public let targets: [String]
    /// On what occasion it may be taken, which is the first word of its label.
    public let trigger: MachineTrigger
    /// Its guard in a few words; `nil` without one.
    public let condition: String?
    /// What it does, in a few words each.
    public let actions: [String]
    /// Whether its source stays active when all targets lie within it.
    public let isInternal: Bool
    /// Whether it only forbids the message.
    public let isForbidden: Bool
    /// The id of its delay, when it is a delayed transition.
    public let delay: String?
    package let deeds: [MachineDeed]
  }

  /// All states in document order, the machine itself first.
  public var states: [DrawnState] {
    chart.nodes.indices.map { index in
      let node = chart.nodes[index]
      return DrawnState(
        path: node.path, name: node.name, parent: node.parent.map { chart.nodes[$0].path },
        kind: node.kind, depth: chart.ancestors[index].count, entry: node.entry.map(\.name),
        exit: node.exit.map(\.name), start: node.start.map(\.name),
        initial: node.standard.map { chart.nodes[$0].path },
        entryDeeds: node.entry.flatMap(\.deeds), exitDeeds: node.exit.flatMap(\.deeds),
        startDeeds: node.start.flatMap(\.deeds))
    }
  }

  /// All transitions in document order of their states; ``MachineStep/taken`` holds indices into
  /// it.
  public var transitions: [DrawnTransition] {
    chart.edges.map { edge in
      let transition = edge.transition
      return DrawnTransition(
        source: chart.nodes[edge.source].path, targets: edge.targets.map { chart.nodes[$0].path },
        trigger: transition.trigger, condition: transition.condition?.name,
        actions: transition.actions.map(\.name), isInternal: transition.isInternal,
        isForbidden: transition.isForbidden, delay: edge.delay,
        deeds: transition.actions.flatMap(\.deeds))
    }
  }

  /// The names of messages that transitions are for, each once in document order; a prefix such as
  /// `error.*` without its end, and not `*`, which names none.
  package var messageNames: [String] {
    var names: [String] = []
    for edge in chart.edges {
      for descriptor in edge.transition.trigger.descriptors where descriptor != "*" {
        let name = MachineTrigger.prefix(of: descriptor) ?? descriptor
        if !names.contains(name) { names.append(name) }
      }
    }
    return names
  }

  /// The messages that some active state may take, each once, those of the innermost states first.
  ///
  /// Guards are not evaluated, because they may depend on the message's data. A descriptor such as
  /// `error.*` stands for the messages that it fits, `*` for every other message. Empty when the
  /// machine is done.
  public func allowedMessages(_ configuration: MachineConfiguration) -> [String] {
    var active = configuration.active(in: chart)
    active[0] = true
    guard !chart.isOver(active) else { return [] }
    var allowed: [String] = []
    for place in active where chart.isInnermost(place, active) {
      var forbidden: Set<String> = []
      for here in [place] + chart.ancestors[place] {
        if forbidden.contains("*") { break }
        for edge in chart.triggers[here].messages {
          let transition = chart.edges[edge].transition
          for name in transition.trigger.descriptors where !forbidden.contains(name) {
            if transition.isForbidden {
              forbidden.insert(name)
            } else if !allowed.contains(name) {
              allowed.append(name)
            }
          }
        }
      }
    }
    return allowed
  }

  /// Why a message was not taken and which ones would be, as the sentence of a ``Rejection``.
  ///
  /// - Returns: `nil` when it was taken.
  public func refusal(of message: String, _ step: MachineStep) -> String? {
    let configuration = step.status.configuration
    let reason: String
    switch step.outcome {
    case .taken: return nil
    case .forbidden(let states):
      let places = states.map { $0.isEmpty ? name : $0 }.joined(separator: " and ")
      reason = "because it is forbidden in \(places)"
    case .unhandled(let guards) where !guards.isEmpty:
      let names = guards.map { "\"\($0)\"" }.joined(separator: " and ")
      reason = "because \(names) does not hold in \(configuration)"
    case .unhandled where isOver(step.status):
      return "Cannot apply event \(message): Not permitted, because \(name) has come to its end "
        + "in \(configuration) and takes no message any more."
    case .unhandled: reason = "because nothing in \(configuration) takes it"
    }
    let allowed = allowedMessages(configuration).map { $0 == "*" ? "any other" : $0 }
    let list = allowed.isEmpty ? "no message" : allowed.joined(separator: ", ")
    return "Cannot apply event \(message): Not permitted, \(reason); allowed now: \(list)."
  }
}
