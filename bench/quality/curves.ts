import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Architecture } from '../../shared/domain/pricing/types.ts';
import { parseCsv } from './csv.ts';

/** The measured curves this repository carries, with their sources and licences. */
export const VENDORED_CURVES = join(import.meta.dirname, '../data/memory-curves');

/** What one function showed at one memory size. */
export interface CurvePoint {
  readonly memorySizeMb: number;
  readonly meanDurationMs: number;
  readonly invocations?: number;
  readonly p50DurationMs?: number;
  readonly p95DurationMs?: number;
  readonly p99DurationMs?: number;
  readonly maxDurationMs?: number;
  readonly maxMemoryUsedMb?: number;
}

/** A function's measured durations over memory. */
export interface MeasuredCurve {
  readonly name: string;
  /** Clones share a group: split and average by group, never by function. */
  readonly group: string;
  readonly architecture: Architecture;
  /** Ascending by memory size. */
  readonly points: readonly CurvePoint[];
  /** Stands in where no size has a measured value. */
  readonly assumedMaxMemoryUsedMb?: number;
}

/** Reads `functions.csv` and `durations.csv` of a directory (columns: see the README beside them). */
export function loadCurves(directory: string): MeasuredCurve[] {
  const pointsOf = new Map<string, CurvePoint[]>();
  for (const row of parseCsv(readFileSync(join(directory, 'durations.csv'), 'utf8'))) {
    const key = `${row['dataset']}/${row['function']}`;
    const points = pointsOf.get(key) ?? [];
    pointsOf.set(key, points);
    const point = pointOf(row);
    if (point.meanDurationMs > 0) points.push(point);
  }
  return parseCsv(readFileSync(join(directory, 'functions.csv'), 'utf8')).flatMap((row) => {
    const name = `${row['dataset']}/${row['function']}`;
    const points = (pointsOf.get(name) ?? []).toSorted((a, b) => a.memorySizeMb - b.memorySizeMb);
    return points.length < 2 ? [] : [curveOf(name, row, points)];
  });
}

function curveOf(name: string, row: Record<string, string>, points: readonly CurvePoint[]): MeasuredCurve {
  return {
    name,
    group: row['group'] || name,
    architecture: row['arch']?.startsWith('arm') ? 'arm64' : 'x86_64',
    points,
    ...numberMember('assumedMaxMemoryUsedMb', row['assumed_max_memory_used_mb']),
  };
}

function pointOf(row: Record<string, string>): CurvePoint {
  return {
    memorySizeMb: Number(row['memory_mb']),
    meanDurationMs: Number(row['mean_ms']),
    ...numberMember('invocations', row['n']),
    ...numberMember('p50DurationMs', row['p50_ms']),
    ...numberMember('p95DurationMs', row['p95_ms']),
    ...numberMember('p99DurationMs', row['p99_ms']),
    ...numberMember('maxDurationMs', row['max_ms']),
    ...numberMember('maxMemoryUsedMb', row['max_memory_used_mb']),
  };
}

function numberMember(name: string, cell: string | undefined): Record<string, number> {
  return cell === undefined || cell === '' || !Number.isFinite(Number(cell)) ? {} : { [name]: Number(cell) };
}
