/**
 * The live connection: everything that happens to all the demo's people, as it happens.
 *
 * One stream serves the whole page (a browser opens only six connections to a host).
 * After a break it continues behind the last event seen; if the demo was restarted in
 * between, its world is another one and the page has to begin anew.
 */

const KINDS = ["message", "edited", "deleted", "answer", "action", "chat"];
const FIRST_WAIT = 300; // milliseconds before the first new attempt; doubled each time
const LONGEST_WAIT = 5000; // milliseconds

export class Live {
  /**
   * `handlers`: `ready()` once, when no later event can be missed; `event(kind, data)`;
   * `state(connected)`; and `restarted()`.
   */
  constructor(handlers) {
    this.boot = null; // the running demo's name, told with every greeting
    this.seq = null; // the last event seen
    this.handlers = handlers;
    this.wait = FIRST_WAIT;
    this.connect();
  }

  connect() {
    this.source = new EventSource(this.seq === null ? "/page/events" : `/page/events?after=${this.seq}`);
    this.source.addEventListener("hello", (event) => this.greet(JSON.parse(event.data)));
    this.source.addEventListener("error", () => this.reconnect());
    for (const kind of KINDS) {
      this.source.addEventListener(kind, (event) => this.receive(kind, JSON.parse(event.data)));
    }
  }

  greet({ boot, seq }) {
    if (this.boot && boot !== this.boot) return this.handlers.restarted();
    this.wait = FIRST_WAIT;
    if (this.boot) return this.handlers.state(true);
    this.boot = boot;
    this.seq = seq;
    return this.handlers.ready();
  }

  receive(kind, data) {
    this.seq = data.seq;
    this.handlers.event(kind, data);
  }

  reconnect() {
    this.source.close();
    this.handlers.state(false);
    setTimeout(() => this.connect(), this.wait);
    this.wait = Math.min(this.wait * 2, LONGEST_WAIT);
  }
}
