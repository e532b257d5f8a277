import EventicleCore

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// One bench at one size: several runs, each in a process of its own.
struct Measured {
  let size: Int
  /// The figures of the run in the middle.
  let figures: [String: Double]
  let fastest: Double
  let slowest: Double

  init(size: Int, runs: [[String: Double]]) {
    let sorted = runs.sorted { ($0["ms"] ?? 0) < ($1["ms"] ?? 0) }
    self.size = size
    var middle: [String: Double] = [:]
    for name in Set(runs.flatMap(\.keys)) {
      let values = runs.compactMap { $0[name] }.sorted()
      middle[name] = values[values.count / 2]
    }
    figures = middle
    fastest = sorted.first?["ms"] ?? 0
    slowest = sorted.last?["ms"] ?? 0
  }

  var milliseconds: Double { figures["ms"] ?? 0 }
  var operations: Double { max(figures["ops"] ?? 1, 1) }
  /// Operations a second.
  var rate: Double { operations / max(milliseconds / 1_000, 1e-9) }
  /// Seconds for one operation.
  var cost: Double { 1 / rate }
}

/// Runs benches and prints what they took, how it grows, and what the bar is.
struct Table {
  /// How much more an operation may cost at the largest size than at the smallest.
  private static let mostGrowth = 1.5

  private let benches: [Bench]

  init(_ benches: [Bench]) { self.benches = benches }

  func print() throws {
    Swift.print(
      "median (min–max) of the runs, each a process of its own; × floor: times the cost of the "
        + "same amount of packed appends or folds in the same run\n")
    for bench in benches {
      var rows: [Measured] = []
      for size in bench.sizes {
        let runs = try (0..<bench.runs).map { _ in try run(bench.name, size) }
        let row = Measured(size: size, runs: runs)
        rows.append(row)
        Swift.print(text(bench, row))
        fflush(nil)
      }
      if let first = rows.first, let last = rows.last, rows.count > 1 {
        let expected = pow(Double(last.size) / Double(first.size), bench.growth)
        let ratio = last.cost / first.cost / expected
        let verdict =
          ratio > Table.mostGrowth
          ? "GROWS" : bench.growth > 0 ? "as one operation is of that size" : "flat"
        let sizes = "\(Words.fixed(ratio, 2)) × from n=\(first.size) to n=\(last.size)"
        Swift.print(
          "    cost of one ~ N^\(Words.fixed(growth(rows), 2)), \(sizes), \(verdict)\n")
      }
    }
  }

  private func text(_ bench: Bench, _ row: Measured) -> String {
    var parts = [
      Words.wide(bench.name, 18), Words.wide("n=\(row.size)", 10),
      Words.wide(
        "\(Words.number(row.milliseconds)) ms (\(Words.number(row.fastest))–"
          + "\(Words.number(row.slowest)))", 30),
      Words.wide("\(Words.count(row.rate)) \(bench.unit)s/s", 24),
    ]
    if let floor = row.figures["floor_ms"], floor > 0 {
      parts.append("\(Words.number(row.milliseconds / floor)) × floor")
    }
    let known: Set = ["n", "ops", "ms", "cpu_ms", "rss_mb", "check", "floor_ms"]
    for (name, value) in row.figures.sorted(by: { $0.key < $1.key }) where !known.contains(name) {
      parts.append("\(name) \(Words.number(value))")
    }
    if let peer = Peer.rates[bench.name]?[row.size] {
      parts.append("\(Words.number(row.rate / peer)) × eventiclejs")
    }
    for bar in Bar.all where bar.bench == bench.name && (bar.size ?? row.size) == row.size {
      guard let value = bar.value(of: row) else { continue }
      parts.append("[\(bar.row) must \(bar.text): \(bar.isMet(by: value) ? "met" : "NOT MET")]")
    }
    return parts.joined(separator: " ")
  }

  /// The slope of the cost of one operation over the size, both as logarithms.
  private func growth(_ rows: [Measured]) -> Double {
    let points = rows.map { (log(Double($0.size)), log($0.cost)) }
    let count = Double(points.count)
    let (x, y) = points.reduce((0.0, 0.0)) { ($0.0 + $1.0 / count, $0.1 + $1.1 / count) }
    let above = points.reduce(0) { $0 + ($1.0 - x) * ($1.1 - y) }
    let below = points.reduce(0) { $0 + ($1.0 - x) * ($1.0 - x) }
    return below > 0 ? above / below : 0
  }

  /// One run in a process of its own.
  private func run(_ name: String, _ size: Int) throws -> [String: Double] {
    var path = CommandLine.arguments[0]
    #if canImport(Glibc)
      if let resolved = realpath("/proc/self/exe", nil) {
        path = String(cString: resolved)
        free(resolved)
      }
    #endif
    guard let pipe = popen("'\(path)' \(name) \(size)", "r") else {
      throw WrongContent(description: "Another process of \(path) cannot be started.")
    }
    var text: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4_096)
    while true {
      let count = fread(&buffer, 1, buffer.count, pipe)
      guard count > 0 else { break }
      text += buffer[..<count]
    }
    guard pclose(pipe) == 0, let members = try? JSON(parsing: text).object?.members else {
      throw WrongContent(description: "\(name) \(size) failed.")
    }
    var figures: [String: Double] = [:]
    for member in members { figures[member.key] = member.value.double }
    return figures
  }
}
