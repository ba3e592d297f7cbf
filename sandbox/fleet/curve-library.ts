import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DurationShape, type ShapePoint } from './duration-shape.ts';

/** One measured size of a real function. */
export interface MeasuredSize {
  readonly memorySizeMb: number;
  readonly meanMs: number;
  readonly shape: DurationShape | undefined;
}

/** A real function's durations over memory, and the most memory it was seen to use. */
export interface MeasuredCurve {
  readonly id: string;
  readonly group: string;
  readonly architecture: 'arm64' | 'x86_64';
  readonly sizes: readonly MeasuredSize[];
  readonly maxMemoryUsedMb: number;
}

type Row = Record<string, string>;

function readCsv(name: string): Row[] {
  const text = readFileSync(join(import.meta.dirname, 'curves', name), 'utf8').trimEnd();
  const [header, ...lines] = text.split(/\r?\n/).map((line) => line.split(','));
  return lines.map((cells) => Object.fromEntries(header!.map((column, index) => [column, cells[index] ?? ''])));
}

/** Percentiles as ratios to the mean; too few of them say nothing about the shape. */
function shapeOf(row: Row): DurationShape | undefined {
  const meanMs = Number(row['mean_ms']);
  const samples = Number(row['n']);
  const known: [number, string | undefined][] = [
    [0.5, row['p50_ms']],
    [0.95, row['p95_ms']],
    [0.99, row['p99_ms']],
    [1 - 0.5 / Math.max(samples, 100), row['max_ms']],
  ];
  const points: ShapePoint[] = known
    .filter(([p, value], index) => value && (index === 0 || p > known[index - 1]![0]))
    .map(([p, value]) => ({ p, ratio: Number(value) / meanMs }));
  return points.length >= 3 ? DurationShape.through(points) : undefined;
}

function curveOf(about: Row, rows: Row[]): MeasuredCurve {
  const used = rows.map((row) => Number(row['max_memory_used_mb'])).filter((value) => value > 0);
  return {
    id: `${about['dataset']}/${about['function']}`,
    group: about['group']!,
    architecture: about['arch'] === 'arm64' ? 'arm64' : 'x86_64',
    sizes: rows
      .map((row) => ({ memorySizeMb: Number(row['memory_mb']), meanMs: Number(row['mean_ms']), shape: shapeOf(row) }))
      .sort((a, b) => a.memorySizeMb - b.memorySizeMb),
    maxMemoryUsedMb: used.length > 0 ? Math.max(...used) : Number(about['assumed_max_memory_used_mb']) || 60,
  };
}

let loaded: readonly MeasuredCurve[] | undefined;

/** Every measured curve, read once. */
export function measuredCurves(): readonly MeasuredCurve[] {
  loaded ??= loadCurves();
  return loaded;
}

function loadCurves(): MeasuredCurve[] {
  const rowsOf = Map.groupBy(readCsv('durations.csv'), (row) => `${row['dataset']}/${row['function']}`);
  return readCsv('functions.csv').map((about) =>
    curveOf(about, rowsOf.get(`${about['dataset']}/${about['function']}`)!),
  );
}

/** Mean duration at a size: linear in log(size) and log(ms) between measured sizes, flat beyond them. */
export function meanDurationMs(curve: MeasuredCurve, memorySizeMb: number): number {
  const { sizes } = curve;
  const upper = sizes.findIndex((size) => size.memorySizeMb >= memorySizeMb);
  if (upper === -1) return sizes.at(-1)!.meanMs;
  if (upper === 0) return sizes[0]!.meanMs;
  const low = sizes[upper - 1]!;
  const high = sizes[upper]!;
  const share = Math.log(memorySizeMb / low.memorySizeMb) / Math.log(high.memorySizeMb / low.memorySizeMb);
  return low.meanMs * (high.meanMs / low.meanMs) ** share;
}

/** The spread measured at the nearest size that has one, or undefined. */
export function measuredShape(curve: MeasuredCurve, memorySizeMb: number): DurationShape | undefined {
  const distance = (size: MeasuredSize) => Math.abs(Math.log(size.memorySizeMb / memorySizeMb));
  return curve.sizes
    .filter((size) => size.shape)
    .reduce<MeasuredSize | undefined>(
      (best, size) => (!best || distance(size) < distance(best) ? size : best),
      undefined,
    )?.shape;
}
