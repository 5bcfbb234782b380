import assert from "node:assert/strict";
import test from "node:test";
import { Emitter } from "./emitter.mjs";

test("listeners hear in order and can leave", () => {
  const emitter = new Emitter();
  const heard = [];
  const leave = emitter.on("ring", (n) => heard.push(["first", n]));
  emitter.once("ring", (n) => heard.push(["once", n]));
  assert.equal(emitter.emit("ring", 1), 2);
  leave();
  assert.equal(emitter.emit("ring", 2), 0);
  assert.deepEqual(heard, [["first", 1], ["once", 1]]);
});
