/** How the pictures of an album share a bubble: rows, none cut more than it must be. */

import { h } from "./dom.js";

const LONGEST_ROW = 4;
const WIDEST = 2.2; // width / height; beyond this a picture is cut
const TALLEST = 0.6;
const BEST_HEIGHT = 0.95; // of the whole, in widths of the bubble

/** Lay out `tiles` (each `{element, ratio}`) as rows of a mosaic. */
export function mosaic(tiles) {
  const clipped = tiles.map((tile) => ({ ...tile, ratio: Math.min(WIDEST, Math.max(TALLEST, tile.ratio)) }));
  return h("div", { class: "mosaic" }, bestRows(clipped).map(row));
}

function row(tiles) {
  const ratio = sum(tiles);
  for (const tile of tiles) tile.element.style.setProperty("flex", `${tile.ratio} 1 0`);
  return h("div", { class: "mosaic-row", style: { "aspect-ratio": `${ratio}` } },
    tiles.map((tile) => tile.element));
}

function bestRows(tiles) {
  const ways = splits(tiles.length).map((lengths) => cut(tiles, lengths));
  const distance = (rows) => Math.abs(height(rows) - BEST_HEIGHT);
  return ways.reduce((best, way) => (distance(way) < distance(best) ? way : best));
}

/** All ways to write `count` as a sum of row lengths. */
function splits(count) {
  if (count === 0) return [[]];
  const first = Array.from({ length: Math.min(LONGEST_ROW, count) }, (_, index) => index + 1);
  return first.flatMap((length) => splits(count - length).map((rest) => [length, ...rest]));
}

function cut(tiles, lengths) {
  let start = 0;
  return lengths.map((length) => tiles.slice(start, (start += length)));
}

function height(rows) {
  return rows.reduce((total, tiles) => total + 1 / sum(tiles), 0);
}

function sum(tiles) {
  return tiles.reduce((total, tile) => total + tile.ratio, 0);
}
