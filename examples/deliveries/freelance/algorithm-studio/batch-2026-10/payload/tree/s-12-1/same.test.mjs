import assert from "node:assert/strict";
import test from "node:test";
import { same } from "./same.mjs";

test("equal and unequal values", () => {
  assert.ok(same({ a: [1, { b: NaN }] }, { a: [1, { b: NaN }] }));
  assert.ok(!same({ a: 1 }, { a: 1, b: undefined }));
  assert.ok(!same([1], { 0: 1 }));
  assert.ok(same(new Date(5), new Date(5)));
  assert.ok(!same(null, {}));
});

test("cycles end", () => {
  const left = { name: "x" };
  left.self = left;
  const right = { name: "x" };
  right.self = right;
  assert.ok(same(left, right));
});
