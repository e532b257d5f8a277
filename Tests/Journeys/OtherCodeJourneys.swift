import TestSupport
import Testing

extension InterchangeJourneys {
  @Test func `events without code tell a domain, also when their store is opened again`() throws {
    try folder.write(lines(1...300), to: "a.ndjson")
    try folder.write(
      "expect A Order/order-3.n = 297.0\nexpect count(type:OrderNoted) = 300\n", to: "a.tape")
    let script = """
      set -e
      "$E" import a.ndjson --store a.eventicle --then a.tape
      "$E" run a.tape --store a.eventicle
      "$E" verify a.eventicle --rerun | grep "performed again came out the same"
      echo 'agg Order/order-3' | "$E" run - --store a.eventicle --json | head -1
      """
    let run = try shell(script)
    #expect(run.status == 0, "\(run.output)")
    #expect(run.output.contains(#""type":"Order""#), "\(run.output)")
    let shop = try shell("\"$E\" run a.tape --store a.eventicle --domain shop")
    #expect(shop.status == 3 || shop.status == 2, "\(shop.output)")
    #expect(shop.output.contains("inferred"), "\(shop.output)")
  }

  @Test func `a line of a tape goes on with other code, and verify compares it`() throws {
    try folder.write(
      """
      PlaceOrder customer=c-1 total:=5
      domain nowhere
      domain bank
      verify
      domain shop
      expect A Order/order-1.status = paying
      verify
      """, to: "a.tape")
    let run = try shell("\"$E\" run a.tape --json")
    let lines = run.output.split(separator: "\n").map(String.init)
    #expect(run.status == 1, "\(run.output)")
    #expect(lines[1].contains(#""error":"There is no domain"#), "\(run.output)")
    #expect(lines[2].contains(#""domain":"bank""#) && lines[4].contains(#""domain":"shop""#))
    #expect(run.output.contains(#""failed":1"#), "\(run.output)")
  }
}
