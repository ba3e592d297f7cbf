/** One row in a process of its own: `node scale-process.ts FUNCTIONS SEED SHARE` prints a ScaleMeasurement as JSON. */
import { measureScale } from './measure-scale.ts';

const [functions, seed, proposedShare] = process.argv.slice(2).map(Number);
if (!functions || seed === undefined || !proposedShare)
  throw new Error('usage: scale-process.ts FUNCTIONS SEED PROPOSED_SHARE');
console.log(JSON.stringify(await measureScale({ functions, seed, proposedShare })));
