import Testing

@testable import EventicleCore

/// A transaction on its own, outside of any engine.
func transaction(
  _ world: World = World(startingAt: .standardStart, seed: 1), of domain: Domain = Domain("test")
) throws -> Transaction {
  Transaction(world, services: try Registry(domain), firstEntry: JournalIndex(1))
}

/// What a query must find in the standard data of scenario S-23, by name.
struct DataStoreContract: Sendable, CustomTestStringConvertible {
  let query: JSON
  let found: [String]

  init(_ query: JSON, _ found: String...) {
    self.query = query
    self.found = found
  }

  var testDescription: String { query.description }

  /// The five records.
  static let records: [JSON] = [
    [
      "ide": "first", "val": 100, "arrayVal": ["one", "two"],
      "cx": [
        ["type": "one", "flag": true], ["type": "two", "flag": true],
        ["type": "three", "flag": false],
      ], "n": ["secondLayer": "some layer", "secondArray": ["sour", "anger", "data"]],
    ],
    [
      "ide": "two", "val": 101, "arrayVal": ["one", "four"],
      "cx": [
        ["type": "two", "flag": true], ["type": "one", "flag": true],
        ["type": "two", "flag": false],
      ], "n": ["secondLayer": "lazy value", "secondArray": ["eight", "sixteen"]],
    ],
    [
      "ide": "three", "val": 102, "arrayVal": ["two", "three"],
      "cx": [["type": "two", "flag": true]],
    ],
    [
      "ide": "four", "val": 103, "arrayVal": ["one", "three"],
      "cx": [["type": "two", "flag": false]],
    ],
    [
      "ide": "five", "val": 104, "arrayVal": ["four", "two", "three"],
      "n": ["secondLayer": "one value", "secondArray": ["four", "five", "dour"]],
    ],
  ]

  static func op(_ field: String, _ name: JSON, _ value: JSON) -> JSON {
    let condition: JSON = ["op": name, "value": value]
    return .object(JSONObject([JSONObject.Member(key: field, value: condition)]))
  }

  static func standard() throws -> Transaction {
    let store = try transaction()
    for record in records { try store.create("row", record) }
    return store
  }

  /// Scenario S-23.
  static let scenarios: [DataStoreContract] = [
    DataStoreContract(op("val", "EQ", 103), "four"),
    DataStoreContract(op("val", "GTE", 103), "four", "five"),
    DataStoreContract(op("val", "GT", 103), "five"),
    DataStoreContract(op("val", "LT", 103), "first", "two", "three"),
    DataStoreContract(op("val", "LTE", 102), "first", "two", "three"),
    DataStoreContract(op("val", "BETWEEN", [101, 103]), "two", "three", "four"),
    DataStoreContract(op("val", "IN", [101, 103]), "two", "four"),
    DataStoreContract(op("any", "OBJECT", ["arrayVal": ["three"]]), "three", "four", "five"),
    DataStoreContract(op("arrayVal", "ARRAY_CONTAINS", "three"), "three", "four", "five"),
    DataStoreContract(
      op("x", "LIKE", ["path": ["n", "secondArray"], "like": "our"]), "first", "five"),
    DataStoreContract(
      op("x", "LIKE", ["path": ["n", "secondLayer"], "like": "value"]), "two", "five"),
    DataStoreContract(op("cx", "ARRAY_CONTAINS", ["type": "one", "flag": true]), "first", "two"),
  ]

  /// What Eventicle's stores got wrong: B-25 to B-33.
  static let repaired: [DataStoreContract] = [
    DataStoreContract(["val": 103], "four"),
    DataStoreContract(["n.secondLayer": "lazy value"], "two"),
    DataStoreContract(["val": 101.0], "two"),
    DataStoreContract(["val": "101"]),
    DataStoreContract(["val": nil]),
    DataStoreContract(op("missing", "GT", 0)),
    DataStoreContract(op("missing", "LT", 0)),
    DataStoreContract(op("missing", "GTE", 0)),
    DataStoreContract(op("missing", "LTE", 0)),
    DataStoreContract(op("missing", "EQ", nil)),
    DataStoreContract(op("missing", "NE", 1)),
    DataStoreContract(op("ide", "GT", 0)),
    DataStoreContract(op("val", "LT", "999")),
    DataStoreContract(op("cx", "GT", 1)),
    DataStoreContract(op("n", "EXISTS", nil), "first", "two", "five"),
    DataStoreContract(op("missing", "EXISTS", nil)),
    DataStoreContract(op("val", "NE", 103), "first", "two", "three", "five"),
    DataStoreContract(op("ide", "GT", "four"), "three", "two"),
    DataStoreContract(op("ide", "LIKE", "o"), "two", "four"),
    DataStoreContract(op("val", "LIKE", "10"), "first", "two", "three", "four", "five"),
    DataStoreContract(op("cx[0].flag", "EQ", false), "four"),
    DataStoreContract(["arrayVal": ["one", "three"]], "four"),
    DataStoreContract(["val": 103, "any": ["op": "OBJECT", "value": ["arrayVal": ["two"]]]]),
    DataStoreContract(
      ["any": ["op": "OBJECT", "value": ["arrayVal": ["one"]]], "val": 103], "four"),
    DataStoreContract(op("val", "ARRAY_CONTAINS", 100)),
    DataStoreContract(op("missing", "ARRAY_CONTAINS", "x")),
    DataStoreContract(op("val", "IN", [])),
    DataStoreContract(op("val", "BETWEEN", ["a", "z"])),
    DataStoreContract([:], "first", "two", "three", "four", "five"),
  ]
}
