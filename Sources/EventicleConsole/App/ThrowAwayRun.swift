import EventicleCore

/// Tries commands and timers at a moment, each in a fork of its own that is thrown away.
///
/// Nothing leaves the process and no history changes. Only where handlers run in place may it be
/// asked, because another program cannot know that it is only tried.
struct ThrowAwayRun {
  private let moment: MomentView
  private let ground: Engine

  /// The most commands and timers that are tried at one moment.
  static let most = 40

  /// The ground for trials at a moment; `nil` when the domain cannot be run.
  init?(_ moment: MomentView) {
    guard let engine = try? Engine(moment.domain) else { return nil }
    self.moment = moment
    ground = engine.sandboxed(on: moment.world, after: moment.cursor.entry)
  }

  // MARK: - Commands

  /// Tries the commands about an aggregate: those that are given its id and write to its stream, or
  /// if there are none all that are given its id.
  func commands(about key: AggregateKey, _ meter: inout WorkMeter) -> CommandTrials {
    let named = moment.domain.commands.filter { command in
      command.fields.contains { $0.idOf == key.type }
    }
    let stream = moment.domain.aggregate(key.type)?.stream
    let own = named.filter { $0.stream == stream }
    let candidates = own.isEmpty ? named : own
    var trials = CommandTrials()
    trials.untried = max(0, candidates.count - ThrowAwayRun.most)
    let before = status(of: key, in: moment.world)
    for command in candidates.prefix(ThrowAwayRun.most) {
      meter.handlerCalls += 1
      var fork = ground
      let intent = CommandIntent(
        command.type, arguments(of: command, about: key), workspace: key.workspace)
      let step = fork.perform(Input(.dispatch(intent)))
      if let reason = step.problem {
        trials.refused.append(CommandTrials.Refused(command: command.type, reason: reason))
      } else {
        let after = status(of: key, in: fork.world)
        trials.allowed.append(
          CommandTrials.Allowed(command: command.type, status: after == before ? nil : after))
      }
    }
    tryMessages(of: key, &trials, &meter)
    return trials
  }

  private func status(of key: AggregateKey, in world: World) -> String? {
    // A folder may be another program, which is not to fold everything for every command.
    guard let root = moment.domain.aggregate(key.type), root.folder == nil else { return nil }
    let state = root.state(
      of: key.id, in: world, workspace: key.workspace, opening: moment.domain.upcast)?.state
    return state.flatMap { FoldRunner.word(of: $0, root) }
  }

  /// Tries the messages that the aggregate's machine knows, with no data, on its status alone.
  private func tryMessages(
    of key: AggregateKey, _ trials: inout CommandTrials, _ meter: inout WorkMeter
  ) {
    guard let root = moment.domain.aggregate(key.type), let machine = root.machine,
      let state = root.state(
        of: key.id, in: moment.world, workspace: key.workspace, opening: moment.domain.upcast)?
        .state,
      let status = MachineTrail(machine, [state]).status
    else { return }
    let names = machine.messageNames
    trials.untried += max(0, names.count - ThrowAwayRun.most)
    for name in names.prefix(ThrowAwayRun.most) {
      meter.handlerCalls += 1
      do {
        let step = try machine.send(
          MachineMessage(name), to: status, at: moment.instant, aggregate: state)
        if let reason = machine.refusal(of: name, step) {
          trials.refusedMessages.append(CommandTrials.Refused(command: name, reason: reason))
        } else {
          let after = step.status.configuration
          let word = after == status.configuration ? nil : after.description
          trials.messages.append(CommandTrials.Allowed(command: name, status: word))
        }
      } catch {
        trials.refusedMessages.append(CommandTrials.Refused(command: name, reason: "\(error)"))
      }
    }
  }

  /// The aggregate's id where it is asked for first, and something plausible for what else is
  /// required.
  private func arguments(of command: Command, about key: AggregateKey) -> JSON {
    var data = JSON.emptyObject
    var isNamed = false
    for field in command.fields where field.isRequired {
      if field.idOf == key.type, !isNamed {
        data[field.name] = .string(key.id.text)
        isNamed = true
      } else {
        data[field.name] = value(of: field)
      }
    }
    return data
  }

  private func value(of field: CommandField) -> JSON {
    if let standard = field.standard { return standard }
    if let type = field.idOf {
      let histories = moment.world.histories
      let count = histories.count(of: type)
      if count > 0, let newest = histories.id(of: type, at: count - 1) {
        return .string(newest.text)
      }
    }
    return switch field.kind {
    case .text, .any: "x"
    case .number: 1
    case .array: []
    }
  }

  // MARK: - Timers

  /// Lets each armed timer of a saga instance fire, as if its time had come.
  func timers(of key: SagaKey, _ meter: inout WorkMeter) -> [String: TimerTrial] {
    var trials: [String: TimerTrial] = [:]
    let names = moment.world.sagas.instance(key)?.timers ?? []
    for name in names.sorted().prefix(ThrowAwayRun.most) {
      let timer = TimerKey(key, name)
      guard moment.world.timers.timer(timer) != nil else { continue }
      meter.handlerCalls += 1
      var fork = ground
      let step = fork.perform(Input(.fire(timer)))
      var trial = TimerTrial(fails: step.problem != nil)
      for entry in step.entries {
        switch entry.kind {
        case .command(let type, _, _, _): trial.commands.append(type)
        case .sagaEnded: trial.ends = true
        default: break
        }
      }
      trials[name] = trial
    }
    return trials
  }
}
