import type { TaskName } from '../../../shared/constants.ts';
import type { ReadPermission } from '../read-permissions.ts';
import type { WritePermission } from '../write-permissions.ts';

/** What a task function is given; access to one of our own resources brings the variable that names it. */
export interface TaskProfile {
  description: string;
  timeoutSeconds: number;
  ledger?: 'read' | 'read-write';
  /** Beginnings of the partition keys it may write. @default - all */
  ledgerPartitions?: readonly string[];
  /** May ask the ledger's index for the changes that are open. */
  listsOpenChanges?: true;
  /** `name`: hands the bucket's name on, without touching it; `pages`: reads what a night shows people. */
  bucket?: 'name' | 'pages' | 'write' | 'read-write';
  /** May read and add to what stays of every night. */
  keepsNights?: true;
  reads?: readonly ReadPermission[];
  /** May send the digest and count its readers; also tells the address of the approval page. */
  sendsDigest?: true;
  putsEvents?: true;
  /** Gets to know where approvers sign in. */
  servesPage?: true;
  /** Ways in which it may change functions; `unlessExcluded` has IAM refuse those that carry the opt-out tag. */
  updatesFunctions?: { does: readonly WritePermission[]; unlessExcluded: boolean };
  /** Gets RunSettings. */
  settings?: true;
  /** Gets the stack's name, to recognise our own functions. */
  stackName?: true;
}

/** Runs, their proposals and task tokens; not functions, changes, turns or leases. */
const RUNS_ONLY = ['RUN#'];
/** An approval is answered with the turn of its change. */
const RUNS_AND_TURNS = [...RUNS_ONLY, 'TURNS#'];

/** Timeouts are no longer than the state's that calls the task (test/synth compares them). */
export const TASK_CATALOGUE: Readonly<Record<TaskName, TaskProfile>> = {
  'start-run': {
    description: 'Checks the input, takes the lease on the night and fixes its deadlines',
    timeoutSeconds: 60,
    ledger: 'read-write',
    bucket: 'name',
    settings: true,
  },
  'list-open-changes': {
    description: 'Lists the changes of earlier nights that are not settled',
    timeoutSeconds: 120,
    ledger: 'read',
    listsOpenChanges: true,
    bucket: 'write',
  },
  'discover-functions': {
    description: 'Lists every function of the account and excludes those that are not ours to touch',
    timeoutSeconds: 900,
    ledger: 'read-write',
    bucket: 'read-write',
    reads: ['listFunctions', 'readTags'],
    settings: true,
    stackName: true,
  },
  'collect-memory-evidence': {
    description: 'Finds how much memory each function really used',
    timeoutSeconds: 900,
    bucket: 'read-write',
    reads: [
      'readComputeOptimizer',
      'listFunctions',
      'readProvisionedConcurrency',
      'startLogQueries',
      'readLogQueries',
      'readMetrics',
    ],
    settings: true,
  },
  'collect-metrics': {
    description: 'Reads the metrics of a batch of functions',
    timeoutSeconds: 120,
    reads: ['readMetrics'],
  },
  analyze: {
    description: 'Decides which memory size and timeout a function should have',
    timeoutSeconds: 30,
  },
  'estimate-savings': {
    description: 'Puts a price on a recommendation',
    timeoutSeconds: 30,
    reads: ['readPrices'],
  },
  'prepare-approvals': {
    description: 'Registers the proposals and sends one digest for all of them',
    timeoutSeconds: 900,
    ledger: 'read-write',
    bucket: 'read-write',
    reads: [
      'readFunction',
      'readMetrics',
      'listAliases',
      'readProvisionedConcurrency',
      'listEventSources',
      'readPolicy',
      'readQueues',
    ],
    sendsDigest: true,
    putsEvents: true,
    settings: true,
  },
  'request-approval': {
    description: 'Stores the task token that a decision will answer',
    timeoutSeconds: 30,
    ledger: 'read-write',
    ledgerPartitions: RUNS_ONLY,
  },
  'expire-proposal': {
    description: 'Ends a proposal that nobody answered in time',
    timeoutSeconds: 60,
    ledger: 'read-write',
    ledgerPartitions: RUNS_AND_TURNS,
    settings: true,
  },
  'apply-change': {
    description: 'Applies an approved change, provided the function is still as approved',
    timeoutSeconds: 360,
    ledger: 'read-write',
    reads: ['readFunction', 'readAlias'],
    updatesFunctions: { does: ['updateConfiguration', 'publishVersion', 'routeAlias'], unlessExcluded: true },
  },
  'verify-change': {
    description: 'Compares production after a change with production before it',
    timeoutSeconds: 180,
    ledger: 'read-write',
    reads: ['readMetrics', 'readFunction', 'readAlias'],
    settings: true,
  },
  'finish-shift': {
    description: 'Leads an alias wholly to the version that did well on a share of it',
    timeoutSeconds: 60,
    ledger: 'read-write',
    reads: ['readAlias'],
    updatesFunctions: { does: ['routeAlias'], unlessExcluded: true },
  },
  'roll-back-change': {
    description: 'Restores what a change replaced, provided it is still ours',
    timeoutSeconds: 300,
    ledger: 'read-write',
    reads: ['readFunction', 'readAlias'],
    updatesFunctions: { does: ['updateConfiguration', 'routeAlias'], unlessExcluded: false },
  },
  'record-outcome': {
    description: 'Settles a proposal in the ledger, whichever way it ended',
    timeoutSeconds: 60,
    ledger: 'read-write',
    settings: true,
  },
  'summarize-run': {
    description: 'Counts the night, writes its report and pages, publishes metrics and events',
    timeoutSeconds: 600,
    ledger: 'read-write',
    bucket: 'read-write',
    keepsNights: true,
    putsEvents: true,
  },
  'fail-run': {
    description: 'Marks a failed run and tells the operators',
    timeoutSeconds: 60,
    ledger: 'read-write',
    putsEvents: true,
  },
  'serve-page': {
    description: "Serves the approval page and the night's report, and takes decisions",
    // HTTP APIs give an integration at most 30 seconds.
    timeoutSeconds: 29,
    ledger: 'read-write',
    ledgerPartitions: RUNS_ONLY,
    bucket: 'pages',
    listsOpenChanges: true,
    servesPage: true,
    settings: true,
  },
  'deliver-decision': {
    description: 'Answers the task tokens of decided proposals, and starts what remediation had asked about',
    timeoutSeconds: 120,
    ledger: 'read-write',
    // What was rejected ends in the remediation's own record.
    ledgerPartitions: [...RUNS_AND_TURNS, 'REMEDIATION#'],
    settings: true,
  },
};
