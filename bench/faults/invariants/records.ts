import type { LedgerItem } from '../../../sandbox/demos/night/ledger-snapshot.ts';
import type { Size } from '../world/effect-log.ts';

/** Raw items of the table as a judge reads them; none of the product's own code has a part in it. */
export interface Proposal {
  readonly runId: string;
  readonly functionName: string;
  readonly status: string;
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly assessment: { readonly current: Size; readonly recommended: Size; readonly target?: { aliasName: string } };
  readonly decision?: {
    readonly decision: string;
    readonly at: string;
    readonly by: { readonly kind: string; readonly name: string };
  };
  /** Sizes, timeout and day of further steps that a yes to this one covers. */
  readonly covers?: {
    readonly leastMemorySizeMb: number;
    readonly mostMemorySizeMb: number;
    readonly mostTimeoutSeconds?: number;
    readonly until: string;
  };
  readonly outcome?: { readonly kind: string };
  readonly remediation?: { readonly remediationId: string };
}

export interface Change {
  readonly runId: string;
  readonly functionName: string;
  readonly status: string;
  readonly before: Size;
  readonly after: Size;
  readonly target?: { readonly aliasName: string; readonly functionVersion: string };
  readonly shift?: { readonly version: string };
  readonly rolledBackAt?: string;
}

export interface FunctionState {
  readonly functionName: string;
  readonly open?: { readonly kind: string; readonly runId: string; readonly since: string };
  readonly lastWritten?: Size & { readonly runId: string };
}

export interface Remediation {
  readonly remediationId: string;
  readonly status: string;
  readonly executionArn: string;
  readonly action: {
    readonly kind: string;
    readonly functionName?: string;
    readonly tableName?: string;
    readonly before?: unknown;
    readonly after?: unknown;
  };
}

// Raw items of the table, read from outside on purpose: the sort key says which record each is.
const bySortKey = <Kind>(ledger: readonly LedgerItem[], matches: (sk: string) => boolean): Kind[] =>
  ledger.filter(({ sk }) => matches(sk)) as unknown as Kind[];

/** Changes of customers' functions that the night asks about; questions of remediation have a rule of their own. */
export const proposalsIn = (ledger: readonly LedgerItem[]): Proposal[] =>
  bySortKey<Proposal>(ledger, (sk) => sk.startsWith('PROPOSAL#')).filter(
    ({ remediation }) => remediation === undefined,
  );
export const changesIn = (ledger: readonly LedgerItem[]): Change[] =>
  bySortKey<Change>(ledger, (sk) => sk.startsWith('CHANGE#'));
export const statesIn = (ledger: readonly LedgerItem[]): FunctionState[] =>
  bySortKey<FunctionState>(ledger, (sk) => sk === 'STATE');
export const remediationsIn = (ledger: readonly LedgerItem[]): Remediation[] =>
  bySortKey<Remediation>(ledger, (sk) => sk === 'REMEDIATION');
