"use strict";
// The aggregates of the shop, and what its commands ask of them.
const { AggregateRoot, aggregates, dataStore } = require("@eventicle/eventiclejs");

class Order extends AggregateRoot {
  constructor() {
    super("Order");
    this.reducers = {
      OrderCreated: ({ domainId, data: { customer, total, currency } }) => {
        Object.assign(this, { id: domainId, customer, total, currency, status: "placed" });
      },
      OrderPriced: ({ data: { total, currency } }) => Object.assign(this, { total, currency, status: "paying" }),
      OrderOnHold: ({ data }) => Object.assign(this, { status: "onHold", hold: data.reason }),
      OrderResumed: () => this.become("paying"),
      OrderPaid: ({ data }) => {
        this.become("paid");
        this.paymentId = data.paymentId;
      },
      OrderShipped: ({ data }) => Object.assign(this, { status: "shipped", shipmentId: data.shipmentId }),
      OrderDelivered: () => { this.status = "delivered"; },
      OrderCancelled: () => this.become("cancelled"),
    };
  }

  become(status) {
    this.status = status;
    delete this.hold;
  }
}

class Payment extends AggregateRoot {
  constructor() {
    super("Payment");
    this.reducers = {
      PaymentRequested: ({ domainId, data: { orderId, amount, currency } }) => {
        Object.assign(this, { id: domainId, orderId, amount, currency, status: "requested" });
      },
      PaymentSucceeded: () => { this.status = "succeeded"; },
      PaymentDeclined: () => { this.status = "declined"; },
    };
  }
}

class Shipment extends AggregateRoot {
  constructor() {
    super("Shipment");
    this.reducers = {
      ShipmentCreated: ({ domainId, data: { orderId } }) => Object.assign(this, { id: domainId, orderId, status: "created" }),
      ShipmentDispatched: ({ data: { carrier } }) => Object.assign(this, { carrier, status: "dispatched" }),
      ShipmentDelivered: () => { this.status = "delivered"; },
    };
  }
}

/** The record with an id, or an empty one; saving it makes it. */
async function row(type, id) {
  return (await dataStore().getEntity("system", type, id)) ?? { id, type, content: {} };
}

/** The next id of a series: order-1, order-2 and so on. */
async function nextID(prefix) {
  const counter = await row("counter", prefix);
  counter.content.last = (counter.content.last ?? 0) + 1;
  await dataStore().saveEntity("system", "counter", counter);
  return `${prefix}-${counter.content.last}`;
}

/** An amount in whole cents, a half of one rounded up; 0 for what is no number. */
function inCents(amount) {
  const number = Number(amount) || 0;
  // 1.005 * 100 is less than 100.5, while the text 1.005e2 is not.
  const cents = Math.round(Number(`${number}e2`));
  return Number.isInteger(cents) ? cents / 100 : number;
}

async function existing(type, id, madeBy) {
  const found = await aggregates.load(type, id);
  if (found) return found;
  throw new Error(`There is no ${new type().type.toLowerCase()} ${id}; ${madeBy} makes one and answers with its id.`);
}

function mustBe(one, accepted, participle) {
  if (accepted.includes(one.status)) return;
  const noun = one.type.toLowerCase();
  const words = accepted.length > 1 ? `${accepted.slice(0, -1).join(", ")} or ${accepted.at(-1)}` : accepted[0];
  const article = /^[aeiou]/.test(noun) ? "an" : "a";
  throw new Error(`${one.id} is ${one.status}; only ${article} ${noun} that is ${words} can be ${participle}.`);
}

module.exports = { Order, Payment, Shipment, row, nextID, inCents, existing, mustBe };
