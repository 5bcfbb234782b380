import assert from "node:assert/strict";
import test from "node:test";
import { parseCsv } from "./csv.mjs";

test("cells", () => {
  assert.deepEqual(parseCsv('a,b\r\n1,"x ""y"", z"\n'), [["a", "b"], ["1", 'x "y", z']]);
  assert.deepEqual(parseCsv('"two\nlines";2', ";"), [["two\nlines", "2"]]);
  assert.throws(() => parseCsv('"open'), SyntaxError);
});
