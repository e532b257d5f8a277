import TestSupport
import Testing

@testable import EventicleCore

@Suite struct ErrorPolicyTests {
  @Test func `waits are constant or grow up to a cap`() {
    func waits(_ backoff: Backoff) -> [String] {
      (1...6).map { backoff.wait(before: $0).description }
    }
    #expect(waits(.fixed(.seconds(2))) == ["2s", "2s", "2s", "2s", "2s", "2s"])
    #expect(waits(.exponential(.seconds(1))) == ["1s", "2s", "4s", "8s", "16s", "32s"])
    #expect(
      waits(.exponential(.seconds(1), factor: 1.5, cap: .seconds(4)))
        == ["1s", "1s500ms", "2s250ms", "3s375ms", "4s", "4s"])
    #expect(Backoff.exponential(.hours(2), cap: .hours(1)).wait(before: 1) == .hours(1))
    #expect(Backoff.exponential(.seconds(1)).wait(before: .max) == .milliseconds(Int64.max))
    #expect(Backoff.exponential(.seconds(1)).wait(before: .min) == .seconds(1))
    #expect(Backoff.fixed(.seconds(-1)).wait(before: 1) == .seconds(0))
    #expect(Backoff.exponential(.seconds(3), factor: .nan).wait(before: 9) == .seconds(3))
  }

  @Test(arguments: seeds(100))
  func `jitter shortens waits within its share and depends on the seed`(seed: UInt64) {
    let backoff = Backoff.exponential(.seconds(1), jitter: 25)
    var shortened: Set<Int64> = []
    for retry in 1...8 {
      let whole = Backoff.exponential(.seconds(1)).wait(before: retry)
      let wait = backoff.wait(before: retry, seed: seed)
      #expect(wait <= whole && wait.milliseconds * 4 >= whole.milliseconds * 3)
      #expect(wait == backoff.wait(before: retry, seed: seed))
      shortened.insert(wait.milliseconds * 10_000 / whole.milliseconds)
    }
    #expect(shortened.count > 4)
  }

  @Test(arguments: [
    "park", "skip", "stop", "retry 3 every 1s then park", "retry 1 every 0s then skip",
    "retry 5 every 1s x2 then stop", "retry 5 every 250ms x1.5 up to 1m then skip",
    "retry 9 every 1h jitter 20% then park", "retry 9 every 1h up to 30m jitter 100% then park",
  ])
  func `a printed policy reads back as equal`(text: String) throws {
    let policy = try ErrorPolicy(parsing: text)
    #expect(policy.description == text)
    #expect(try ErrorPolicy(parsing: policy.description) == policy)
  }

  @Test func `a policy made in code equals the one read from text`() throws {
    #expect(
      try ErrorPolicy(parsing: "retry 3 every 1s then park")
        == .retry(3, after: .seconds(1), then: .park))
    #expect(
      try ErrorPolicy(parsing: "retry 2  every 1s x2 up to 1m then stop")
        == .retry(2, .exponential(.seconds(1), cap: .minutes(1)), then: .stop))
    #expect(try ErrorPolicy(parsing: "retry 3") == .retry(3, after: .seconds(0)))
    #expect(try ErrorPolicy(parsing: "retry 0 every 5s then skip") == .skip)
    #expect(ErrorPolicy.retry(-1, after: .seconds(1)) == .park)
    #expect(ErrorPolicy.retry(.max, after: .seconds(1)).retries == Limits.retries)
  }

  @Test func `failures are retried as often as the policy says`() {
    let policy = ErrorPolicy.retry(2, .exponential(.seconds(1)), then: .stop)
    #expect(policy.decision(afterFailures: 1) == .retry(after: .seconds(1)))
    #expect(policy.decision(afterFailures: 2) == .retry(after: .seconds(2)))
    #expect(policy.decision(afterFailures: 3) == .giveUp(.stop))
    #expect(policy.decision(afterFailures: .max) == .giveUp(.stop))
    #expect(ErrorPolicy.park.decision(afterFailures: 1) == .giveUp(.park))
    for ending in ErrorPolicy.Ending.allCases { #expect(ending.meaning.hasSuffix(".")) }
  }

  @Test(arguments: [
    "", "retry", "retry x", "retry -1", "retry 3 then", "retry 3 then run", "park now",
    "retry 3 every then park", "retry 3 1s then park", "retry 3 every 1s then park then skip",
    "retry 3 every 1s 2s", "retry 3 every 1s x0.5", "retry 3 every 1s xx", "retry 3 every 1s up",
    "retry 3 every 1s up to", "retry 3 every 1s up for 2s", "retry 3 every 1s jitter 20",
    "retry 3 every 1s jitter 101%", "retry 3 every -1s", "retry 3 every 1s xnan", "retry 1001",
    "Park",
  ])
  func `an invalid policy is refused`(text: String) {
    let error = #expect(throws: PolicyError.self) { try ErrorPolicy(parsing: text) }
    #expect(error?.description.hasSuffix(".") == true)
  }

  @Test func `an error shows how policies are written`() {
    let error = #expect(throws: PolicyError.self) { try ErrorPolicy(parsing: "retry often") }
    #expect(
      error?.description == "An error policy is park, skip, stop, or retry 3 every 1s then park, "
        + "but this is \"retry often\".")
    let wait = #expect(throws: PolicyError.self) { try Backoff(parsing: "1s x") }
    #expect(
      wait?.description
        == "A wait is written 1s, 1s x2, or 1s x2 up to 1m jitter 20%, but this is \"1s x\".")
  }
}
