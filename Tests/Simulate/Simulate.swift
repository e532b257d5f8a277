import EventicleCore
import Foundation
import Simulation

/// `eventicle-simulate`: runs many seeds of the simulator, or one again.
@main struct Simulate {
  static func main() async {
    do {
      let arguments = try Arguments(CommandLine.arguments.dropFirst())
      exit(await run(arguments) ? 0 : 1)
    } catch {
      print("\(error)\n\n\(Arguments.help)")
      exit(2)
    }
  }

  private static func run(_ arguments: Arguments) async -> Bool {
    if let name = arguments.planted { return await planted(name, arguments) }
    if let seed = arguments.seed {
      var summary = Simulation.Summary()
      summary.add(seed, Simulation.run(seed, arguments.options))
      print(summary.text)
      return explain(summary, arguments)
    }
    let start = ContinuousClock.now
    let range = arguments.first..<arguments.first + UInt64(arguments.seeds)
    let summary = await Simulation.run(range, lanes: arguments.lanes, arguments.options)
    print(summary.text)
    report(summary, after: ContinuousClock.now - start)
    return explain(summary, arguments)
  }

  private static func report(_ summary: Simulation.Summary, after duration: Duration) {
    let seconds =
      Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18
    print(
      String(
        format: "%.1f s, %.0f recoveries/s, %.0f seeds/s", seconds,
        Double(summary.recoveries) / seconds, Double(summary.seeds) / seconds))
  }

  /// Shows what went wrong, as short as it can be made.
  private static func explain(_ summary: Simulation.Summary, _ arguments: Arguments) -> Bool {
    for found in summary.violations.sorted(by: { $0.seed < $1.seed }).prefix(3) {
      guard let violation = found.result.violation else { continue }
      print("seed \(found.seed), action \(violation.action): \(violation.sentence)")
      if let (actions, sentence) = shortest(found.seed, arguments.options) {
        print("  the actions \(actions) are enough: \(sentence)")
        print("  again: eventicle-simulate --seed \(found.seed)")
      }
    }
    return summary.violations.isEmpty
  }

  /// The fewest actions found that break the same invariant.
  private static func shortest(
    _ seed: UInt64, _ options: RunOptions
  ) -> (actions: [Int], sentence: String)? {
    var quiet = options
    quiet.show = nil
    guard let shorter = Simulation.shrink(seed, quiet), let found = shorter.result.violation else {
      return nil
    }
    let left = shorter.options.without
    return ((0..<shorter.options.actions).filter { !left.contains($0) }, found.sentence)
  }

  /// Plants mistakes one by one; each must be found.
  private static func planted(_ name: String, _ arguments: Arguments) async -> Bool {
    #if PLANTED_FAULTS
      let all = PlantedFault.allCases.filter { name == "all" || $0.rawValue == name }
      guard !all.isEmpty else {
        print("There is no planted fault \(name).")
        return false
      }
      var missed: [PlantedFault] = []
      for fault in all {
        PlantedFault.current = fault
        let range = arguments.first..<arguments.first + UInt64(arguments.seeds)
        let found = range.first { Simulation.run($0, arguments.options).violation != nil }
        let invariant = found.flatMap { Simulation.run($0, arguments.options).violation?.invariant }
        let short = found.flatMap { shortest($0, arguments.options) }
        PlantedFault.current = nil
        if let found, let invariant, let short {
          print(
            "\(fault.rawValue): caught at seed \(found) by \(invariant.rawValue), "
              + "actions \(short.actions): \(short.sentence)")
        } else {
          print("\(fault.rawValue): NOT CAUGHT within \(arguments.seeds) seeds")
          missed.append(fault)
        }
      }
      print("\(all.count - missed.count) of \(all.count) planted faults caught")
      return missed.isEmpty
    #else
      print("This build has no faults to plant; Scripts/torture-planted makes one that has.")
      return false
    #endif
  }
}
