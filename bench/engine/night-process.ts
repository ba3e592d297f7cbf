/** One row in a process of its own: `node night-process.ts FUNCTIONS SEED` prints a MeasuredNight as JSON. */
import { measureNight } from './measure-night.ts';

const [functions, seed] = process.argv.slice(2).map(Number);
if (!functions || seed === undefined) throw new Error('usage: night-process.ts FUNCTIONS SEED');
console.log(JSON.stringify(await measureNight(functions, seed)));
