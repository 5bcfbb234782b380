/** A minimal event emitter: listeners in order, `once`, and removal while emitting. */
export class Emitter {
  #listeners = new Map();

  on(name, listener) {
    const known = this.#listeners.get(name) ?? [];
    this.#listeners.set(name, [...known, listener]);
    return () => this.off(name, listener);
  }

  once(name, listener) {
    const stop = this.on(name, (...values) => {
      stop();
      listener(...values);
    });
    return stop;
  }

  off(name, listener) {
    this.#listeners.set(name, (this.#listeners.get(name) ?? []).filter((one) => one !== listener));
  }

  emit(name, ...values) {
    const now = this.#listeners.get(name) ?? [];
    for (const listener of now) listener(...values);
    return now.length;
  }
}
