/** Code that is mutated together, and the tests that have to notice. */
export interface Scope {
  /** E.g. `night/verification`. */
  name: string;
  /** Files that are mutated, as globs relative to the project; `!` leaves out. */
  sources: readonly string[];
  /** Globs of the tests that are asked, those at the lowest layer. */
  tests: readonly string[];
  /** Runs for most of a day, so only where it is asked for. @default false */
  isSlow?: boolean;
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
] as const;

const inFolder = (folder: string): Scope => ({
  name: folder,
  sources: [`shared/domain/${folder}/**/*.ts`],
  tests: [`test/unit/shared/domain/${folder}/**/*.test.ts`],
});

const RECOMMENDATION = 'shared/domain/night/recommendation';
/** What of a recommendation is decided by rules, and has tests of its own that need no curve. */
const RULES = ['parse-request', 'memory-sizes', 'hold', 'timeout', 'advice', 'attention-price', 'straying', 'reason'];
const ruleFiles = RULES.map((rule) => `${RECOMMENDATION}/${rule}.ts`);

export const DOMAIN: readonly Scope[] = [
  ...DOMAIN_FOLDERS.map(inFolder),
  {
    name: 'night/recommendation, rules',
    sources: ruleFiles,
    tests: RULES.map((rule) => `test/unit/${RECOMMENDATION}/${rule}.test.ts`),
  },
  {
    // Instrumented, the model takes a minute and a half for its tests, and a mutant of it most of that.
    name: 'night/recommendation, model',
    sources: [`${RECOMMENDATION}/*.ts`, '!**/*.generated.ts', ...ruleFiles.map((file) => `!${file}`)],
    tests: [`test/unit/${RECOMMENDATION}/!(*.property).test.ts`],
    isSlow: true,
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
