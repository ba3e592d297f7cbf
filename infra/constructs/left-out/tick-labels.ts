/**
 * Stands in for `d3-format` and `d3-time-format` in the bundles of tasks, 15 KiB of summarize-run: scales label their ticks
 * with them where they are asked for labels, and the report's charts label theirs in the report's own words.
 */
const refuse = (): never => {
  throw new Error("d3's labels of ticks are left out of the bundles of tasks, see infra/constructs/left-out");
};
const label = () => refuse;

export {
  label as format,
  label as formatPrefix,
  label as timeFormat,
  label as utcFormat,
  refuse as formatSpecifier,
  refuse as precisionFixed,
  refuse as precisionPrefix,
  refuse as precisionRound,
};
