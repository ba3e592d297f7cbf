import { logShape, type ShapeParameters } from './shape.ts';
import type { MisfitClass } from './straying.ts';

/** What measured curves teach about a function not yet seen: shapes, how far curves stray from them, and how often. */
export interface CurvePrior {
  readonly shapes: readonly ShapeParameters[];
  /** One per shape, adding up to 1. */
  readonly shapeWeights: readonly number[];
  readonly misfits: readonly MisfitClass[];
  /** One per misfit class, adding up to 1. */
  readonly misfitWeights: readonly number[];
}

/** Tables are small (a number per shape), but a fleet meets many sizes: start again rather than grow without end. */
const MAX_CACHED_SIZES = 512;

const tablesOf = new WeakMap<CurvePrior, Map<number, Float64Array>>();

/** Log shape of every shape of the prior at a memory size; computed once per size. */
export function shapeTable(prior: CurvePrior, memorySizeMb: number): Float64Array {
  let tables = tablesOf.get(prior);
  if (tables === undefined || tables.size >= MAX_CACHED_SIZES) {
    tables = new Map();
    tablesOf.set(prior, tables);
  }
  let table = tables.get(memorySizeMb);
  if (table === undefined) {
    table = Float64Array.from(prior.shapes, (shape) => logShape(shape, memorySizeMb));
    tables.set(memorySizeMb, table);
  }
  return table;
}
