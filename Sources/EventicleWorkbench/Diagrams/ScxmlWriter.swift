import EventicleCore

/// Writes charts in SCXML, the W3C's XML for statecharts.
///
/// What is code in Swift is written by its name: guards as `cond`, other actions as the label of a
/// `log`. Delayed transitions become a `send` on entry, a `cancel` on exit, and a transition on the
/// message, as SCXML has no other way.
enum ScxmlWriter {
  static func text(_ chart: Diagram.Chart) -> String {
    var writer = Writing(chart)
    writer.document()
    return writer.lines.joined(separator: "\n") + "\n"
  }

  /// A text as the value of an attribute, in which nothing means more than itself.
  static func escaped(_ text: String) -> String { XMLText.escaped(HiddenScalar.visible(text)) }

  /// A name as XML has them: letters, digits, dots, dashes and underscores; `_x20_` for others.
  static func name(_ text: String) -> String {
    var result = ""
    let scalars = Array(text.unicodeScalars)
    for (place, scalar) in scalars.enumerated() {
      let isLetter = scalar.properties.isAlphabetic && scalar.value < 0x250
      let isOther = scalar.value < 0x80 && "0123456789.-".unicodeScalars.contains(scalar)
      let isPlainLine = scalar == "_" && (place + 1 >= scalars.count || scalars[place + 1] != "x")
      if isLetter || isPlainLine || (isOther && place > 0) {
        result.unicodeScalars.append(scalar)
      } else {
        result += "_x" + String(scalar.value, radix: 16) + "_"
      }
    }
    return result.isEmpty ? "_" : result
  }

  /// A descriptor of messages, in which `*` stays what it is.
  static func event(_ descriptor: String) -> String {
    if descriptor == "*" { return "*" }
    return descriptor.hasSuffix(".*")
      ? name(String(descriptor.dropLast(2))) + ".*" : name(descriptor)
  }
}

/// The lines of one document while it is written.
private struct Writing {
  let chart: Diagram.Chart
  private(set) var lines: [String] = []

  init(_ chart: Diagram.Chart) { self.chart = chart }

  private mutating func add(_ depth: Int, _ line: String) {
    lines.append(String(repeating: "  ", count: depth) + line)
  }

  private func id(_ place: Int) -> String {
    let state = chart.states[place]
    if state.path.isEmpty { return ScxmlWriter.name(chart.name) }
    return ScxmlWriter.name(state.path)
  }

  private func ids(_ places: [Int]) -> String { places.map { id($0) }.joined(separator: " ") }

  mutating func document() {
    let top = chart.inside(nil)
    let initial = top.filter { chart.states[$0].isInitial }
    let name = ScxmlWriter.escaped(chart.name)
    lines = [#"<?xml version="1.0" encoding="UTF-8"?>"#]
    let start = initial.isEmpty ? top.prefix(1).map { $0 } : initial
    add(
      0,
      #"<scxml xmlns="http://www.w3.org/2005/07/scxml" version="1.0" name="\#(name)""#
        + #" initial="\#(ids(start))">"#)
    let here = chart.states.indices.filter { chart.states[$0].isHere }
    // Two dashes in a row would end a comment.
    let names = ids(here).split(separator: "--", omittingEmptySubsequences: false)
    if !here.isEmpty { add(1, "<!-- active: \(names.joined(separator: "-&#45;")) -->") }
    for place in top { write(place, 1) }
    add(0, "</scxml>")
  }

  // MARK: - States

  private mutating func write(_ place: Int, _ depth: Int) {
    let state = chart.states[place]
    let inside = chart.inside(place)
    var tag = "state"
    var attributes = #" id="\#(id(place))""#
    if let history = state.history {
      tag = "history"
      attributes += #" type="\#(history.rawValue)""#
    } else if state.isFinal {
      tag = "final"
    } else if state.isParallel {
      tag = "parallel"
    } else if !inside.isEmpty, state.start.isEmpty, !state.initial.isEmpty {
      attributes += #" initial="\#(ids(state.initial))""#
    }
    let before = lines.count
    add(depth, "<\(tag)\(attributes)>")
    if state.history != nil {
      if !state.initial.isEmpty {
        add(depth + 1, #"<transition target="\#(ids(state.initial))"/>"#)
      }
    } else {
      content(of: place, inside, depth + 1)
    }
    if lines.count == before + 1 {
      lines[before] = String(lines[before].dropLast()) + "/>"
    } else {
      add(depth, "</\(tag)>")
    }
  }

  private mutating func content(of place: Int, _ inside: [Int], _ depth: Int) {
    let state = chart.states[place]
    let own = chart.transitions.filter { $0.from == place }
    var delays: [Interval] = []
    for case .after(let interval) in own.map(\.trigger) where !delays.contains(interval) {
      delays.append(interval)
    }
    let sends = delays.map { delay in
      MachineDeed.send(self.delay(delay, place), id: self.delay(delay, place), after: delay)
    }
    if !state.start.isEmpty, !state.initial.isEmpty {
      add(depth, "<initial>")
      block(#"transition target="\#(ids(state.initial))""#, "transition", state.start, depth + 1)
      add(depth, "</initial>")
    }
    if !(sends + state.entry).isEmpty { block("onentry", "onentry", sends + state.entry, depth) }
    let cancels = delays.map { MachineDeed.cancel(self.delay($0, place)) }
    if !(cancels + state.exit).isEmpty { block("onexit", "onexit", cancels + state.exit, depth) }
    for transition in own { write(transition, depth) }
    for child in inside { write(child, depth) }
  }

  private func delay(_ interval: Interval, _ place: Int) -> String {
    "after.\(interval).\(id(place))"
  }

  // MARK: - Transitions

  private mutating func write(_ transition: Diagram.Chart.Transition, _ depth: Int) {
    var head = "transition"
    switch transition.trigger {
    case .always: break
    case .after(let interval):
      head += #" event="\#(ScxmlWriter.event(delay(interval, transition.from)))""#
    case .done: head += #" event="done.state.\#(id(transition.from))""#
    case .message, .messages:
      let events = transition.trigger.descriptors.map { ScxmlWriter.event($0) }
      head += #" event="\#(events.joined(separator: " "))""#
    }
    if let condition = transition.condition {
      head += #" cond="\#(ScxmlWriter.escaped(condition))""#
    }
    if !transition.targets.isEmpty {
      head += #" target="\#(ids(transition.targets))""#
      if transition.isInternal { head += #" type="internal""# }
    }
    block(head, "transition", transition.deeds, depth)
  }

  private mutating func block(
    _ head: String, _ tag: String, _ deeds: [MachineDeed], _ depth: Int
  ) {
    guard !deeds.isEmpty else { return add(depth, "<\(head)/>") }
    add(depth, "<\(head)>")
    for deed in deeds { add(depth + 1, line(deed)) }
    add(depth, "</\(tag)>")
  }

  private func line(_ deed: MachineDeed) -> String {
    switch deed {
    case .event(let type):
      return #"<log label="raise" expr="'\#(ScxmlWriter.escaped(type))'"/>"#
    case .post(let message): return #"<raise event="\#(ScxmlWriter.name(message))"/>"#
    case .send(let message, let id, let interval):
      let delay = interval.map { #" delay="\#($0.milliseconds)ms""# } ?? ""
      let name = ScxmlWriter.name(message)
      return #"<send event="\#(name)" id="\#(ScxmlWriter.name(id))"\#(delay)/>"#
    case .cancel(let id): return #"<cancel sendid="\#(ScxmlWriter.name(id))"/>"#
    case .other(let words): return #"<log label="\#(ScxmlWriter.escaped(words))"/>"#
    }
  }
}
