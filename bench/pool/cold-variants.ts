import { type Bundling, SAMPLE_BUNDLING } from '../load/bundle-handler.ts';

/** One way to write and bundle the example. */
export interface ColdVariant {
  readonly name: string;
  /** File under variants/. */
  readonly source: string;
  readonly bundling: Bundling;
  /** Held against the target; chosen before measuring, not the best of all rows. */
  readonly isJudged?: boolean;
}

/**
 * The first is what the others are compared with: what a customer writes by hand today, SDK clients of all three
 * services made at module level with default settings, bundled with care (minified, ES-module sources of the SDK).
 */
export const COLD_VARIANTS: readonly ColdVariant[] = [
  { name: 'by hand: three clients at module level', source: 'by-hand', bundling: 'plain' },
  { name: 'the same, bundled with esbuild’s defaults', source: 'by-hand', bundling: 'default' },
  { name: 'by hand: three SDKs, a client made by each request', source: 'no-pool', bundling: 'plain' },
  { name: 'by hand, with care: one SDK, one client', source: 'one-sdk', bundling: 'plain' },
  { name: 'pool, not lazy: three clients at module level', source: 'eager-pool', bundling: 'plain' },
  { name: 'pool, lazy', source: 'lazy-pool', bundling: 'plain' },
  { name: 'pool, lazy, pre-initialized', source: 'pre-initialized-pool', bundling: 'plain' },
  { name: 'pool, lazy, lambdaBundling', source: 'lazy-pool', bundling: SAMPLE_BUNDLING, isJudged: true },
  {
    name: 'pool, lazy, pre-initialized, lambdaBundling',
    source: 'pre-initialized-pool',
    bundling: SAMPLE_BUNDLING,
    isJudged: true,
  },
];
