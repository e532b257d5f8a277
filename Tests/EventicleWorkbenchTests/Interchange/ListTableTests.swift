import EventicleSamples
import TestSupport
import Testing

@testable import EventicleCore
@testable import EventicleWorkbench

@Suite struct ListTableTests {
  private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  private let rows: [JSON] = [
    ["id": "a", "total": 59, "data": ["note": "one, \"two\"", "lines": [1, ["x": 2]]]],
    ["id": "b|c", "data": ["note": "up\ndown"], "isPaid": true, "gone": .null],
    ["id": "<b>\u{1B}[31m", "total": -1],
  ]

  @Test func `members are columns in order of appearance, and those inside too`() {
    let table = ListTable(rows)
    #expect(table.columns == ["id", "total", "data.note", "data.lines", "isPaid", "gone"])
    #expect(ListTable([]).csv.isEmpty && ListTable([]).markdown.isEmpty)
    #expect(text(ListTable([1, "two", [3]]).csv) == "value\r\n1\r\ntwo\r\n[3]\r\n")
  }

  @Test func `a cell is quoted where it needs to be, and hides nothing`() {
    #expect(
      text(ListTable(rows).csv) == """
        id,total,data.note,data.lines,isPaid,gone\r
        a,59,"one, ""two""\","[1,{""x"":2}]",,\r
        b|c,,"up\ndown",,true,\r
        <b>\\u001b[31m,-1,,,,\r

        """)
  }

  @Test func `a Markdown cell means nothing but itself, and numbers are to the right`() {
    #expect(
      text(ListTable(rows).markdown) == """
        | id | total | data.note | data.lines | isPaid | gone |
        |---|---:|---|---|---|---|
        | a | 59 | one, "two" | \\[1,{"x":2}\\] |  |  |
        | b\\|c |  | up<br>down |  | true |  |
        | &lt;b>\\\\u001b\\[31m | -1 |  |  |  |  |

        """)
  }

  /// The cells of comma-separated values, read as RFC 4180 says.
  private func cells(_ csv: String) -> [[String]] {
    var rows: [[String]] = [[""]]
    var isQuoted = false
    var scalars = Array(csv.unicodeScalars)[...]
    while let scalar = scalars.popFirst() {
      let (row, cell) = (rows.count - 1, rows[rows.count - 1].count - 1)
      switch scalar {
      case "\"" where isQuoted && scalars.first == "\"":
        scalars.removeFirst()
        rows[row][cell] += "\""
      case "\"": isQuoted.toggle()
      case "," where !isQuoted: rows[row].append("")
      case "\r" where !isQuoted: break
      case "\n" where !isQuoted: rows.append([""])
      default: rows[row][cell].unicodeScalars.append(scalar)
      }
    }
    return rows.dropLast()
  }

  @Test(arguments: seeds(200)) func `what a table holds is read back`(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let parts = ["a", ",", "\"", "\n", " ", "|", "é", "=1+1", ";", "'"]
    let texts = (0..<6).map { _ in
      (0..<random.below(6)).map { _ in parts[random.below(parts.count)] }.joined()
    }
    let values: [JSON] = [
      ["x": .string(texts[0]), "y": .string(texts[1])],
      ["x": .string(texts[2]), "y": .string(texts[3])],
      ["y": .string(texts[4]), "x": .string(texts[5])],
    ]
    #expect(
      cells(text(ListTable(values).csv)) == [
        ["x", "y"], [texts[0], texts[1]], [texts[2], texts[3]], [texts[5], texts[4]],
      ])
  }

  @Test func `a list is written as a table to a file that is named like one`() throws {
    var session = try Session(.shop)
    _ = session.run("do PlaceOrder customer=c-19 total:=59")
    for (line, begins) in [
      ("events > all.csv", "id,type,"), ("view OrderBoard > board.md", "| "),
      ("streams > all.md", "| "), ("agg Order/order-1 > one.csv", ""),
    ] {
      guard case .write(let file, force: false)? = session.run(line).requests.first else {
        Issue.record("\(line) writes nothing")
        continue
      }
      #expect(text(file.bytes).hasPrefix(begins), "\(line)")
      #expect(file.bytes.last == Byte.newline, "\(line)")
    }
  }
}
