import EventicleCore

/// Writes a test in JavaScript, for Node's own test runner, against `@eventicle/eventiclejs`.
///
/// That library draws ids and runs sagas by itself, so that an id counts as the same when it stands
/// where the recorded one stood, and events are compared stream by stream.
enum JavaScriptTestWriter {
  /// Whether a test can ask for an action.
  static func canSay(_ action: InputAction) -> Bool {
    switch action {
    case .dispatch, .emit, .take, .deliver, .fire, .moveClock: true
    default: false
    }
  }

  /// The text of the test.
  ///
  /// - Throws: ``TestPlan/Failure`` for something that the library cannot be asked for.
  static func text(_ plan: TestPlan) throws(TestPlan.Failure) -> String {
    let count = plan.events.count
    let words =
      count == 0
      ? "after #\(plan.before)" : "from #\(plan.before + 1) to #\(plan.before + count)"
    var lines = [
      "// Written by export test js, from the record of a session.",
      "// Run it with: EVENTICLE_DOMAIN=./domain.js node --test",
      "import assert from \"node:assert/strict\";",
      "import { mock, test } from \"node:test\";",
      "import { pathToFileURL } from \"node:url\";",
      "import {",
      "  consumeFullEventLog, dispatchCommand, eventClient, eventClientOnDatastore,",
      "  InMemoryDatastore, setDataStore, setEventClient,",
      "} from \"@eventicle/eventiclejs\";",
      "",
      "// The recorded ids; another one may stand in the place of each.",
      "const ids = [\(ids(of: plan).map { literal($0) }.joined(separator: ", "))];",
      "",
      "// What is in the log before.",
      "const past = [",
    ]
    lines += plan.known.map { "  \(fact($0))," }
    lines += [
      "];",
      "",
      "test(\(literal("what happened \(words)")), async () => {",
      "  // then",
      "  const facts = [",
    ]
    lines += plan.events.map { "    \(fact($0))," }
    lines += [
      "  ];",
      "  const story = await begin(\(plan.start.milliseconds), [...past, ...facts]);",
    ]
    if !plan.given.isEmpty { lines += ["", "  // given"] }
    for step in plan.given { lines.append("  " + (try code(step))) }
    lines += ["", "  // when"]
    for step in plan.when { lines.append("  " + (try code(step))) }
    lines += ["", "  await story.expect();", "});", ""]
    return lines.joined(separator: "\n") + support
  }

  private static func fact(_ event: Event) -> String {
    let id = event.domainID.map { literal($0.text) } ?? "undefined"
    return "{ stream: \(literal(event.stream.logical.text)), type: \(literal(event.type.text)), "
      + "domainId: \(id), data: \(data(event.data.value)) }"
  }

  /// The ids of events and of what they are about.
  private static func ids(of plan: TestPlan) -> [String] {
    var ids: [String] = []
    for event in plan.known + plan.events {
      for id in [event.id.text, event.domainID?.text].compactMap({ $0 }) where !ids.contains(id) {
        ids.append(id)
      }
    }
    return ids
  }

  private static func code(_ step: TestPlan.Step) throws(TestPlan.Failure) -> String {
    switch step.act {
    case .advance(let instant): return "await story.advanceTo(\(instant.milliseconds));"
    case .perform(.dispatch(let intent)):
      let call =
        "dispatchCommand(story.fill({ type: \(literal(intent.type)), data: \(data(intent.data)) }))"
      return step.problem == nil
        ? "await story.ask(() => \(call));"
        : "await assert.rejects(() => story.ask(() => \(call)));"
    case .perform(.emit(let events, let stream)):
      return emit(events, stream.logical)
    case .perform(.take(let event, _)): return emit([NewEvent(event)], event.stream.logical)
    case .perform(let action), .alone(let action, _):
      throw TestPlan.Failure(
        sentence:
          "A test in JavaScript cannot say what was asked: to \(action.phrase). export test "
          + "swift can, as far as the engine's library does.")
    case .deliver:
      throw TestPlan.Failure(
        sentence: "Deliveries were held or acted on, which @eventicle/eventiclejs cannot be asked "
          + "for. export test swift can.")
    }
  }

  private static func emit(_ events: [NewEvent], _ stream: StreamName) -> String {
    let list = events.map { event in
      var parts = ["type: \(literal(event.type.text))", "data: \(data(event.data.value))"]
      if let id = event.domainID { parts.append("domainId: \(literal(id.text))") }
      return "{ \(parts.joined(separator: ", ")) }"
    }
    return
      "await story.ask(() => eventClient().emit(story.fill([\(list.joined(separator: ", "))]), "
      + "\(literal(stream.text))));"
  }

  // MARK: - Words

  /// A JSON value as an expression; one with numbers that a double does not hold, or a member that
  /// means something to the language, is parsed.
  private static func data(_ value: JSON) -> String {
    "JSON.parse(\(literal(value.printed)))"
  }

  /// A text as a literal that says the same, whatever is in it.
  static func literal(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": result += "\\\\"
      case "\"": result += "\\\""
      case _ where HiddenScalar.contains(scalar):
        result += "\\u{" + String(scalar.value, radix: 16) + "}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }

  // MARK: - What every test needs

  private static let support = #"""

    /** Begins the domain at a time, and compares its logs with a history as it goes. */
    async function begin(start, history) {
      mock.timers.enable({ apis: ["Date", "setTimeout", "setInterval"], now: start });
      setDataStore(new InMemoryDatastore());
      setEventClient(eventClientOnDatastore());
      const path = process.env.EVENTICLE_DOMAIN ?? "./domain.js";
      const domain = await import(pathToFileURL(path).href);
      if (typeof domain.default === "function") await domain.default();

      const streams = [...new Set(history.map((fact) => fact.stream))];
      const known = new Map(
        streams.map((stream) => [stream, history.filter((fact) => fact.stream === stream)]));
      const actual = new Map();

      // Replaces recorded ids by those that stand in their places.
      function fill(value) {
        if (typeof value === "string") return actual.get(value) ?? value;
        if (Array.isArray(value)) return value.map(fill);
        if (value === null || typeof value !== "object") return value;
        return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, fill(inner)]));
      }

      // Notes the ids that stand where recorded ones stood.
      function note(made, fact) {
        if (typeof fact === "string" && typeof made === "string") {
          if (ids.includes(fact) && !actual.has(fact)) actual.set(fact, made);
        } else if (fact !== null && made !== null && typeof fact === "object" && typeof made === "object") {
          for (const key of Object.keys(fact)) note(made[key], fact[key]);
        }
      }

      // Lets everything follow that follows by itself.
      async function settle() {
        for (let turn = 0; turn < 200; turn += 1) await new Promise((done) => setImmediate(done));
        for (const stream of streams) {
          const made = await consumeFullEventLog(stream);
          known.get(stream).forEach((fact, place) => {
            if (made[place]) note({ domainId: made[place].domainId, data: made[place].data }, fact);
          });
        }
      }

      await settle();
      return {
        fill,
        async ask(body) {
          try {
            return await body();
          } finally {
            await settle();
          }
        },
        async advanceTo(time) {
          mock.timers.tick(Math.max(0, time - Date.now()));
          await settle();
        },
        async expect() {
          for (const stream of streams) {
            const made = await consumeFullEventLog(stream);
            assert.equal(made.length, known.get(stream).length, `events in ${stream}`);
            known.get(stream).forEach((fact, place) => {
              assert.equal(made[place].type, fact.type);
              assert.equal(made[place].domainId, fill(fact.domainId));
              assert.deepEqual(made[place].data, fill(fact.data));
            });
          }
        },
      };
    }

    """#
}
