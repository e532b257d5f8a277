extension StateMachine {
  /// A machine from a chart in XState's JSON, as its editor exports it and `JSON.stringify` of its
  /// config writes it, in the spelling of version 4 or 5.
  ///
  /// Functions are not in JSON: the chart names its guards, actions and delays, and Swift gives them
  /// here. What is wrong with the chart is in ``problems``, each with its place in the JSON, and
  /// whoever runs the machine is refused; what is only odd is in ``warnings``. O(size of the chart).
  ///
  ///     StateMachine(
  ///       "Door", xstate: chart, guards: ["isUnlocked": { $0.context["locked"] != true }],
  ///       actions: ["ring": .raise("DoorOpened")])
  ///
  /// - Parameters:
  ///   - name: The machine's name; the chart's `id` when `nil`.
  ///   - chart: The chart; a text is parsed first, within ``Limits/chartBytes``.
  ///   - version: From 1; a chart's own `version` is for its people and not read.
  ///   - spelling: `nil` to tell by the chart's words; version 5 when they do not say.
  ///   - guards: By name; `params` beside a name are in ``MachineScope/params``.
  ///   - actions: By name, likewise; one named as an action of XState replaces that.
  ///   - delays: By name, for `after` and for `delay`.
  ///   - migration: Converts the status of an older version; a status without a version has 0.
  public init(
    _ name: String? = nil, xstate chart: JSON, version: Int = 1, spelling: XStateSpelling? = nil,
    guards: [String: MachineGuard.Test] = [:], actions: [String: MachineAction] = [:],
    delays: [String: Interval] = [:], migrate migration: Migration? = nil
  ) {
    let (chart, fault) = StateMachine.parsed(chart)
    let title = name ?? chart["id"].string ?? "(machine)"
    if let fault {
      self.init(
        title, version: version, context: .emptyObject, top: MachineState(title, .atomic),
        dialect: .xstate5, problems: ["The machine \(title) cannot be read: \(fault)."],
        warnings: [], migrate: migration)
      return
    }
    let reader = XStateReader(
      chart, name: title, spelling: spelling,
      XStateReader.Parts(guards: guards, actions: actions, delays: delays))
    let context = chart["context"]
    self.init(
      title, version: version, context: context.isNull ? .emptyObject : context,
      top: reader.top ?? MachineState(title, .atomic), dialect: reader.spelling.dialect,
      problems: reader.tree.faults.map { fault in
        "The machine \(title) cannot be read \(fault)\(fault.hasSuffix(".") ? "" : ".")"
      },
      warnings: reader.tree.remarks.map { "The machine \(title) is odd \($0)." },
      migrate: migration)
  }

  /// A machine from the text of a chart in XState's JSON; see the other initialiser.
  public init(
    _ name: String? = nil, xstate text: String, version: Int = 1,
    spelling: XStateSpelling? = nil, guards: [String: MachineGuard.Test] = [:],
    actions: [String: MachineAction] = [:], delays: [String: Interval] = [:],
    migrate migration: Migration? = nil
  ) {
    self.init(
      name, xstate: JSON.string(text), version: version, spelling: spelling, guards: guards,
      actions: actions, delays: delays, migrate: migration)
  }

  /// The chart in a text, or why there is none.
  private static func parsed(_ chart: JSON) -> (chart: JSON, fault: String?) {
    guard let text = chart.string else { return (chart, nil) }
    guard text.utf8.count <= Limits.chartBytes else {
      return (
        .null,
        "it has \(text.utf8.count) bytes, but a chart has at most \(Limits.chartBytes)"
      )
    }
    do {
      return (try JSON(parsing: text), nil)
    } catch {
      return (.null, "it is not JSON: \(error)")
    }
  }
}
