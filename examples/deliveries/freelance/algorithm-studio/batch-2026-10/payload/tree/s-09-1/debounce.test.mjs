import assert from "node:assert/strict";
import test from "node:test";
import { debounce } from "./debounce.mjs";

test("only the last call counts", (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const seen = [];
  const save = debounce((value) => seen.push(value), 50, { set: setTimeout, clear: clearTimeout });
  save(1);
  save(2);
  t.mock.timers.tick(49);
  assert.deepEqual(seen, []);
  t.mock.timers.tick(1);
  assert.deepEqual(seen, [2]);
});

test("a cancelled call never happens", (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const seen = [];
  const save = debounce((value) => seen.push(value), 5, { set: setTimeout, clear: clearTimeout });
  save(1);
  save.cancel();
  t.mock.timers.tick(10);
  assert.deepEqual(seen, []);
});
