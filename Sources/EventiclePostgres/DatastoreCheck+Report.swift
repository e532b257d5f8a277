package import EventicleCore

extension DatastoreCheck {
  /// Whether nothing is lacking or odd.
  package var isClean: Bool {
    problem == nil && findings.isEmpty && untold.isEmpty
      && indexes.allSatisfy { $0.found != nil }
  }

  /// The result for people, a line each.
  package var lines: [String] {
    var lines = [
      "\(address) can be reached: PostgreSQL \(PostgresLibrary.text(of: version)), "
        + "\(isEncrypted ? "encrypted" : "not encrypted"), in a session that only reads."
    ]
    guard let table else {
      if let problem { lines.append(problem.sentence) }
      return lines
    }
    lines.append(
      "table \(table.name): \(table.hasWorkspaces ? "with" : "without") workspaces")
    if !indexes.isEmpty { lines.append("indexes") }
    for index in indexes {
      if let name = index.found {
        lines.append("  there    (\(index.need.columns))  \(name)")
      } else {
        lines.append("  lacking  (\(index.need.columns))  \(index.need.purpose):")
        lines.append("           \(index.need.sql(table))")
      }
    }
    lines.append("rows by type")
    let width = types.map { "\($0.rows)".count }.max() ?? 0
    for type in types {
      let count = "\(type.rows)"
      let note = StoredRows.Kind(type.name) == .key ? "  (keys; never read)" : ""
      lines.append(
        "  \(String(repeating: " ", count: width - count.count))\(count)  \(type.name)\(note)")
    }
    if types.isEmpty {
      lines.append(estimate.map { "  about \($0) in all" } ?? "  none")
    }
    lines.append(findings.isEmpty ? "nothing odd was found" : "odd")
    lines += findings.map { "  \($0)" }
    if !untold.isEmpty { lines.append("not told") }
    lines += untold.map { "  \($0)" }
    return lines
  }

  /// The result for programs.
  package var json: JSON {
    var object = JSONObject([
      ("address", .string(address.description)), ("reachable", true),
      ("server", .string(PostgresLibrary.text(of: version))), ("readOnly", true),
      ("encrypted", .bool(isEncrypted)),
    ])
    if let problem {
      object["problem"] = .string(problem.sentence)
      return .object(object)
    }
    if let table {
      object["table"] = [
        "name": .string(table.name), "workspaces": .bool(table.hasWorkspaces),
      ]
      object["indexes"] = .array(
        indexes.map { index in
          [
            "columns": .string(index.need.columns),
            "found": index.found.map { .string($0) } ?? .null,
            "sql": .string(index.need.sql(table)),
          ]
        })
    }
    object["types"] = .array(
      types.map { ["type": .string($0.name), "rows": .int($0.rows)] })
    if let estimate { object["rowsAbout"] = .int(estimate) }
    object["findings"] = .array(findings.map { .string($0) })
    object["untold"] = .array(untold.map { .string($0) })
    return .object(object)
  }
}
