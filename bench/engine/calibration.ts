/**
 * What a machine takes for a fixed piece of work of the kind that a night is: objects, sorting, JSON. Absolute seconds
 * differ threefold between machines, and a busy one stretches both; the quotient hardly moves.
 */
const OBJECTS = 2_000_000;
const MICROSECONDS_PER_SECOND = 1e6;

/** Processor seconds of this process for it. */
export function calibrationCpuSeconds(objects = OBJECTS): number {
  const before = process.cpuUsage();
  const made = Array.from({ length: objects }, (_, i) => ({ a: i, b: `x${i}` }));
  made.sort((one, other) => other.a - one.a);
  const back = JSON.parse(JSON.stringify(made)) as unknown[];
  const { user, system } = process.cpuUsage(before);
  if (back.length !== objects) throw new Error('the calibration lost objects');
  return (user + system) / MICROSECONDS_PER_SECOND;
}
