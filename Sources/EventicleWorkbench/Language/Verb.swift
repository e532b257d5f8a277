import EventicleCore

/// A command of the command bar, as help, completion and the parser know it.
package struct Verb: Hashable, Sendable {
  /// The full names of the verbs.
  package enum Name: String, Hashable, Sendable, CaseIterable {
    case emit
    case dispatch = "do"
    case expect
    case schedule, cancel, move, end, correct
    case deliver, delay, crash
    case duplicate = "dup"
    case step, back, goto, run, hold, release, live, pause, fire, clock
    case filter, find, events, streams, journal, flow, queue, timers
    case aggregate = "agg"
    case aggregates = "aggs"
    case saga, sagas, view, views
    case commands = "cmds"
    case mark, unmark, marks
    case stop, stops
    case runBack = "rrun"
    case fork, forks, discard, undo, redo
    case skip, insert, refuse, adopt, compare, verify
    case why, who
    case whatIf = "what"
    case probe, watch
    case use = "switch"
    case groups, group, parked, redrive, drop, edit, rebuild, retain, metrics
    case open, attach, save, backup, domain, export, shot
    case importFile = "import"
    case set, theme, mouse, help, info, reload, demo, present, quit
    case quitUnsaved = "q!"
    case saveAndQuit = "wq"
  }

  /// What a verb is for, in the order of the help page.
  package enum Group: String, Hashable, Sendable, CaseIterable {
    case act = "Act"
    case time = "Time"
    case look = "Look"
    case files = "Files"
    case app = "App"
  }

  /// What a verb may change.
  package enum Effect: Hashable, Sendable {
    /// It can add journal entries.
    case acts
    /// It changes only what is shown.
    case looks
  }

  /// What an argument is, for completion.
  package enum Argument: Hashable, Sendable {
    case stream, eventType, domainID, eventItems, command, commandItems
    case count, stepUnit, position, stop, timer, clock, filter, text
    case aggregate, version, saga, view, journalRange
    case name, scheduleItems, time, sagaItems, ending
    case delivery, delay, dropped
    case group, groupAction, parked, parkedItems, viewName, swap, anyway
    case markName, mark
    case forkName, branch, fork, compared, moments, event, after, refused, field, reads, tried
    case exported, path, importWord, format, setting, theme, toggle, verb, domain, expectation
  }

  package let name: Name
  /// Other names, the usual short one first.
  package let aliases: [String]
  /// The section of help that lists it.
  package let group: Group
  /// Whether it can add journal entries.
  package let effect: Effect
  /// What it does, in one line.
  package let summary: String
  /// The arguments in help notation: `STREAM TYPE [ID] items…`.
  package let arguments: String
  /// A command line that works in the sample shop.
  package let example: String
  /// The kind of each argument, in order.
  package let kinds: [Argument]
  /// Whether everything after the verb is one expression.
  let takesExpression: Bool

  init(
    _ name: Name, aliases: [String] = [], _ group: Group, _ effect: Effect, _ arguments: String,
    _ kinds: [Argument] = [], example: String, takesExpression: Bool = false, _ summary: String
  ) {
    self.name = name
    self.aliases = aliases
    self.group = group
    self.effect = effect
    self.arguments = arguments
    self.kinds = kinds
    self.example = example
    self.takesExpression = takesExpression
    self.summary = summary
  }

  /// The verb with its arguments: `emit STREAM TYPE [ID] items…`.
  package var signature: String {
    let word = takesForce ? "\(name.rawValue)[!]" : name.rawValue
    let line = arguments.isEmpty ? word : "\(word) \(arguments)"
    return isWritable ? "\(line) [> FILE]" : line
  }

  /// Whether a `!` right after the verb makes it go ahead where it would ask or refuse.
  package var takesForce: Bool {
    switch name {
    case .open, .save, .saveAndQuit, .adopt, .export, .shot: true
    default: false
    }
  }

  /// The verb with a name.
  package static func named(_ name: Name) -> Verb { byName[name] ?? all[0] }

  private static let byName = Dictionary(
    all.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
}

extension Verb {
  /// The verbs that a word may mean.
  package enum Lookup: Hashable, Sendable {
    case found(Verb)
    /// The beginning of several verbs.
    case ambiguous([Verb])
    /// No verb, perhaps a mistyped one.
    case unknown(nearest: String?)
  }

  /// Finds a verb by its name, an alias, or the beginning of its name.
  ///
  /// A `!` may follow a verb that ``takesForce``. A beginning needs two letters, so that no single
  /// letter changes its meaning when verbs are added.
  package static func lookup(_ word: String) -> Lookup {
    if let verb = exact(word) { return .found(verb) }
    if word.last == "!" {
      if case .found(let verb) = lookup(String(word.dropLast())), verb.takesForce {
        return .found(verb)
      }
    }
    if word.utf8.count >= 2 {
      let candidates = all.filter { $0.name.rawValue.hasPrefix(word) }
      if candidates.count == 1 { return .found(candidates[0]) }
      if candidates.count > 1 { return .ambiguous(candidates) }
    }
    return .unknown(nearest: TypoCorrection.nearest(to: word, among: all.map(\.name.rawValue)))
  }

  static func exact(_ word: String) -> Verb? {
    all.first { isSameText($0.name.rawValue, word) }
      ?? all.first { $0.aliases.contains { isSameText($0, word) } }
  }

  /// The verb that a word of a command line means.
  static func resolve(
    _ token: Token, _ names: DomainNames = .none
  ) throws(LanguageError) -> Verb {
    let word = token.string
    switch lookup(word) {
    case .found(let verb): return verb
    case .ambiguous(let verbs):
      let names = verbs.map { "\"\($0.name.rawValue)\"" }
      throw token.error(
        "\"\(word)\" could be \(names.dropLast().joined(separator: ", ")) or "
          + "\(names.last ?? ""). Type more letters.")
    case .unknown(let verb):
      let nearest = names.nearest(to: word) ?? verb
      let question = nearest.map { "; did you mean \"\($0)\"?" } ?? "."
      throw token.error(
        "There is no verb \"\(LanguageError.shortened(word))\"\(question) "
          + "Type help for all verbs.",
        suggestion: nearest)
    }
  }
}
