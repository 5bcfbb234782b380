/** Calls `action` once, `ms` after the last call; `timer` is injected for tests. */
export function debounce(action, ms, timer = { set: setTimeout, clear: clearTimeout }) {
  let waiting;
  const later = (...values) => {
    if (waiting !== undefined) timer.clear(waiting);
    waiting = timer.set(() => {
      waiting = undefined;
      action(...values);
    }, ms);
  };
  later.cancel = () => {
    if (waiting !== undefined) timer.clear(waiting);
    waiting = undefined;
  };
  return later;
}
