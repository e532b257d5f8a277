extension Domain {
  /// Declarations without a name, or whose name could be read as another.
  ///
  /// Something without a name can be neither requested nor told apart in a journal.
  var namelessness: [DomainError] {
    var found: [DomainError] = []
    func check(_ kind: String, _ names: [String]) {
      if names.contains(where: \.isEmpty) { found.append(.nameless(kind: kind)) }
    }
    check("aggregate", aggregates.map(\.type))
    for type in aggregates.map(\.type) where type.utf8.contains(0x3A) {
      found.append(.aggregateWithColon(type))
    }
    check("command", commands.map(\.type))
    check("view", views.map(\.name))
    check("saga", sagas.map(\.name))
    check("adapter", adapters.map(\.name))
    for aggregate in aggregates {
      check("stream of the aggregate \(aggregate.type)", [aggregate.stream.text])
      if aggregate.stream.isTenants {
        found.append(
          .streamOfTenant(declaration: "aggregate \(aggregate.type)", aggregate.stream))
      }
      check("event type of the aggregate \(aggregate.type)", aggregate.reducers.keys.map(\.text))
    }
    for command in commands {
      check("stream of the command \(command.type)", [command.stream.text])
      if command.stream.isTenants {
        found.append(.streamOfTenant(declaration: "command \(command.type)", command.stream))
      }
      check("argument of the command \(command.type)", command.fields.map(\.name))
    }
    func check(
      _ consumer: String, _ group: GroupName, _ streams: [StreamName], _ types: [EventType]
    ) {
      check("group of the \(consumer)", [group.text])
      check("stream of the \(consumer)", streams.map(\.text))
      check("event type of the \(consumer)", types.map(\.text))
    }
    for view in views {
      check("view \(view.name)", view.group, view.streams, Array(view.reactions.byType.keys))
    }
    for saga in sagas {
      check(
        "saga \(saga.name)", saga.group, saga.streams,
        saga.startTypes + saga.handledTypes + saga.statelessTypes)
      check("timer of the saga \(saga.name)", saga.timerNames)
    }
    for adapter in adapters {
      check(
        "adapter \(adapter.name)", adapter.group, adapter.streams,
        Array(adapter.reactions.byType.keys))
    }
    return found
  }
}

extension Command {
  /// Arguments that are declared twice.
  var problems: [DomainError] {
    var seen: Set<String> = []
    return fields.filter { !seen.insert($0.name).inserted }
      .map { .doubleField(command: type, field: $0.name) }
  }
}
