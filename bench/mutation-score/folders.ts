/** Code that is mutated together, and the tests that have to notice. */
export interface Scope {
  /** E.g. `night/verification`. */
  name: string;
  /** Files that are mutated, as globs relative to the project; `!` leaves out. */
  sources: readonly string[];
  /** Globs of the tests that are asked, those at the lowest layer. */
  tests: readonly string[];
}

/** Least score of `shared/domain` as a whole, in percent; a single folder may be below. */
export const DOMAIN_FLOOR_PERCENT = 80;

/** Folders of `shared/domain`, those first that decide what is changed. */
const DOMAIN_FOLDERS = [
  'night/eligibility',
  'night/looks',
  'night/change',
  'night/verification',
  'remediation',
  'organization',
  'approval',
  'night/evidence',
  'night/reports',
  'night/schedule',
  'night/summary',
  'night/report-page',
  'pricing',
  'configuration/scaling',
  'configuration/cold-start',
  'configuration/alarms',
  'configuration/rounds',
] as const;

const inFolder = (folder: string): Scope => ({
  name: folder,
  sources: [`shared/domain/${folder}/**/*.ts`],
  tests: [`test/unit/shared/domain/${folder}/**/*.test.ts`],
});

const RECOMMENDATION = 'shared/domain/night/recommendation';
/** Modules of the recommendation that are mutated together; each is asked by the test of its own name, and those beside. */
const inRecommendation = (part: string, modules: readonly string[], beside: readonly string[] = modules): Scope => ({
  name: `night/recommendation, ${part}`,
  sources: modules.map((each) => `${RECOMMENDATION}/${each}.ts`),
  tests: beside.map((each) => `test/unit/${RECOMMENDATION}/${each}.test.ts`),
});

const CURVES = [
  ...['linear-algebra', 'normal', 'misfit', 'prior', 'shape', 'straying', 'posterior'],
  ...['objective', 'sample-space', 'lookahead', 'candidates'],
];

export const DOMAIN: readonly Scope[] = [
  inRecommendation('rules', [
    ...['parse-request', 'memory-sizes', 'hold', 'timeout', 'advice', 'attention-price', 'reason', 'brief-rules'],
    ...[
      'familiar-sizes',
      'considered-sizes',
      'time-in-words',
      'choice-tuning',
      'evidence',
      'tolerance',
      'way',
      'rare-runs',
    ],
  ]),
  // What `losses` values, the tests of `objective` ask.
  inRecommendation('curves', [...CURVES, 'losses'], CURVES),
  // Asked by answers under a prior of three shapes: with the learned one, and curves instrumented, it would take a day.
  inRecommendation('choice', ['choose', 'least-loss', 'recommend'], ['choose', 'answer']),
  ...DOMAIN_FOLDERS.map(inFolder),
  {
    name: 'beside the folders',
    sources: ['shared/domain/*.ts'],
    tests: ['test/unit/shared/domain/*.test.ts'],
  },
  {
    name: 'cost-report',
    sources: ['shared/domain/cost-report/**/*.ts'],
    tests: ['test/unit/shared/cost-report/**/*.test.ts'],
  },
];

/** What people and attackers meet, and what remembers. */
export const BESIDE: readonly Scope[] = [
  {
    name: 'page',
    sources: ['tasks/approval/serve-page/**/*.ts'],
    tests: ['test/unit/tasks/approval/serve-page/**/*.test.ts'],
  },
  {
    name: 'ledger',
    sources: ['shared/clients/ledger/**/*.ts'],
    tests: ['test/unit/shared/clients/ledger/**/*.test.ts'],
  },
];
