import assert from "node:assert/strict";
import test from "node:test";
import { parseQuery } from "./query.mjs";

test("repeated keys become lists", () => {
  assert.deepEqual({ ...parseQuery("?a=1&b=2&a=3") }, { a: ["1", "3"], b: "2" });
});

test("plus signs and escapes are decoded", () => {
  assert.deepEqual({ ...parseQuery("q=red+wine%21&empty=&bare") }, { q: "red wine!", empty: "", bare: "" });
});

test("the prototype cannot be reached", () => {
  parseQuery("__proto__=1&constructor=2");
  assert.equal({}.polluted, undefined);
  assert.equal(parseQuery("__proto__=1")["__proto__"], "1");
});

test("broken escapes stay as they are", () => {
  assert.deepEqual({ ...parseQuery("x=%zz") }, { x: "%zz" });
});
