/// The least that the work can cost on this machine, measured in the same run.
///
/// Ratios to these hold when the machine is slow or busy; times alone do not.
enum Floors {
  private struct Row {
    var high: UInt64
    var low: UInt64
    var instant: Int64
    var type: Int32
    var stream: Int32
    var domain: Int32
    var source: Int32
    var cause: Int32
    var length: Int32
    var start: Int64
  }

  /// Seconds to put so many rows of 56 bytes and their content at the end of two arrays.
  static func append(_ count: Int, contentBytes: Int = 92) -> Double {
    let content = [UInt8](repeating: 0x61, count: contentBytes)
    let start = Clock.now()
    var rows: [Row] = []
    var bytes: [UInt8] = []
    for number in 0..<count {
      let word = UInt64(truncatingIfNeeded: number) &* 0x9E37_79B9_7F4A_7C15
      rows.append(
        Row(
          high: word, low: ~word, instant: Int64(number), type: 1, stream: 1,
          domain: Int32(truncatingIfNeeded: number % 1_000), source: 1, cause: 0,
          length: Int32(content.count), start: Int64(bytes.count)))
      bytes.append(contentsOf: content)
    }
    let seconds = Clock.now() - start
    // What was written is looked at, so that it is written.
    return rows.count == count && bytes.count == count * contentBytes ? seconds : 0
  }

  /// Seconds to fold so many packed rows by the number of what they are about.
  static func fold(_ count: Int) -> Double {
    let rows = (0..<count).map { number in
      Row(
        high: 0, low: 0, instant: 0, type: 1, stream: 1,
        domain: Int32(truncatingIfNeeded: number % 1_000), source: 1, cause: 0,
        length: Int32(truncatingIfNeeded: number % 97 + 1), start: 0)
    }
    var sums = [Int](repeating: 0, count: 1_000)
    let start = Clock.now()
    for row in rows where row.type == 1 { sums[Int(row.domain)] &+= Int(row.length) }
    let seconds = Clock.now() - start
    return sums.contains { $0 > 0 } ? seconds : 0
  }
}
