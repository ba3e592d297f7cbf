/** Code that is mutated together, and the tests that have to notice. */
export interface Scope {
  /** E.g. `night/verification`. */
  name: string;
  /** Files that are mutated, as globs relative to the project. */
  sources: readonly string[];
  /** Globs of the tests that are asked, those at the lowest layer. */
  tests: readonly string[];
  /** Least score in percent; less fails the run. */
  floorPercent: number;
}

/** Of `shared/domain` as a whole; a single folder may be below. */
export const DOMAIN_FLOOR_PERCENT = 80;

/** Folders of `shared/domain`, those first that decide what is changed. */
const DOMAIN_FOLDERS = [
  'night/eligibility',
  'night/recommendation',
  'night/change',
  'night/verification',
  'remediation',
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
  sources: [`shared/domain/${folder}/**/*.ts`, '!**/*.generated.ts'],
  // Properties over whole curves take a minute a mutant, and the cases beside them meet the same lines.
  tests: [`test/unit/shared/domain/${folder}/**/!(*.property).test.ts`],
  floorPercent: 0,
});

export const DOMAIN: readonly Scope[] = [
  ...DOMAIN_FOLDERS.map(inFolder),
  {
    name: 'cost-report',
    sources: ['shared/domain/cost-report/**/*.ts'],
    tests: ['test/unit/shared/cost-report/**/*.test.ts'],
    floorPercent: 0,
  },
];

/** What people and attackers meet, and what remembers: tested against a table of its own. */
export const BESIDE: readonly Scope[] = [
  {
    name: 'page',
    sources: ['tasks/approval/serve-page/**/*.ts'],
    tests: ['test/unit/tasks/approval/serve-page/**/*.test.ts'],
    floorPercent: 0,
  },
  {
    name: 'ledger',
    sources: ['shared/clients/ledger/**/*.ts'],
    tests: ['test/unit/shared/clients/ledger/**/*.test.ts'],
    floorPercent: 0,
  },
];
