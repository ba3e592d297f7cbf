/** One row in a process of its own: `node scale-process.ts OPTIONS` prints a ScaleMeasurement, both as JSON. */
import { measureScale, type ScaleOptions } from './measure-scale.ts';

const [options] = process.argv.slice(2);
if (options === undefined) throw new Error('usage: scale-process.ts SCALE_OPTIONS_AS_JSON');
console.log(JSON.stringify(await measureScale(JSON.parse(options) as ScaleOptions)));
