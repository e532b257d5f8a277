import ArgumentParser

/// `eventicle bench`: prints measurements and how they grow with size.
struct BenchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench", abstract: "Print measurements of the first screen.")

  @Argument(help: "One measurement by name; all when absent.")
  var name: String?

  @Argument(help: "How large: the columns of the screen.")
  var size: Int?

  func run() throws {
    let chosen = Measurement.all.filter { name == nil || $0.name == name }
    guard !chosen.isEmpty else {
      let names = Measurement.all.map(\.name).joined(separator: ", ")
      throw Failure("There is no measurement \"\(name ?? "")\"; there are \(names).", .usage)
    }
    for measurement in chosen {
      let sizes = size.map { [$0] } ?? measurement.sizes
      var costs: [Double] = []
      for size in sizes {
        let runs = try (0..<5).map { _ in try measurement.run(size) }.sorted {
          $0.seconds < $1.seconds
        }
        let median = runs[runs.count / 2]
        costs.append(median.seconds / Double(max(median.operations, 1)))
        Output.line(row(measurement.name, size, median, runs))
      }
      if let first = costs.first, let last = costs.last, costs.count > 1, first > 0 {
        Output.line("    cost of one, largest to smallest: \(BenchCommand.text(last / first))×")
      }
    }
  }

  private func row(
    _ name: String, _ size: Int, _ median: Measurement.Run, _ runs: [Measurement.Run]
  ) -> String {
    let rate = Double(median.operations) / max(median.seconds, 1e-9)
    let span = runs.map { BenchCommand.text($0.seconds * 1_000) }
    return "\(name)  n=\(size)  median \(BenchCommand.text(median.seconds * 1_000)) ms "
      + "(\(span.first ?? "")–\(span.last ?? ""))  \(Int(rate))/s  check \(median.check)"
  }

  private static func text(_ value: Double) -> String {
    let scaled = (value * 1_000).rounded() / 1_000
    return "\(scaled)"
  }
}
