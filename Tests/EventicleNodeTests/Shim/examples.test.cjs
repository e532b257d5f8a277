"use strict";
const fs = require("fs");
const os = require("os");
const path = require("path");
const { test } = require("node:test");
const assert = require("node:assert");
const { running } = require("./support/domains.cjs");

const EXAMPLES = path.join(__dirname, "../../../examples");

// MARK: The shop

const shop = (body) => running(path.join(EXAMPLES, "javascript"), async (engine) => {
  const order = () => engine.world.histories.find((one) => one.type === "Order").state;
  const saga = (name) => engine.world.instances.find((one) => one.saga === name);
  const row = (type, id) => engine.world.record("system", type, id)?.content;
  await body({ engine, order, saga, row, timers: () => engine.world.timers.map((one) => [one.name, one.due - engine.world.now]) });
  assert.deepStrictEqual(engine.world.parked, []);
});

const refused = (engine, type, data, message) => engine.command(type, data)
  .then(() => assert.fail(`${type} was to be refused`), (error) => assert.strictEqual(error.message, message));

test("shop: an order from the first click to the door", () => shop(async ({ engine, order, saga, row, timers }) => {
  assert.deepStrictEqual((await engine.command("PlaceOrder", { customer: "c-19", total: 59 })).response, { orderId: "order-1" });
  assert.deepStrictEqual(order(), { id: "order-1", customer: "c-19", total: 59, currency: "GBP", status: "paying" });
  assert.deepStrictEqual(saga("PaymentSaga").data, { orderId: "order-1", amount: 59, currency: "GBP", attempts: 0, status: "awaitingPayment" });
  assert.deepStrictEqual(timers(), [["timeout", 300000]]);

  await engine.command("DeclinePayment", { paymentId: "pay-1" });
  assert.deepStrictEqual([order().status, order().hold], ["onHold", "card_declined"]);
  assert.deepStrictEqual(timers(), [["timeout", 300000], ["retry", 30000]]);

  await engine.advance(30000);
  assert.deepStrictEqual([order().status, order().hold, saga("PaymentSaga").data.status], ["paying", undefined, "retrying"]);

  await engine.command("CapturePayment", { paymentId: "pay-2" });
  assert.deepStrictEqual([saga("PaymentSaga").ended, timers().map(([name]) => name)], [true, ["poll"]]);
  assert.deepStrictEqual(saga("ShippingSaga").data, { orderId: "order-1", reminders: 0, status: "preparing", shipmentId: "ship-1" });

  await engine.command("DispatchShipment", { shipmentId: "ship-1", carrier: "DHL" });
  await engine.advance(24 * 3600000);
  assert.strictEqual(saga("ShippingSaga").data.reminders, 1);
  await engine.command("DeliverShipment", { shipmentId: "ship-1" });
  assert.strictEqual(order().status, "delivered");
  assert.deepStrictEqual(row("Revenue", "GBP"), { orders: 1, ordered: 59, paid: 59 });
  assert.deepStrictEqual(row("OrderBoard", "order-1"), {
    customer: "c-19", total: 59, currency: "GBP", status: "delivered", attempts: 1, updatedAt: "2026-01-02T09:00:30.000Z",
  });
  assert.deepStrictEqual(engine.rows("mail").map((mail) => [mail.to, mail.subject, mail.orderId]), [
    ["c-19", "Thank you, your order is paid", "order-1"], ["c-19", "Your order is on its way", "order-1"],
    ["c-19", "Your order has arrived", "order-1"],
  ]);
  assert.deepStrictEqual(engine.world.log.map((event) => event.type), [
    "OrderCreated", "OrderPriced", "PaymentRequested", "PaymentDeclined", "OrderOnHold", "OrderResumed", "PaymentRequested",
    "PaymentSucceeded", "OrderPaid", "ShipmentCreated", "ShipmentDispatched", "OrderShipped", "ShipmentDelivered", "OrderDelivered",
  ]);
}));

test("shop: nobody pays within five minutes, or three attempts fail", () => shop(async ({ engine, order, saga }) => {
  await engine.command("PlaceOrder", { customer: "c-1", total: 1.005 });
  assert.strictEqual(order().total, 1.01);
  await engine.advance(300000);
  assert.deepStrictEqual([order().status, saga("PaymentSaga").data.status], ["cancelled", "expired"]);
  await engine.command("PlaceOrder", { customer: "c-2", total: 5 });
  for (const payment of ["pay-2", "pay-3", "pay-4"]) {
    await engine.command("DeclinePayment", { paymentId: payment });
    await engine.advance(30000);
  }
  const cancelled = engine.world.log.filter((event) => event.type === "OrderCancelled").map((event) => event.data.reason);
  assert.deepStrictEqual(cancelled, ["no payment within 5 minutes", "payment failed after 3 attempts"]);
}));

test("shop: refusals say what the Swift shop says", () => shop(async ({ engine }) => {
  await refused(engine, "PlaceOrder", { customer: "c", total: 0 }, "An order's total must be more than 0, but it is 0.");
  await refused(engine, "PlaceOrder", { customer: "", total: 1 }, "An order needs a customer, but the customer is empty; add customer=c-19.");
  await refused(engine, "HoldOrder", { orderId: "order-9", reason: "r" }, "There is no order order-9; PlaceOrder makes one and answers with its id.");
  await engine.command("PlaceOrder", { customer: "c", total: 1 });
  await refused(engine, "ResumeOrder", { orderId: "order-1" }, "order-1 is paying; only an order that is onHold can be resumed.");
  await engine.command("CapturePayment", { paymentId: "pay-1" });
  await refused(engine, "HoldOrder", { orderId: "order-1", reason: "r" }, "order-1 is paid; only an order that is placed or paying can be held.");
  await refused(engine, "MarkOrderPaid", { orderId: "order-1" }, "order-1 is paid; only an order that is placed, paying or onHold can be marked as paid.");
  await refused(engine, "DeclinePayment", { paymentId: "pay-1" }, "pay-1 is succeeded; only a payment that is requested can be declined.");
}));

// MARK: The bank

const TYPESCRIPT = ["/usr/share/nodejs/typescript", process.env.EVENTICLE_TYPESCRIPT].find((folder) => folder && fs.existsSync(folder));
const strips = Boolean(process.features.typescript) && !process.env.EVENTICLE_NODE;
const bankTest = (name, body) => test(`bank: ${name}`, { skip: strips || TYPESCRIPT ? false : "no node that strips types, and no typescript" }, () => bank(body));

/** The example as it is, or compiled where this node does not read it. */
function bankFolder() {
  const own = path.join(EXAMPLES, "typescript");
  if (strips) return { folder: own, remove() {} };
  const ts = require(TYPESCRIPT);
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "eventicle-bank-"));
  for (const name of fs.readdirSync(path.join(own, "src"))) {
    const text = fs.readFileSync(path.join(own, "src", name), "utf8").replace(/(["']\.\/[\w-]+)\.ts(["'])/g, "$1.js$2");
    const { outputText } = ts.transpileModule(text, {
      fileName: name, compilerOptions: { module: "es2022", target: "es2022", inlineSourceMap: true, preserveValueImports: true, isolatedModules: true },
    });
    fs.writeFileSync(path.join(folder, name.replace(/\.ts$/, ".js")), outputText);
  }
  fs.writeFileSync(path.join(folder, "package.json"), JSON.stringify({ type: "module", main: "domain.js" }));
  return { folder, remove: () => fs.rmSync(folder, { recursive: true }) };
}

async function bank(body) {
  const { folder, remove } = bankFolder();
  try {
    await running(folder, async (engine) => {
      for (const owner of ["ada", "ben"]) await engine.command("OpenAccount", { owner });
      await engine.command("Deposit", { accountId: "acc-1", amount: 100 });
      const balance = (id) => engine.world.record("system", "Balances", id).content.balance;
      const ledger = (id) => engine.world.record("system", "Ledger", id).content;
      await body({ engine, balance, ledger });
      assert.deepStrictEqual(engine.world.parked, []);
    });
  } finally {
    remove();
  }
}

bankTest("money goes from one account to another", async ({ engine, balance, ledger }) => {
  assert.deepStrictEqual((await engine.command("RequestTransfer", { from: "acc-1", to: "acc-2", amount: 30 })).response, { transferId: "tr-1" });
  assert.deepStrictEqual([balance("acc-1"), balance("acc-2"), ledger("tr-1")], [70, 30, { from: "acc-1", to: "acc-2", amount: 30, outcome: "completed" }]);
  assert.strictEqual(engine.world.instances[0].data.status, "completed");
});

bankTest("what is not there is refused, and the transfer fails", async ({ engine, balance, ledger }) => {
  await refused(engine, "Withdraw", { accountId: "acc-2", amount: 50 }, "acc-2 has 0.00, which is less than 50.00.");
  await engine.command("RequestTransfer", { from: "acc-1", to: "acc-2", amount: 500 });
  assert.deepStrictEqual([balance("acc-1"), ledger("tr-1").reason], [100, "acc-1 has 100.00, which is less than 500.00."]);
});

bankTest("a frozen account gets nothing, and the money comes back", async ({ engine, balance, ledger }) => {
  await engine.command("Freeze", { accountId: "acc-2", reason: "check" });
  await engine.command("RequestTransfer", { from: "acc-1", to: "acc-2", amount: 30 });
  assert.deepStrictEqual([balance("acc-1"), balance("acc-2"), ledger("tr-1").outcome], [100, 0, "failed"]);
  assert.strictEqual(ledger("tr-1").reason, "acc-2 is frozen; only an account that is active can be paid into.");
  await refused(engine, "Freeze", { accountId: "acc-2", reason: "again" }, "acc-2 is frozen; only an account that is active can be frozen.");
});
