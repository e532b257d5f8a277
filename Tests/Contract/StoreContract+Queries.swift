import EventicleCore

extension StoreContract {
  /// A query in its JSON form, and the ids that it must find.
  private struct Row {
    let query: String
    let found: [String]

    init(_ query: String, _ found: String...) {
      self.query = query
      self.found = found
    }
  }

  /// The standard data for queries.
  private static let standard: [(id: String, text: String)] = [
    (
      "first",
      #"{"val":100,"arrayVal":["one","two"],"cx":[{"type":"one","flag":true},"#
        + #"{"type":"two","flag":true},{"type":"three","flag":false}],"#
        + #""n":{"secondLayer":"some layer","secondArray":["sour","anger","data"]}}"#
    ),
    (
      "two",
      #"{"val":101,"arrayVal":["one","four"],"cx":[{"type":"two","flag":true},"#
        + #"{"type":"one","flag":true},{"type":"two","flag":false}],"#
        + #""n":{"secondLayer":"lazy value","secondArray":["eight","sixteen"]}}"#
    ),
    ("three", #"{"val":102,"arrayVal":["two","three"],"cx":[{"type":"two","flag":true}]}"#),
    ("four", #"{"val":103,"arrayVal":["one","three"],"cx":[{"type":"two","flag":false}]}"#),
    (
      "five",
      #"{"val":104,"arrayVal":["four","two","three"],"#
        + #""n":{"secondLayer":"one value","secondArray":["four","five","dour"]}}"#
    ),
  ]

  private static let standardRows = [
    Row(#"{"val":{"op":"EQ","value":103}}"#, "four"),
    Row(#"{"val":{"op":"GTE","value":103}}"#, "four", "five"),
    Row(#"{"val":{"op":"GT","value":103}}"#, "five"),
    Row(#"{"val":{"op":"LT","value":103}}"#, "first", "two", "three"),
    Row(#"{"val":{"op":"LTE","value":102}}"#, "first", "two", "three"),
    Row(#"{"val":{"op":"BETWEEN","value":[101,103]}}"#, "two", "three", "four"),
    Row(#"{"val":{"op":"IN","value":[101,103]}}"#, "two", "four"),
    Row(#"{"x":{"op":"OBJECT","value":{"arrayVal":["three"]}}}"#, "three", "four", "five"),
    Row(#"{"arrayVal":{"op":"ARRAY_CONTAINS","value":"three"}}"#, "three", "four", "five"),
    Row(#"{"x":{"op":"LIKE","value":{"path":["n","secondArray"],"like":"our"}}}"#, "first", "five"),
    Row(#"{"x":{"op":"LIKE","value":{"path":["n","secondLayer"],"like":"value"}}}"#, "two", "five"),
    Row(#"{"cx":{"op":"ARRAY_CONTAINS","value":{"type":"one","flag":true}}}"#, "first", "two"),
    Row("{}", "first", "two", "three", "four", "five"),
    Row(#"{"val":103}"#, "four"),
    Row(#"{"val":101.0}"#, "two"),
    Row(#"{"val":1.01e2}"#, "two"),
    Row(#"{"val":"101"}"#),
    Row(#"{"val":null}"#),
    Row(#"{"n.secondLayer":"lazy value"}"#, "two"),
    Row(#"{"n.secondArray[1]":"sixteen"}"#, "two"),
    Row(#"{"cx[0].flag":false}"#, "four"),
    Row(#"{"arrayVal":["one","three"]}"#, "four"),
    Row(#"{"missing":{"op":"GT","value":0}}"#),
    Row(#"{"missing":{"op":"GTE","value":0}}"#),
    Row(#"{"missing":{"op":"LT","value":0}}"#),
    Row(#"{"missing":{"op":"LTE","value":0}}"#),
    Row(#"{"missing":{"op":"EQ","value":null}}"#),
    Row(#"{"missing":{"op":"NE","value":1}}"#),
    Row(#"{"missing":{"op":"IN","value":[null,0]}}"#),
    Row(#"{"missing":{"op":"BETWEEN","value":[0,9]}}"#),
    Row(#"{"missing":{"op":"ARRAY_CONTAINS","value":"x"}}"#),
    Row(#"{"missing":{"op":"LIKE","value":""}}"#),
    Row(#"{"missing":{"op":"EXISTS","value":true}}"#),
    Row(#"{"n":{"op":"EXISTS"}}"#, "first", "two", "five"),
    Row(#"{"n":{"op":"EXISTS","value":false}}"#, "three", "four"),
    Row(#"{"val":{"op":"NE","value":103}}"#, "first", "two", "three", "five"),
    Row(#"{"val":{"op":"LT","value":"999"}}"#),
    Row(#"{"val":{"op":"BETWEEN","value":["a","z"]}}"#),
    Row(#"{"val":{"op":"BETWEEN","value":[103,101]}}"#),
    Row(#"{"val":{"op":"IN","value":[]}}"#),
    Row(#"{"val":{"op":"ARRAY_CONTAINS","value":100}}"#),
    Row(#"{"cx":{"op":"GT","value":1}}"#),
    Row(#"{"val":103,"x":{"op":"OBJECT","value":{"arrayVal":["two"]}}}"#),
    Row(#"{"x":{"op":"OBJECT","value":{"arrayVal":["one"]}},"val":103}"#, "four"),
    Row(#"{"AND":[{"val":{"op":"GT","value":100}},{"val":{"op":"LT","value":102}}]}"#, "two"),
    Row(#"{"OR":[{"val":100},{"val":104}]}"#, "first", "five"),
    Row(#"{"OR":[{"val":100},{"n.secondLayer":"one value"}]}"#, "first", "five"),
    Row(#"{"NOT":{"val":{"op":"GT","value":101}}}"#, "first", "two"),
    Row(#"{"NOT":{"missing":5},"val":100}"#, "first"),
    Row(#"{"NOT":{"NOT":{"val":102}}}"#, "three"),
    Row(#"{"AND":[]}"#, "first", "two", "three", "four", "five"),
    Row(#"{"OR":[]}"#),
    Row(#"{"AT":{"path":["n","secondArray",0],"op":"EQ","value":"eight"}}"#, "two"),
  ]

  /// Values of every kind, including some that are easily confused.
  private static let odd: [(id: String, text: String)] = [
    ("missing", "{}"), ("null", #"{"a":null}"#), ("false", #"{"a":false}"#), ("zero", #"{"a":0}"#),
    ("empty", #"{"a":""}"#), ("one", #"{"a":1}"#), ("textOne", #"{"a":"1"}"#),
    ("big", #"{"a":9007199254740992}"#), ("bigger", #"{"a":9007199254740993}"#),
    ("huge", #"{"a":123456789012345678901234567890}"#),
    ("hugeNext", #"{"a":123456789012345678901234567891}"#),
    ("tenth", #"{"a":0.1}"#), ("minus", #"{"a":-1e3}"#), ("beyond", #"{"a":1e400}"#),
    ("composed", "{\"a\":\"\u{e9}\"}"), ("decomposed", "{\"a\":\"e\u{301}\"}"),
    ("percent", #"{"a":"50% off"}"#), ("star", #"{"a":"a*b"}"#), ("upper", #"{"a":"ABC"}"#),
    ("array", #"{"a":[1,"x"]}"#), ("object", #"{"a":{"b":1,"c":2}}"#), ("dotted", #"{"a.b":1}"#),
  ]

  private static let oddRows = [
    Row(#"{"a":null}"#, "null"),
    Row(#"{"a":false}"#, "false"),
    Row(#"{"a":0}"#, "zero"),
    Row(#"{"a":-0.0}"#, "zero"),
    Row(#"{"a":""}"#, "empty"),
    Row(#"{"a":{"op":"IN","value":[null,false,0,""]}}"#, "null", "false", "zero", "empty"),
    Row(#"{"a":9007199254740992}"#, "big"),
    Row(#"{"a":9007199254740993}"#, "bigger"),
    Row(#"{"a":{"op":"GT","value":9007199254740992}}"#, "bigger", "huge", "hugeNext", "beyond"),
    Row(#"{"a":123456789012345678901234567891}"#, "hugeNext"),
    Row(#"{"a":{"op":"LT","value":0.1}}"#, "zero", "minus"),
    Row(#"{"a":0.10}"#, "tenth"),
    Row(#"{"a":{"op":"GTE","value":1e400}}"#, "beyond"),
    Row(#"{"a":1e401}"#),
    Row(#"{"a":{"op":"LTE","value":null}}"#, "null"),
    Row(#"{"a":{"op":"GT","value":false}}"#),
    Row("{\"a\":\"\u{e9}\"}", "composed"),
    Row("{\"a\":\"e\u{301}\"}", "decomposed"),
    Row(#"{"a":{"op":"LIKE","value":"%"}}"#, "percent"),
    Row(#"{"a":{"op":"LIKE","value":"*"}}"#, "star"),
    Row(#"{"a":{"op":"LIKE","value":"abc"}}"#),
    Row(#"{"a":{"op":"LIKE","value":"BC"}}"#, "upper"),
    Row("{\"a\":{\"op\":\"LIKE\",\"value\":\"\u{301}\"}}", "decomposed"),
    Row(#"{"a":[1,"x"]}"#, "array"),
    Row(#"{"a":["x",1]}"#),
    Row(#"{"a":{"c":2,"b":1.0}}"#, "object"),
    Row(#"{"a.b":1}"#, "object"),
    Row(#"{"AT":{"path":["a.b"],"op":"EQ","value":1}}"#, "dotted"),
    Row(#"{"a":{"op":"BETWEEN","value":["A","a"]}}"#, "upper"),
    Row(#"{"a":{"op":"GT","value":"e"}}"#, "composed", "decomposed"),
    Row(#"{"NOT":{"a":{"op":"EXISTS"}}}"#, "missing", "dotted"),
  ]

  private static let everyIndex = ["val", "n", "n.secondLayer", "arrayVal", "a", "missing"].map {
    RecordIndex("row", on: JSONPath(stringLiteral: $0))
  }

  /// Every row runs on a store without indexes and on one with many.
  static let queries: [ContractCase] =
    cases(standardRows, on: standard, "the standard data") + cases(oddRows, on: odd, "odd values")
    + refusedQueries

  private static func cases(
    _ rows: [Row], on data: [(id: String, text: String)], _ name: String
  ) -> [ContractCase] {
    [("", []), (" with indexes", everyIndex)].flatMap { suffix, indexes in
      rows.map { row in
        .store("\(row.query) on \(name)\(suffix)", indexes: indexes) { store in
          try fill(store, data)
          let query = try Query(try json(row.query))
          try expect(try ids(store, where: query), row.found)
          try expect(try store.transact { try $0.count(of: "row", where: query) }, row.found.count)
          try expect(try Query(query.form), query, "read back")
        }
      }
    }
  }

  private static let refusedQueries: [ContractCase] = [
    (#"{"a":{"op":"eq","value":1}}"#, "did you mean EQ?"),
    (#"{"a":{"op":"BETWEN","value":[1,2]}}"#, "did you mean BETWEEN?"),
    (#"{"a":{"op":"NEAR","value":1}}"#, "EQ NE GT GTE LT LTE IN BETWEEN EXISTS LIKE"),
    (#"{"a":{"op":"EQ"}}"#, "has no value"),
    (#"{"a":{"op":7,"value":1}}"#, "a number"),
    (#"{"a":{"op":"IN","value":1}}"#, "takes an array of values, but got a number"),
    (#"{"a":{"op":"BETWEEN","value":[1]}}"#, "the least and the greatest"),
    (#"{"a":{"op":"LIKE","value":5}}"#, "takes a text"),
    (#"{"a":{"op":"EXISTS","value":"no"}}"#, "true or false"),
    (#"{"a":{"op":"OBJECT","value":"text"}}"#, "takes an object"),
    (#"{"AND":{"a":1}}"#, "takes an array of queries"),
    (#"{"AT":{"op":"EQ","value":1}}"#, "needs a path"),
    (#"{"a..b":1}"#, "is not a path"),
    ("[1]", "is an object of fields"),
  ].map { text, reason in
    ContractCase("\(text) is refused in a sentence") { _ in
      try expectRefusal(reason) { _ = try Query(try json(text)) }
    }
  }
}
