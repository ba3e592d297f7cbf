/** One run in a process of its own: `node seed-process.ts '<SeedOptions as JSON>'` prints a SeedRun as JSON. */
import { runSeed, type SeedOptions } from './run-seed.ts';

const [options] = process.argv.slice(2);
if (options === undefined) throw new Error("usage: seed-process.ts '<SeedOptions as JSON>'");
console.log(JSON.stringify(await runSeed(JSON.parse(options) as SeedOptions)));
