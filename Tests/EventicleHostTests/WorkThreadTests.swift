import EventicleCore
import Foundation
import Synchronization
import Testing

@testable import EventicleHost

@Suite struct WorkThreadTests {
  /// A thread, its values, and a bell that rings when values wait.
  private func thread() -> (WorkThread<[Int], Int>, DispatchSemaphore) {
    let bell = DispatchSemaphore(value: 0)
    return (WorkThread([], name: "test", outlet: WorkOutlet(wake: { bell.signal() })), bell)
  }

  private func take(_ count: Int, _ thread: WorkThread<[Int], Int>, _ bell: DispatchSemaphore)
    -> [Int]
  {
    var values: [Int] = []
    while values.count < count, bell.wait(timeout: .now() + 60) == .success {
      values += thread.outlet.take()
    }
    return values
  }

  @Test func `jobs are done in order on one state`() {
    let (thread, bell) = thread()
    for number in 1...200 {
      thread.post { state, outlet in
        state.append(number)
        outlet.put(state.count)
      }
    }
    #expect(take(200, thread, bell) == Array(1...200))
    thread.end()
  }

  @Test func `a newer value of a kind takes the place of one that nobody has taken`() {
    let outlet = WorkOutlet<Int>(wake: {})
    outlet.put(1)
    outlet.put(2, replacing: 7)
    outlet.put(3, replacing: 8)
    outlet.put(4, replacing: 7)
    #expect(outlet.take() == [1, 3, 4])
    outlet.put(5, replacing: 7)
    #expect(outlet.take() == [5])
  }

  @Test func `the reader is called once for all values that wait`() {
    let calls = Atomic(0)
    let outlet = WorkOutlet<Int>(wake: { calls.add(1, ordering: .relaxed) })
    for number in 1...5 { outlet.put(number) }
    #expect(calls.load(ordering: .relaxed) == 1)
    _ = outlet.take()
    outlet.put(6)
    #expect(calls.load(ordering: .relaxed) == 2)
  }

  @Test func `a stop ends the job that runs and not the one after it`() {
    let (thread, bell) = thread()
    thread.post { _, outlet in
      outlet.put(1)
      while outlet.goesOn {}
      outlet.put(2)
    }
    #expect(take(1, thread, bell) == [1])
    thread.outlet.stop()
    thread.post { _, outlet in outlet.put(outlet.goesOn ? 3 : 0) }
    #expect(take(2, thread, bell) == [2, 3])
    thread.end()
  }

  @Test func `after its end a thread does nothing more`() {
    let (thread, bell) = thread()
    thread.post { _, outlet in outlet.put(1) }
    #expect(take(1, thread, bell) == [1])
    thread.end()
    thread.post { _, outlet in outlet.put(2) }
    #expect(bell.wait(timeout: .now() + 0.05) == .timedOut)
  }

  @Test func `work that knows its end is shown before work that does not`() {
    let pace = WorkPace(every: Interval(milliseconds: 60_000))
    pace.begin()
    #expect(!pace.isDue())
    #expect(!pace.prefers(isCounted: false))
    #expect(pace.isDue())
    #expect(pace.prefers(isCounted: true))
    #expect(!pace.isDue())
  }
}
