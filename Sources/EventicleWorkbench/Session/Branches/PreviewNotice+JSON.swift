package import EventicleCore

extension PreviewNotice {
  /// What a line would do, as one line.
  package var sentence: String {
    if let problem { return "! refused: \(problem)" }
    var parts = lines.map { line in
      let number = line.number.isEmpty ? "" : "\(line.number) "
      let sign =
        switch line.kind {
        case .refusal: "! "
        case .failure: "✗ "
        case .event, .step: ""
        }
      return sign + number + line.text
    }
    if !views.isEmpty { parts.append("views \(views.joined(separator: ", "))") }
    if waiting > 0 { parts.append("\(Self.deliveries(waiting)) would wait, the engine is held") }
    if madeAnyway > 0 {
      parts.append("\(Self.deliveries(madeAnyway)) that waited would be made as well")
    }
    if !isWhole { parts.append("and more: it was tried for so many steps only") }
    return parts.isEmpty ? "nothing happens" : parts.joined(separator: " · ")
  }

  private static func deliveries(_ count: Int) -> String {
    "\(count) \(count == 1 ? "delivery" : "deliveries")"
  }

  /// What a line would do, as `what if` prints it.
  package var json: JSON {
    [
      "refused": problem.map { .string($0) } ?? .null,
      "events": .array(
        appended.map { event in
          [
            "event": .int(event.position.number), "type": .string(event.type.text),
            "key": event.id.map { .string($0.text) } ?? .null,
            "stream": .string(event.stream.text),
          ]
        }),
      "steps": .array(lines.filter { $0.kind == .step }.map { .string($0.text) }),
      "views": .array(views.map { .string($0) }),
      "refusals": .array(refusals.map { .string($0) }),
      "failures": .array(failures.map { .string($0) }),
      "called": .array(called.map { .string($0) }), "whole": .bool(isWhole),
      "waiting": .int(waiting), "madeAnyway": .int(madeAnyway),
    ]
  }
}
