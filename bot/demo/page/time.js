/** Times and sizes in words. The demo's clock may run ahead of this machine's. */

const CLOCK = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
const DAY_MS = 86_400_000;

let ahead = 0; // milliseconds the demo's clock is ahead of this machine's

/** Tell what time the demo has, in Unix seconds. */
export function setClock(seconds) {
  ahead = seconds * 1000 - Date.now();
}

/** "14:05" */
export function clockTime(seconds) {
  return new Date(seconds * 1000).toLocaleTimeString("en", CLOCK);
}

/** "Today", "Yesterday", "Monday", "3 March" or "3 March 2025" */
export function dayName(seconds) {
  const date = new Date(seconds * 1000);
  const days = daysAgo(date);
  if (days === 0) return "Today";
  if (days === 1) return "Yesterday";
  if (days > 1 && days < 7) return date.toLocaleDateString("en", { weekday: "long" });
  return date.toLocaleDateString("en-GB", { day: "numeric", month: "long", ...yearOf(date) });
}

/** The short form for the chat list: a time today, a weekday this week, else a date. */
export function shortTime(seconds) {
  const date = new Date(seconds * 1000);
  const days = daysAgo(date);
  if (days === 0) return clockTime(seconds);
  if (days > 0 && days < 7) return date.toLocaleDateString("en", { weekday: "short" });
  return date.toLocaleDateString("en-GB", { day: "numeric", month: "short", ...yearOf(date) });
}

/** Whether two times lie on the same day. */
export function sameDay(one, other) {
  return midnight(new Date(one * 1000)) === midnight(new Date(other * 1000));
}

/** "640 B", "12.3 KB", "4.0 MB" */
export function fileSize(bytes) {
  if (bytes === undefined) return "";
  if (bytes < 1024) return `${bytes} B`;
  const kilobytes = bytes / 1024;
  return kilobytes < 1024 ? `${kilobytes.toFixed(1)} KB` : `${(kilobytes / 1024).toFixed(1)} MB`;
}

/** What shows the year, unless it is this one. */
function yearOf(date) {
  return date.getFullYear() === now().getFullYear() ? {} : { year: "numeric" };
}

function daysAgo(date) {
  return Math.round((midnight(now()) - midnight(date)) / DAY_MS);
}

function now() {
  return new Date(Date.now() + ahead);
}

function midnight(date) {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
}
