/** How far real curves stray from the shapes: a smooth process over log2(memory). */
export interface MisfitClass {
  /** Standard deviation of log duration around the shape. */
  readonly deviation: number;
  /** Distance in octaves of memory over which straying is alike. */
  readonly lengthOctaves: number;
}

/**
 * Covariance of the straying at two sizes so many octaves apart: Matérn's with smoothness 3/2 (Rasmussen and Williams,
 * "Gaussian Processes for Machine Learning", eq. 4.17). Measured curves bend, but hardly ever jump within a small step,
 * which a rougher process would fear.
 */
export function strayingCovariance({ deviation, lengthOctaves }: MisfitClass, octaves: number): number {
  const scaled = (Math.sqrt(3) * octaves) / lengthOctaves;
  return deviation ** 2 * (1 + scaled) * Math.exp(-scaled);
}

/** One step of the process's state, value and slope, from one size to the next: what is kept, and fresh noise. */
export interface StrayingStep {
  readonly valueOfValue: number;
  readonly valueOfSlope: number;
  readonly slopeOfValue: number;
  readonly slopeOfSlope: number;
  /** Lower Cholesky factor of the fresh noise's covariance. */
  readonly valueNoise: number;
  readonly slopeOfValueNoise: number;
  readonly slopeNoise: number;
}

/** Exact steps of the process between ascending sizes (MB); the first one starts it. */
export function strayingSteps(misfit: MisfitClass, sizesMb: readonly number[]): StrayingStep[] {
  return sizesMb.map((size, index) =>
    strayingStep(misfit, index === 0 ? Number.POSITIVE_INFINITY : Math.log2(size / sizesMb[index - 1]!)),
  );
}

function strayingStep({ deviation, lengthOctaves }: MisfitClass, octaves: number): StrayingStep {
  const rate = Math.sqrt(3) / lengthOctaves;
  const variance = deviation ** 2;
  const slopeVariance = rate ** 2 * variance;
  const { kept, moved } = decay(rate, octaves);
  const a = kept + rate * moved;
  const b = moved;
  const c = -(rate ** 2) * moved;
  const d = kept - rate * moved;
  const valueNoise = Math.sqrt(Math.max(Number.MIN_VALUE, variance - a * a * variance - b * b * slopeVariance));
  const slopeOfValueNoise = -(a * c * variance + b * d * slopeVariance) / valueNoise;
  const freshSlope = slopeVariance - c * c * variance - d * d * slopeVariance;
  return {
    valueOfValue: a,
    valueOfSlope: b,
    slopeOfValue: c,
    slopeOfSlope: d,
    valueNoise,
    slopeOfValueNoise,
    slopeNoise: Math.sqrt(Math.max(0, freshSlope - slopeOfValueNoise ** 2)),
  };
}

function decay(rate: number, octaves: number): { kept: number; moved: number } {
  if (octaves === Number.POSITIVE_INFINITY) return { kept: 0, moved: 0 };
  const kept = Math.exp(-rate * octaves);
  return { kept, moved: kept * octaves };
}

/**
 * Fills in one path of the process from standard normal draws, two for each size, from `offset` on, round and round.
 * A sign of −1 gives the mirror image, which is as likely and evens out what few paths leave to chance.
 */
export function drawStraying(
  steps: readonly StrayingStep[],
  { normals, offset, sign }: { readonly normals: Float64Array; readonly offset: number; readonly sign: 1 | -1 },
  path: Float64Array,
): void {
  let value = 0;
  let slope = 0;
  let at = offset % normals.length;
  for (let place = 0; place < steps.length; place++) {
    const step = steps[place]!;
    const first = sign * normals[at]!;
    if (++at === normals.length) at = 0;
    const second = sign * normals[at]!;
    if (++at === normals.length) at = 0;
    const next = step.valueOfValue * value + step.valueOfSlope * slope + step.valueNoise * first;
    slope =
      step.slopeOfValue * value + step.slopeOfSlope * slope + step.slopeOfValueNoise * first + step.slopeNoise * second;
    value = next;
    path[place] = value;
  }
}
