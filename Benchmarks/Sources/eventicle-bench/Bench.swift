#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// One thing that is measured, at several sizes.
struct Bench: Sendable {
  /// Its name, as it is asked for.
  let name: String
  /// The sizes at which it is measured when nobody says.
  let sizes: [Int]
  /// How many fresh processes it is run in for a median.
  let runs: Int
  /// What one of its operations is, in a word.
  let unit: String
  /// How the cost of one operation is to grow: not at all, or with the size.
  let growth: Double
  /// Runs it once.
  let run: @Sendable (Int) throws -> Sample

  init(
    _ name: String, _ sizes: [Int], runs: Int = 5, unit: String = "event",
    growth: Double = 0, run: @escaping @Sendable (Int) throws -> Sample
  ) {
    self.name = name
    self.sizes = sizes
    self.runs = runs
    self.unit = unit
    self.growth = growth
    self.run = run
  }

  static let all: [Bench] =
    Emitting.all + Reading.all + Aggregates.all + SagaWork.all + TimeTravel.all + Memory.all
    + Storing.all + Charts.all + Debugging.all
}

/// What one run took, and what it made.
struct Sample {
  /// How many operations were timed.
  var operations: Int
  /// How long they took, in seconds of the wall and of a processor.
  var seconds: Double
  var processor: Double
  /// A number that only the right content leads to.
  var check: Int
  /// More figures by name: microseconds, bytes, or what a floor of the same run took.
  var more: [(name: String, value: Double)] = []
}

/// Why a run does not count.
struct WrongContent: Error, CustomStringConvertible {
  let description: String
}

/// Times a body and keeps its check.
func measure(_ operations: Int, _ body: () throws -> Int) rethrows -> Sample {
  let (start, processor) = (Clock.now(), Clock.processor())
  let check = try body()
  if getenv("EVENTICLE_BENCH_BARE") != nil {
    // Instructions are being counted, and the proof's are not to be among them.
    print("{\"ops\":\(operations)}")
    fflush(nil)
    _exit(0)
  }
  return Sample(
    operations: operations, seconds: Clock.now() - start,
    processor: Clock.processor() - processor, check: check)
}

/// Fails unless a run has made what it was to make.
func prove<Value: Equatable>(_ found: Value, _ wanted: Value, _ what: String) throws {
  guard found == wanted else {
    throw WrongContent(description: "\(what): expected \(wanted), found \(found)")
  }
}
